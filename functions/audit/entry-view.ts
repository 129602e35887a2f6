/** Entries of the audit trail as the API shows them, and what it is asked for. */
import type * as z from 'zod';
import type { auditEntrySchema } from '../../shared/contracts/audit/entry.ts';
import { getEntry } from '../../shared/contracts/audit/get-entry.ts';
import { listEntries } from '../../shared/contracts/audit/list-entries.ts';
import type { ParsedInput } from '../../shared/contracts/contract.ts';
import { getOrder } from '../../shared/contracts/orders/get-order.ts';
import { getProduct } from '../../shared/contracts/products/get-product.ts';
import { getUser } from '../../shared/contracts/users/get-user.ts';
import { invalid } from '../../shared/errors.ts';
import { idPrefixes } from '../../shared/ids.ts';
import type { Actor } from '../platform/http/context.ts';
import { links } from '../platform/http.ts';
import { momentsOf } from '../platform/period.ts';
import type { AuditEntry } from './entry.ts';
import type { TrailQuery } from './read-trail.ts';

export const idOf = ({ day, n }: Pick<AuditEntry, 'day' | 'n'>) => `${day}.${n}`;
export function placeOfId(id: string): { day: string; n: number } {
  const [day = '', n] = id.split('.');
  return { day, n: Number(n) };
}

const readers = { User: getUser, Product: getProduct, Order: getOrder } as const;

export function entryView(
  entry: AuditEntry,
  context: { actor: Actor; face: 'browser' | 'partner' },
): z.input<typeof auditEntrySchema> {
  const { at, recordedAt, entity, item, action, actor, from, request, cause, events, risk, hash } = entry;
  const id = idOf(entry);
  const reader = readers[entity as keyof typeof readers];
  const { before, after } = JSON.parse(entry.change) as Pick<z.input<typeof auditEntrySchema>, 'before' | 'after'>;
  return {
    ...{ id, at, recordedAt, entity, entityId: item, action, actor, from, request, cause, events },
    risk: risk as z.input<typeof auditEntrySchema>['risk'],
    ...{ before, after, hash },
    _links: links(context, {
      self: [getEntry, { id }],
      list: [listEntries],
      item: reader && [reader, { id: item }],
      actor: actor?.type === 'user' && [getUser, { id: actor.id }],
    }),
  };
}

/** Kind of entity → beginning of its ids. */
const entityOfPrefix = new Map<string, string>(
  Object.entries(idPrefixes).map(([kind, prefix]) => [prefix, kind.charAt(0).toUpperCase() + kind.slice(1)]),
);

type Asked = Omit<ParsedInput<typeof listEntries>['query'], 'sort' | 'limit'> & { limit: number };
/** What to read for a request; undefined when nothing can match. Errors: VALIDATION_ERROR when nothing tells the kind of an id. */
export function trailQuery({ entityId, createdAfter, createdBefore, ...asked }: Asked): TrailQuery | undefined {
  const { from, until, empty } = momentsOf({ createdAfter, createdBefore });
  if (empty) return undefined;
  const entity = asked.entity ?? (entityId && entityOfPrefix.get(entityId.split('_')[0] ?? ''));
  if (entityId !== undefined && entity === undefined)
    throw invalid({ path: 'query.entity', message: 'is needed with this entityId: nothing in it tells its kind' });
  return { ...asked, entity, item: entityId, from, until };
}
