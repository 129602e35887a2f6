import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { event } from '../event.ts';

export const userUpdated = event({
  name: 'UserUpdated',
  version: 1,
  area: 'users',
  subject: 'User',
  summary: 'Name, company, username or marketing consent of a user has changed.',
  data: z.object({ userId: idSchema('user') }),
  producers: ['users.replace-user', 'users.update-user'],
  example: { userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0' },
});
