import * as z from 'zod';
import { contract } from '../contract.ts';
import { userExample } from '../users/user.ts';
import { signedInSchema, totpField } from './fields.ts';

export const loginMfa = contract({
  id: 'auth.login-mfa',
  method: 'POST',
  path: '/auth/login/mfa',
  summary: 'Complete the sign-in with a code',
  description:
    'auth/login answers MFA_REQUIRED with details.session when a second factor is on. It can be answered for three minutes.',
  public: 'This is the second step of signing in.',
  body: z.strictObject({ session: z.string().min(1).max(4_000), code: totpField }),
  success: 200,
  output: signedInSchema,
  errors: ['INVALID_CREDENTIALS'],
  idempotency: { none: 'A code works once; tokens are never kept in a record.' },
  rateLimit: [
    { per: 'account', limit: 5, windowSeconds: 900, counts: 'failures' },
    { per: 'address', limit: 5, windowSeconds: 900, counts: 'failures' },
  ],
  example: { body: { session: 'details.session of MFA_REQUIRED', code: '123456' }, output: { user: userExample } },
});
