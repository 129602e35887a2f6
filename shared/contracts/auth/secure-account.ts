import * as z from 'zod';
import { contract } from '../contract.ts';

export const secureAccount = contract({
  id: 'auth.secure-account',
  method: 'POST',
  path: '/auth/secure-account',
  summary: 'Say that it was not you',
  description:
    'By the link of a security mail: ends every session, makes the password useless, and mails a code to set a new one. A link works once and for seven days.',
  public: 'Whoever took the account over may have shut its owner out; the link in the mailbox is the proof.',
  body: z.strictObject({ token: z.string().min(1).max(200) }),
  success: 200,
  output: z.object({ next: z.literal('reset-password').meta({ description: 'A code is on its way by mail' }) }),
  errors: ['VALIDATION_ERROR', 'CONFLICT'],
  idempotency: { none: 'A link works once.' },
  rateLimit: [{ per: 'address', limit: 5, windowSeconds: 900, counts: 'failures' }],
  example: { body: { token: 'the part of the link after #' }, output: { next: 'reset-password' } },
});
