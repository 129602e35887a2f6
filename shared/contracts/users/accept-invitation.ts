import * as z from 'zod';
import { brokenPasswordRules, MAX_PASSWORD, passwordRules } from '../../password.ts';
import { emailField } from '../auth/fields.ts';
import { contract } from '../contract.ts';

export const acceptInvitation = contract({
  id: 'users.accept-invitation',
  method: 'POST',
  path: '/users/invitations/accept',
  summary: 'Accept an invitation',
  description:
    'Trades the temporary password of the mail for one’s own, and so confirms the address. A wrong address, a wrong or expired password and an account that is not invited look the same. After that one signs in as everybody does.',
  public: 'Who is invited cannot sign in before.',
  body: z
    .strictObject({
      email: emailField,
      temporaryPassword: z.string().min(1).max(MAX_PASSWORD).meta({ example: 'Temporary-Passw0rd!' }),
      password: z
        .string()
        .max(MAX_PASSWORD)
        .refine((password) => password.trim() === password, 'must not begin or end with a space')
        .meta({ description: Object.values(passwordRules).join('; '), example: 'Demo-Passw0rd!' }),
      acceptTerms: z.literal(true, 'the terms must be accepted'),
    })
    .superRefine(({ email, password, temporaryPassword }, context) => {
      for (const rule of brokenPasswordRules(password, email))
        context.addIssue({ code: 'custom', path: ['password'], message: passwordRules[rule], params: { rule } });
      if (password === temporaryPassword)
        context.addIssue({ code: 'custom', path: ['password'], message: 'must not be the temporary one' });
    }),
  success: 200,
  output: z.object({ email: z.string(), status: z.literal('active') }),
  errors: ['INVALID_CREDENTIALS'],
  idempotency: { none: 'A repeat with the same passwords gets the same answer; no trace of a password is kept.' },
  rateLimit: [
    { per: 'account', limit: 5, windowSeconds: 900, counts: 'failures' },
    { per: 'address', limit: 5, windowSeconds: 900, counts: 'failures' },
  ],
  example: {
    body: {
      email: 'ann@example.com',
      temporaryPassword: 'Temporary-Passw0rd!',
      password: 'Demo-Passw0rd!',
      acceptTerms: true,
    },
    output: { email: 'ann@example.com', status: 'active' },
  },
});
