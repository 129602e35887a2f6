import * as z from 'zod';
import { contract } from '../contract.ts';

export const logout = contract({
  id: 'auth.logout',
  method: 'POST',
  path: '/auth/logout',
  summary: 'Sign out',
  description:
    'Ends this session at once: its refresh token is revoked, its access token no longer works, its cookies are deleted. Answers the same when there is no session.',
  public: 'Who holds a refresh token may end its session even after the access token has ended.',
  body: z.strictObject({ refreshToken: z.string().min(1).max(4_000).optional() }),
  success: 204,
  errors: [],
  idempotency: { none: 'An ended session stays ended.' },
  example: { body: {} },
});
