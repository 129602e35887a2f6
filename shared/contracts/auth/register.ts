import * as z from 'zod';
import { plans } from '../../plans.ts';
import { contract } from '../contract.ts';
import { checkNewPassword, confirmPasswordField, emailField, newPasswordField } from './fields.ts';

export const registerBody = z
  .strictObject({
    name: z.string().trim().min(1).max(100).meta({ example: 'Ann Archer' }),
    email: emailField,
    password: newPasswordField,
    confirmPassword: confirmPasswordField,
    username: z
      .string()
      .trim()
      .regex(
        /^[A-Za-z0-9](?:[A-Za-z0-9._-]{1,30})[A-Za-z0-9]$/,
        'must be 3 to 32 letters, digits, dots, dashes or underscores, with a letter or digit at both ends',
      )
      .optional()
      .meta({ example: 'ann.archer' }),
    company: z.string().trim().min(1).max(100).optional(),
    plan: z
      .enum(plans)
      .optional()
      .meta({ description: 'The plan that is wanted. An account begins as Free; the company grants other plans.' }),
    acceptTerms: z.literal(true, 'the terms must be accepted'),
    marketingConsent: z.boolean().prefault(false),
  })
  .superRefine(checkNewPassword);

export const register = contract({
  id: 'auth.register',
  method: 'POST',
  path: '/auth/register',
  summary: 'Register',
  description:
    'Creates a pending account and mails a code that confirms the address. An address that is taken gets the same answer.',
  public: 'Nobody has an account before registering.',
  body: registerBody,
  success: 202,
  output: z.object({
    email: z.string(),
    next: z.literal('confirm').meta({ description: 'Send the code from the mail to auth/confirm' }),
  }),
  errors: ['DUPLICATE_ENTITY'],
  idempotency: {
    none: 'A repeat finds the address taken, answers the same and mails the code again; no trace of the password is kept.',
  },
  rateLimit: [{ per: 'address', limit: 300, windowSeconds: 3_600 }],
  example: {
    body: {
      name: 'Ann Archer',
      email: 'ann@example.com',
      password: 'Demo-Passw0rd!',
      confirmPassword: 'Demo-Passw0rd!',
      acceptTerms: true,
    },
    output: { email: 'ann@example.com', next: 'confirm' },
  },
});
