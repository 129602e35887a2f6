import * as z from 'zod';
import { securityRisks } from '../auth/security-event.ts';
import { contract } from '../contract.ts';
import { listQuery, momentFilter } from '../list.ts';
import { auditActions, auditEntityName, auditEntryExample, auditEntrySchema } from './entry.ts';

const sorts = ['at'] as const;
const name = (example: string) =>
  z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/, 'must be 1 to 100 visible ASCII characters')
    .meta({ example });

/** What entries may be picked by. */
export const auditFilters = {
  entity: auditEntityName.optional().meta({ description: 'Kind of what was changed' }),
  entityId: name('usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0')
    .optional()
    .meta({ description: 'What was changed. Its prefix tells its kind; where it has none, entity is needed too' }),
  actor: name('usr_01JD3Z5QW8X7V6T5S4R3Q2P1N1').optional().meta({ description: 'Who changed it: a user, or system' }),
  action: z.enum(auditActions).optional(),
  event: z
    .string()
    .regex(/^[A-Z][A-Za-z]{0,59}$/, 'must be the name of an event, such as UserRoleChanged')
    .optional()
    .meta({ description: 'Told by this event', example: 'UserRoleChanged' }),
  risk: z.enum(securityRisks).optional().meta({ description: 'Security events of this risk' }),
  createdAfter: momentFilter.optional().meta({ description: 'At this moment or later; by default a year back' }),
  createdBefore: momentFilter.optional().meta({ description: 'Before this moment' }),
};

export const listEntries = contract({
  id: 'audit.list-entries',
  method: 'GET',
  path: '/admin/audit-logs',
  summary: 'List the audit trail',
  description:
    'Every change of every item, what it was before and after, newest first. Without entityId or actor at most a year is read at once. The total is exact for whole days; with further filters at most 1,000 entries are looked at for a page, which may then come short, with a cursor to go on.',
  permission: 'audit:read',
  query: z.strictObject({ ...listQuery(sorts), ...auditFilters }),
  success: 200,
  list: { sorts },
  output: auditEntrySchema,
  errors: [],
  example: { query: { entity: 'User', action: 'changed' }, output: auditEntryExample },
});
