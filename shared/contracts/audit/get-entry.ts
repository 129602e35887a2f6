import * as z from 'zod';
import { contract } from '../contract.ts';
import { auditEntryExample, auditEntryId, auditEntrySchema } from './entry.ts';

export const getEntry = contract({
  id: 'audit.get-entry',
  method: 'GET',
  path: '/admin/audit-logs/{id}',
  summary: 'Read an entry of the audit trail',
  permission: 'audit:read',
  params: z.strictObject({ id: auditEntryId }),
  success: 200,
  output: auditEntrySchema,
  errors: ['ENTITY_NOT_FOUND'],
  example: { params: { id: auditEntryExample.id }, output: auditEntryExample },
});
