import * as z from 'zod';
import { contract } from '../contract.ts';
import { checkNewPassword, confirmPasswordField, newPasswordField, passwordField } from './fields.ts';

export const changePassword = contract({
  id: 'auth.change-password',
  method: 'POST',
  path: '/auth/change-password',
  summary: 'Change the own password',
  description: 'Needs the present password. Every other session ends; this one goes on.',
  permission: 'profile:write',
  body: z
    .strictObject({
      currentPassword: passwordField,
      password: newPasswordField,
      confirmPassword: confirmPasswordField,
    })
    .superRefine(checkNewPassword),
  success: 200,
  output: z.object({ endedSessions: z.number().int().meta({ description: 'How many other sessions were ended' }) }),
  errors: ['VALIDATION_ERROR', 'CONFLICT'],
  idempotency: { none: 'A repeat finds the present password wrong; no trace of passwords is kept.' },
  rateLimit: [{ per: 'user', limit: 5, windowSeconds: 900, counts: 'failures' }],
  example: {
    body: {
      currentPassword: 'Demo-Passw0rd!',
      password: 'Other-Passw0rd!',
      confirmPassword: 'Other-Passw0rd!',
    },
    output: { endedSessions: 2 },
  },
});
