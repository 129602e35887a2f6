/** For tests of the concerns that need the table: a real one with a few callers in it. */
import type { Contract } from '../../../shared/contracts/contract.ts';
import { type ApiKey, apiKeys } from '../../api-keys/api-key.table.ts';
import { type User, users } from '../../users/user.table.ts';
import { createDb } from '../dynamo.ts';
import { grant } from '../entity.ts';
import { startTable, type TestTable } from '../testing/table.ts';
import { withAdapterAccess } from './adapter-access.ts';
import type { Foundation } from './chain.ts';

const stamps = { createdAt: '', createdBy: '', updatedAt: '', updatedBy: '', version: 1 };
export const testUser = (id: string, more: Partial<User> = {}): User => ({
  id,
  email: `${id}@example.com`,
  name: id,
  role: 'user',
  plan: 'Free',
  status: 'active',
  mfaEnabled: false,
  marketingConsent: false,
  acceptedTermsAt: '',
  ...stamps,
  ...more,
});
const testKey = (gatewayKeyId: string, more: Partial<ApiKey> = {}): ApiKey => ({
  gatewayKeyId,
  id: `key_${gatewayKeyId}`,
  userId: 'usr_1',
  name: 'CI',
  scopes: ['orders:read'],
  status: 'active',
  ...stamps,
  ...more,
});

/** Writes users and keys past the adapter. */
export const callersDb = (table: TestTable) =>
  table.db({ table: { users: grant(users, 'put', 'update'), keys: grant(apiKeys, 'put') } });

/** Users usr_1, usr_2, usr_off (suspended), usr_mod (moderator); keys of usr_1: live, over, gone, other (no orders). */
export async function startTableWithCallers(): Promise<TestTable> {
  const table = await startTable([users, apiKeys]);
  const db = callersDb(table);
  await db.write(
    db.users.put(testUser('usr_1')),
    db.users.put(testUser('usr_2')),
    db.users.put(testUser('usr_off', { status: 'suspended' })),
    db.users.put(testUser('usr_mod', { role: 'moderator' })),
    db.keys.put(testKey('live')),
    db.keys.put(testKey('over', { expiresAt: '2020-01-01T00:00:00Z' })),
    db.keys.put(testKey('gone', { status: 'revoked' })),
    db.keys.put(testKey('other', { scopes: ['products:read'] })),
  );
  return table;
}

/**
 * Foundation of an operation on that table. A token is just its user's id here: what a real one must be is tested with
 * the verifier.
 */
export function onTable(operation: Contract): Pick<Foundation, 'openDb' | 'verifier'> & { recognize: true } {
  const access = withAdapterAccess(operation, {}, true);
  return {
    openDb: (context) => createDb(access, context) as never,
    verifier: () => (token) =>
      token.startsWith('usr_')
        ? { userId: token, issuedAt: 1, signedInAt: 1, expiresAt: 2e9, sessionId: `of-${token}` }
        : undefined,
    recognize: true,
  };
}
export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
