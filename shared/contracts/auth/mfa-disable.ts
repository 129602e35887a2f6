import * as z from 'zod';
import { contract } from '../contract.ts';
import { passwordField, totpField } from './fields.ts';

export const mfaDisable = contract({
  id: 'auth.mfa-disable',
  method: 'POST',
  path: '/auth/mfa/disable',
  summary: 'Turn the second factor off',
  description: 'Needs the password and a code. The backup codes end with it.',
  permission: 'profile:write',
  body: z.strictObject({ password: passwordField, code: totpField }),
  success: 204,
  errors: ['VALIDATION_ERROR', 'INVALID_STATE', 'CONFLICT'],
  idempotency: { none: 'A repeat finds it off; no trace of the password is kept.' },
  rateLimit: [{ per: 'user', limit: 5, windowSeconds: 900, counts: 'failures' }],
  example: { body: { password: 'Demo-Passw0rd!', code: '123456' } },
});
