import * as z from 'zod';
import { securityRisks } from '../auth/security-event.ts';
import { linksSchema, moment } from '../list.ts';

export const auditActions = ['created', 'changed', 'removed'] as const;
export const auditEntryId = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d\.[1-9]\d{0,11}$/, 'must be a day and a position, such as 2026-11-21.42')
  .meta({ example: '2026-11-21.42' });
/** Name of an entity, as `docs/tables.md` lists them. */
export const auditEntityName = z
  .string()
  .regex(/^[A-Z][A-Za-z]{0,39}$/, 'must be the name of an entity, such as User')
  .meta({ example: 'User' });

const values = z.record(z.string(), z.unknown());

/** One change of one item. */
export const auditEntrySchema = z.object({
  id: auditEntryId,
  at: moment.meta({ description: 'When it was changed' }),
  recordedAt: moment.meta({ description: 'When it was written to the trail' }),
  entity: z.string(),
  entityId: z.string(),
  action: z.enum(auditActions),
  actor: z
    .object({ id: z.string(), type: z.string().meta({ description: 'user, api-key or system' }) })
    .optional()
    .meta({ description: 'Nobody: it was removed, by what the entries beside it say' }),
  from: z
    .object({ ip: z.string(), device: z.string().meta({ description: 'Browser and system, or name of a program' }) })
    .optional()
    .meta({ description: 'Nowhere: it followed from an event' }),
  request: z.string().optional().meta({ description: 'Id of the request' }),
  cause: z.string().optional().meta({ description: 'Id of the event that it followed from' }),
  events: z.array(z.string()).meta({ description: 'Events that it was told by' }),
  risk: z.enum(securityRisks).optional().meta({ description: 'Of security events' }),
  before: values.meta({ description: 'What was changed, as it was. Secrets are masked' }),
  after: values.meta({ description: 'What was changed, as it is now' }),
  hash: z.string().meta({ description: 'Chains it to the entry before' }),
  _links: linksSchema,
});

export const auditEntryExample = {
  id: '2026-11-21.42',
  at: '2026-11-21T09:30:00.000Z',
  recordedAt: '2026-11-21T09:30:01.000Z',
  entity: 'User',
  entityId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  action: 'changed',
  actor: { id: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N1', type: 'user' },
  from: { ip: '203.0.113.7', device: 'Firefox on Windows' },
  request: 'req_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  events: ['UserRoleChanged'],
  before: { role: 'user' },
  after: { role: 'enterprise' },
  hash: '6d3f9c0b6b1f3a27e6a4d1f4a7f6f7c81f0f6a8b9f2d3c4e5a6b7c8d9e0f1a2b',
  _links: {
    self: { href: '/api/v1/admin/audit-logs/2026-11-21.42', method: 'GET' },
    item: { href: '/api/v1/users/usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0', method: 'GET' },
  },
} satisfies z.input<typeof auditEntrySchema>;
