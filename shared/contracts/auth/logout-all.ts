import * as z from 'zod';
import { contract } from '../contract.ts';

export const logoutAll = contract({
  id: 'auth.logout-all',
  method: 'POST',
  path: '/auth/logout-all',
  summary: 'Sign out everywhere',
  description: 'Ends every session of the caller, this one too: no token that was given before works any more.',
  permission: 'sessions:write',
  whileEnrolling: true,
  body: z.strictObject({}),
  success: 204,
  errors: ['CONFLICT'],
  idempotency: { none: 'Ended sessions stay ended.' },
  example: { body: {} },
});
