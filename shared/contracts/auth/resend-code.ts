import * as z from 'zod';
import { contract } from '../contract.ts';
import { emailField } from './fields.ts';

export const resendCode = contract({
  id: 'auth.resend-code',
  method: 'POST',
  path: '/auth/resend-code',
  summary: 'Mail the confirmation code again',
  description: 'Answers the same whether or not such an account waits for its confirmation.',
  public: 'Nobody can sign in before confirming.',
  body: z.strictObject({ email: emailField }),
  success: 202,
  output: z.object({ email: z.string() }),
  errors: [],
  idempotency: { none: 'A repeat mails one more code; the rate limit bounds that.' },
  rateLimit: [
    { per: 'account', limit: 5, windowSeconds: 900 },
    { per: 'address', limit: 20, windowSeconds: 900 },
  ],
  example: { body: { email: 'ann@example.com' }, output: { email: 'ann@example.com' } },
});
