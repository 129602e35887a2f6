import * as z from 'zod';
import { contract } from '../contract.ts';
import { checkNewPassword, codeField, confirmPasswordField, emailField, newPasswordField } from './fields.ts';

export const resetPassword = contract({
  id: 'auth.reset-password',
  method: 'POST',
  path: '/auth/reset-password',
  summary: 'Set a new password by the code from the mail',
  description:
    'Ends every session. A second factor stays on. A wrong code, an expired one and an unknown address look alike.',
  public: 'Who has forgotten the password cannot sign in.',
  body: z
    .strictObject({
      email: emailField,
      code: codeField,
      password: newPasswordField,
      confirmPassword: confirmPasswordField,
    })
    .superRefine(checkNewPassword),
  success: 200,
  output: z.object({ email: z.string() }),
  errors: ['VALIDATION_ERROR', 'CONFLICT'],
  idempotency: { none: 'A code works once; no trace of the password is kept.' },
  rateLimit: [
    { per: 'account', limit: 5, windowSeconds: 900, counts: 'failures' },
    { per: 'address', limit: 5, windowSeconds: 900, counts: 'failures' },
  ],
  example: {
    body: {
      email: 'ann@example.com',
      code: '123456',
      password: 'Demo-Passw0rd!',
      confirmPassword: 'Demo-Passw0rd!',
    },
    output: { email: 'ann@example.com' },
  },
});
