import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { event } from '../event.ts';

export const userDeleted = event({
  name: 'UserDeleted',
  version: 1,
  area: 'users',
  subject: 'User',
  summary: 'A user was deleted: their sessions have ended. Staff can restore the account.',
  data: z.object({ userId: idSchema('user') }),
  producers: ['users.delete-user'],
  example: { userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0' },
});
