import * as z from 'zod';
import { contract } from '../contract.ts';
import { listQuery } from '../list.ts';
import { auditFilters } from './list-entries.ts';

const { cursor, order } = listQuery(['at']);

export const exportEntries = contract({
  id: 'audit.export-entries',
  method: 'GET',
  path: '/admin/audit-logs/export',
  summary: 'Export the audit trail as CSV',
  description:
    'The columns of the list, up to 1,000 rows. When more follow, a Link header with rel="next" leads to them; rows of all parts together are the whole.',
  permission: 'audit:read',
  query: z.strictObject({ cursor, order, ...auditFilters }),
  success: 200,
  raw: 'text/csv; charset=utf-8; header=present',
  errors: [],
  example: { query: { entity: 'User', createdAfter: '2026-11-01' } },
});
