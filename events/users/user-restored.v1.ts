import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { event } from '../event.ts';

export const userRestored = event({
  name: 'UserRestored',
  version: 1,
  area: 'users',
  subject: 'User',
  summary: 'Staff have restored a deleted user.',
  data: z.object({ userId: idSchema('user') }),
  producers: ['users.restore-user'],
  example: { userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0' },
});
