import * as z from 'zod';
import { contract } from '../contract.ts';
import { codeField, emailField } from './fields.ts';

export const confirm = contract({
  id: 'auth.confirm',
  method: 'POST',
  path: '/auth/confirm',
  summary: 'Confirm the e-mail address',
  description: 'The same code again answers the same. A wrong code, an expired one and an unknown address look alike.',
  public: 'Nobody can sign in before confirming.',
  body: z.strictObject({ email: emailField, code: codeField }),
  success: 200,
  output: z.object({ email: z.string(), status: z.literal('active') }),
  errors: ['VALIDATION_ERROR'],
  idempotency: { none: 'The same code answers the same.' },
  rateLimit: [
    { per: 'account', limit: 5, windowSeconds: 900, counts: 'failures' },
    { per: 'address', limit: 5, windowSeconds: 900, counts: 'failures' },
  ],
  example: {
    body: { email: 'ann@example.com', code: '123456' },
    output: { email: 'ann@example.com', status: 'active' },
  },
});
