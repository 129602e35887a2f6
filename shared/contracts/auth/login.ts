import * as z from 'zod';
import { contract } from '../contract.ts';
import { userExample } from '../users/user.ts';
import { deliveryField, emailField, passwordField, rememberMeField, signedInSchema } from './fields.ts';

export const login = contract({
  id: 'auth.login',
  method: 'POST',
  path: '/auth/login',
  summary: 'Sign in',
  description:
    'An unknown address, a wrong password, an unconfirmed and a suspended account look the same and take the same time. Five failures in 15 minutes, per account and per network address, and further tries are refused for a while; successes do not count.',
  public: 'This is where one signs in.',
  body: z.strictObject({
    email: emailField,
    password: passwordField,
    rememberMe: rememberMeField,
    delivery: deliveryField,
  }),
  success: 200,
  output: signedInSchema,
  errors: ['INVALID_CREDENTIALS', 'MFA_REQUIRED'],
  idempotency: { none: 'Signing in twice makes two sessions; tokens are never kept in a record.' },
  rateLimit: [
    { per: 'account', limit: 5, windowSeconds: 900, counts: 'failures' },
    { per: 'address', limit: 5, windowSeconds: 900, counts: 'failures' },
  ],
  example: { body: { email: 'ann@example.com', password: 'Demo-Passw0rd!' }, output: { user: userExample } },
});
