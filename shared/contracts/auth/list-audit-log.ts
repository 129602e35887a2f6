import * as z from 'zod';
import { contract } from '../contract.ts';
import { listQuery } from '../list.ts';
import { securityEventExample, securityEventSchema } from './security-event.ts';

const sorts = ['at'] as const;

export const listAuditLog = contract({
  id: 'auth.list-audit-log',
  method: 'GET',
  path: '/auth/audit-log',
  summary: 'List own security events',
  description: 'What happened to the own account and from where, the newest 500. They are kept for 400 days.',
  permission: 'sessions:read',
  query: z.strictObject(listQuery(sorts)),
  success: 200,
  list: { sorts },
  output: securityEventSchema,
  errors: [],
  example: { output: securityEventExample },
});
