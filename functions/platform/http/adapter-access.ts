/** What the adapter itself reads and writes on behalf of an operation: added to the operation's own rights, and to no more. */
import { type Contract, idempotencyOf } from '../../../shared/contracts/contract.ts';
import { apiKeys } from '../../api-keys/api-key.table.ts';
import { users } from '../../users/user.table.ts';
import type { Db } from '../db.ts';
import type { Access } from '../declaration.ts';
import { type Grant, grant } from '../entity.ts';
import { idempotencyRecords } from './idempotency.table.ts';
import { rateLimits } from './rate-limit.table.ts';

/** The names begin with `http:` so that no name of a handler's own can meet them. */
const grants = {
  'http:users': grant(users, 'get'),
  'http:apiKeys': grant(apiKeys, 'get'),
  'http:rateLimits': grant(rateLimits, 'get', 'put', 'update'),
  'http:idempotency': grant(idempotencyRecords, 'put', 'delete'),
};
export type AdapterDb = Db<{ table: typeof grants }>;

/** The operation's access with what its concerns need: the caller's user, an API key, a counter, a record. */
export function withAdapterAccess(contract: Contract, access: Access, recognize: boolean): Access {
  const table: Record<string, Grant> = { ...access.table };
  const add = (name: keyof typeof grants) => {
    table[name] = grants[name] as unknown as Grant;
  };
  if (contract.permission || recognize) {
    add('http:users');
    if (contract.partner) add('http:apiKeys');
  }
  if (contract.rateLimit) add('http:rateLimits');
  if (idempotencyOf(contract) === 'record') add('http:idempotency');
  return { ...access, table };
}
