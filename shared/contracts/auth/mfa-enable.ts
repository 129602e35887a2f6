import * as z from 'zod';
import { contract } from '../contract.ts';
import { backupCodesSchema, totpField } from './fields.ts';

export const mfaEnable = contract({
  id: 'auth.mfa-enable',
  method: 'POST',
  path: '/auth/mfa/enable',
  summary: 'Turn the second factor on',
  description:
    'Takes a code of the authenticator app that was set up. Gives ten backup codes, which are never shown again.',
  permission: 'profile:write',
  whileEnrolling: true,
  body: z.strictObject({ code: totpField }),
  success: 200,
  output: backupCodesSchema,
  errors: ['VALIDATION_ERROR', 'INVALID_STATE', 'CONFLICT'],
  idempotency: { none: 'A repeat finds it on; backup codes are never kept in a record.' },
  rateLimit: [{ per: 'user', limit: 5, windowSeconds: 900, counts: 'failures' }],
  example: { body: { code: '123456' }, output: { backupCodes: ['7K2QM-X40ZD'] } },
});
