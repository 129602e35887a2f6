import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { event } from '../event.ts';

export const userActivated = event({
  name: 'UserActivated',
  version: 1,
  area: 'users',
  subject: 'User',
  summary: 'Staff have lifted the suspension of a user.',
  data: z.object({ userId: idSchema('user') }),
  producers: ['users.activate-user'],
  example: { userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0' },
});
