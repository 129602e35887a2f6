import * as z from 'zod';
import { contract } from '../contract.ts';
import { userExample } from '../users/user.ts';
import {
  backupCodeField,
  deliveryField,
  emailField,
  passwordField,
  rememberMeField,
  signedInSchema,
} from './fields.ts';

export const loginRecover = contract({
  id: 'auth.login-recover',
  method: 'POST',
  path: '/auth/login/recover',
  summary: 'Sign in with a backup code',
  description:
    'For who has lost the second factor. Each backup code works once. Whatever is wrong, the account too, looks the same.',
  public: 'This is where one signs in without the second factor.',
  body: z.strictObject({
    email: emailField,
    password: passwordField,
    backupCode: backupCodeField,
    rememberMe: rememberMeField,
    delivery: deliveryField,
  }),
  success: 200,
  output: signedInSchema,
  errors: ['INVALID_CREDENTIALS'],
  idempotency: { none: 'A backup code works once; tokens are never kept in a record.' },
  rateLimit: [
    { per: 'account', limit: 5, windowSeconds: 900, counts: 'failures' },
    { per: 'address', limit: 5, windowSeconds: 900, counts: 'failures' },
  ],
  example: {
    body: { email: 'ann@example.com', password: 'Demo-Passw0rd!', backupCode: '7K2QM-X40ZD' },
    output: { user: userExample },
  },
});
