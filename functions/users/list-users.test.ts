import { userRegistered } from '../../events/users/user-registered.v1.ts';
import { newId } from '../../shared/ids.ts';
import { envelopeOf, type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler } from './list-users.ts';
import { handler as index } from './on-user-changed.index.ts';

let platform: Operations;
let manager: User;
let ann: User;
async function listed(role: User['role'], name: string, day: string, changes: Partial<User> = {}): Promise<User> {
  const createdAt = `${day}T12:00:00.000Z`;
  const email = `${name.split(' ')[0]?.toLowerCase()}@acme.example`;
  const id = newId('user', new Date(createdAt));
  const user = await platform.person(role, { id, name, email, createdAt, ...changes });
  const event = envelopeOf(userRegistered, { userId: user.id });
  expect(await platform.deliver(index, event, event)).toBe(0);
  return user;
}
beforeAll(async () => {
  platform = await startOperations();
  ann = await listed('user', 'Ann Archer', '2026-11-01', { lastLoginAt: '2026-11-20T10:00:00.000Z' });
  await listed('user', 'Bob Brown', '2026-11-02', { status: 'suspended', username: 'archie' });
  await listed('enterprise', 'Cleo Clark', '2026-11-03', { plan: 'Pro', lastLoginAt: '2026-11-10T10:00:00.000Z' });
  manager = await listed('manager', 'Dora Dean', '2026-11-04');
  await listed('user', 'Emil Archer', '2026-11-05', { status: 'inactive', deletedAt: '2026-11-06T12:00:00.000Z' });
});
afterAll(() => platform.stop());

const list = (query: Record<string, string> = {}, as: User | undefined = manager) =>
  platform.call(handler, { as, query: { order: 'asc', ...query } });
const names = async (query: Record<string, string> = {}, as?: User) => {
  const { status, json } = await list(query, as);
  expect(json.error ?? status).toBe(200);
  return json.data.map((item: { name: string }) => item.name.split(' ')[0]);
};

it.each([
  [{}, ['Ann', 'Bob', 'Cleo', 'Dora']],
  [{ sort: 'name', order: 'desc' }, ['Dora', 'Cleo', 'Bob', 'Ann']],
  [{ sort: 'email' }, ['Ann', 'Bob', 'Cleo', 'Dora']],
  [{ sort: 'lastLoginAt', order: 'desc' }, ['Ann', 'Cleo']],
  [{ search: 'arch' }, ['Ann', 'Bob']],
  [{ search: 'ann@acme' }, ['Ann']],
  [{ role: 'user' }, ['Ann', 'Bob']],
  [{ role: 'user', status: 'active' }, ['Ann']],
  [{ plan: 'Pro' }, ['Cleo']],
  [{ status: 'suspended', search: 'acme' }, ['Bob']],
  [{ status: 'inactive' }, ['Emil']],
  [{ status: 'inactive', search: 'emil arch', role: 'user' }, ['Emil']],
  [{ status: 'inactive', search: 'ann' }, []],
  [{ search: 'arch', role: 'user', plan: 'Free', status: 'suspended' }, ['Bob']],
  [{ role: 'user', plan: 'Free', status: 'suspended' }, ['Bob']],
  [{ createdAfter: '2026-11-02', createdBefore: '2026-11-04' }, ['Bob', 'Cleo']],
  [{ createdAfter: '2026-11-02', createdBefore: '2026-11-04', sort: 'name' }, ['Bob', 'Cleo']],
  [{ createdAfter: '2026-11-04', createdBefore: '2026-11-02' }, []],
])('answers %j', async (query, expected) => {
  expect(await names(query as Record<string, string>)).toEqual(expected);
});
it('counts exactly and walks by page', async () => {
  const { json } = await list({ limit: '3', page: '2' });
  expect(json.pagination).toMatchObject({ currentPage: 2, totalItems: 4, totalPages: 2, hasPrevPage: true });
  expect(json.data).toHaveLength(1);
});
it('shows who may read only themselves nobody else', async () => {
  expect(await names({}, ann)).toEqual(['Ann']);
  expect(await names({ search: 'archer' }, ann)).toEqual(['Ann']);
  expect(await names({ search: 'brown' }, ann)).toEqual([]);
  expect(await names({ role: 'manager' }, ann)).toEqual([]);
});
it('is for those who are signed in, and names parameters that are wrong', async () => {
  expect((await platform.call(handler, {})).status).toBe(401);
  const { json } = await list({ role: 'king', limit: '101', createdAfter: 'yesterday' });
  expect(json.error.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
    'query.createdAfter',
    'query.limit',
    'query.role',
  ]);
});
