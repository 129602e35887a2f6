import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { event } from '../event.ts';

export const userLoggedIn = event({
  name: 'UserLoggedIn',
  version: 1,
  area: 'users',
  subject: 'User',
  summary: 'A user has signed in.',
  data: z.object({ userId: idSchema('user'), at: z.iso.datetime() }),
  producers: ['auth.login', 'auth.login-mfa', 'auth.login-recover'],
  example: { userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0', at: '2026-11-21T09:30:00.000Z' },
});
