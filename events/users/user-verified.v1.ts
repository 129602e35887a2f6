import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { event } from '../event.ts';

export const userVerified = event({
  name: 'UserVerified',
  version: 1,
  area: 'users',
  subject: 'User',
  summary: 'A user has confirmed the e-mail address and may sign in.',
  data: z.object({ userId: idSchema('user') }),
  producers: ['auth.confirm', 'users.accept-invitation'],
  example: { userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0' },
});
