import * as z from 'zod';
import { contract } from '../contract.ts';
import { emailField } from './fields.ts';

export const forgotPassword = contract({
  id: 'auth.forgot-password',
  method: 'POST',
  path: '/auth/forgot-password',
  summary: 'Ask for a code to set a new password',
  description: 'Answers the same whether or not there is such an account.',
  public: 'Who has forgotten the password cannot sign in.',
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
