import * as z from 'zod';
import { contract } from '../contract.ts';
import { backupCodesSchema, passwordField } from './fields.ts';

export const mfaBackupCodes = contract({
  id: 'auth.mfa-backup-codes',
  method: 'POST',
  path: '/auth/mfa/backup-codes',
  summary: 'Get a new set of backup codes',
  description: 'Needs the password. The codes from before no longer work.',
  permission: 'profile:write',
  body: z.strictObject({ password: passwordField }),
  success: 200,
  output: backupCodesSchema,
  errors: ['VALIDATION_ERROR', 'INVALID_STATE'],
  idempotency: { none: 'Each call gives a new set; backup codes are never kept in a record.' },
  rateLimit: [{ per: 'user', limit: 5, windowSeconds: 900, counts: 'failures' }],
  example: { body: { password: 'Demo-Passw0rd!' }, output: { backupCodes: ['7K2QM-X40ZD'] } },
});
