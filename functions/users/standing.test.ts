import { newId } from '../../shared/ids.ts';
import type { Role } from '../../shared/permissions.ts';
import type { DeclaredHandler, HttpDeclaration } from '../platform/declaration.ts';
import { grant } from '../platform/entity.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import { handler as activate } from './activate-user.ts';
import { administratorCount } from './administrators.ts';
import { handler as remove } from './delete-user.ts';
import { handler as get } from './get-user.ts';
import { handler as restore } from './restore-user.ts';
import { handler as setPlan } from './set-plan.ts';
import { handler as setRole } from './set-role.ts';
import { handler as suspend } from './suspend-user.ts';
import { type User, users } from './user.table.ts';

let platform: Operations;
let admin: User;
let manager: User;
let moderator: User;
/** Sets how many active administrators there are. */
async function administrators(n: number): Promise<void> {
  const db = platform.table.db({ table: { counts: grant(administratorCount, 'put') } });
  await db.write(db.counts.put({ name: 'active', n }, { replace: true }));
}
beforeAll(async () => {
  platform = await startOperations();
  admin = await platform.person('admin');
  manager = await platform.person('manager');
  moderator = await platform.person('moderator');
});
beforeEach(() => administrators(5));
afterAll(() => platform.stop());

type Operation = DeclaredHandler<HttpDeclaration>;
const bodies = new Map<Operation, object>([
  [setRole, { role: 'enterprise' }],
  [setPlan, { plan: 'Pro' }],
]);
async function act(operation: Operation, as: User | undefined, user: { id: string }, body?: object, headers = {}) {
  const { method } = operation.declaration.contract;
  const sent = method === 'DELETE' ? {} : { body: body ?? bodies.get(operation) ?? {} };
  const { status, json } = await platform.call(operation, { as, params: { id: user.id }, headers, ...sent });
  return { status, code: json.error?.code, data: json.data, error: json.error };
}
const person = (role: Role = 'user', changes: Partial<User> = {}) => platform.person(role, changes);

it.each([
  ['suspend', suspend, { status: 'active' }],
  ['activate', activate, { status: 'suspended' }],
  ['restore', restore, { deletedAt: '2026-01-01T00:00:00.000Z' }],
] as const)(
  'answers what %s has made when the reply to the first request was lost',
  async (key, operation, changes) => {
    const user = await person('user', changes);
    const again = () => act(operation, admin, user, {}, { 'idempotency-key': key });
    const first = await again();
    await platform.loseReply(operation, admin, key);
    expect(await again()).toEqual(first);
    expect(first).toMatchObject({ status: 200, data: { version: 2 } });
  },
);
it('shuts out who is suspended at the very next request, and their old tokens for good', async () => {
  const user = await person();
  const authorization = `Bearer ${platform.token(user)}`;
  const asked = () => platform.call(get, { params: { id: user.id }, headers: { authorization } });
  expect((await asked()).status).toBe(200);
  expect(await act(suspend, moderator, user, { reason: 'Fraud' })).toMatchObject({
    status: 200,
    data: { status: 'suspended', version: 2 },
  });
  expect(await platform.ridingOn(users, { id: user.id })).toEqual(['UserSuspended']);
  expect((await asked()).status).toBe(401);
  expect(await act(activate, moderator, user)).toMatchObject({ status: 200, data: { status: 'active' } });
  expect(await platform.ridingOn(users, { id: user.id })).toEqual(['UserActivated']);
  expect((await asked()).status).toBe(401);
});
it('deletes so that everything can come back, the suspension too', async () => {
  const user = await person();
  await act(suspend, manager, user);
  expect((await act(remove, manager, user)).status).toBe(204);
  expect(await platform.ridingOn(users, { id: user.id })).toEqual(['UserDeleted']);
  expect((await platform.call(get, { as: moderator, params: { id: user.id } })).status).toBe(404);
  expect(await act(remove, manager, user)).toMatchObject({ status: 404 });
  expect(await act(restore, manager, user)).toMatchObject({ status: 200, data: { status: 'suspended', version: 4 } });
  expect(await platform.ridingOn(users, { id: user.id })).toEqual(['UserRestored']);
});
it('lets people delete themselves and nobody else', async () => {
  const [user, other] = [await person(), await person()];
  expect((await act(remove, user, other)).status).toBe(404);
  expect((await act(remove, user, user)).status).toBe(204);
  expect((await act(remove, user, user)).status).toBe(401);
});
it('gives role and plan only by administrators, never to oneself', async () => {
  const user = await person();
  for (const operation of [setRole, setPlan]) {
    expect(await act(operation, manager, user)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(await act(operation, user, user)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(await act(operation, admin, admin)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  }
  expect(await act(setRole, admin, user)).toMatchObject({ status: 200, data: { role: 'enterprise' } });
  expect(await platform.ridingOn(users, { id: user.id })).toEqual(['UserRoleChanged']);
  expect(await act(setPlan, admin, user)).toMatchObject({ status: 200, data: { plan: 'Pro', version: 3 } });
  expect(await platform.ridingOn(users, { id: user.id })).toEqual(['UserPlanChanged']);
  expect(await act(setPlan, admin, user)).toMatchObject({ status: 200, data: { version: 3 } });
});
it.each<[Role, Role, number]>([
  ['moderator', 'user', 200],
  ['moderator', 'enterprise', 403],
  ['moderator', 'manager', 403],
  ['manager', 'enterprise', 200],
  ['manager', 'moderator', 200],
  ['manager', 'admin', 403],
  ['admin', 'admin', 200],
  ['enterprise', 'user', 403],
])('%s suspending %s: %i', async (actor, target, status) => {
  expect(await act(suspend, await person(actor), await person(target))).toMatchObject({ status });
});
it('suspends and reactivates nobody by themselves, and no manager deletes an administrator', async () => {
  expect(await act(suspend, admin, admin)).toMatchObject({ status: 403 });
  expect(await act(remove, manager, await person('admin'))).toMatchObject({ status: 403 });
});
it('keeps the last active administrator: not demoted, not suspended, not deleted', async () => {
  const [one, other] = [await person('admin'), await person('admin')];
  await administrators(1);
  for (const operation of [setRole, suspend, remove])
    expect(await act(operation, one, other)).toMatchObject({ status: 409, code: 'INVALID_STATE' });
  expect(await act(remove, one, one)).toMatchObject({ status: 409 });
});
it.each<[string, Operation, Operation]>([
  ['demote', setRole, setRole],
  ['suspend', suspend, suspend],
  ['delete', remove, remove],
  ['demote and delete', setRole, remove],
])('lets one of two administrators who %s each other at the same moment stay', async (_, first, second) => {
  const db = platform.table.db({ table: { counts: grant(administratorCount, 'get') } });
  for (let round = 0; round < 3; round++) {
    const [one, other] = [await person('admin'), await person('admin')];
    await administrators(2);
    const replies = await Promise.all([act(first, one, other), act(second, other, one)]);
    const refused = replies.filter(({ status }) => status >= 400);
    expect(refused).toHaveLength(1);
    expect([401, 403, 404, 409]).toContain(refused[0]?.status);
    expect(await db.counts.get({ name: 'active' }, { consistent: true })).toMatchObject({ n: 1 });
  }
});
it('lets one of two administrators who delete themselves at the same moment stay', async () => {
  const [one, other] = [await person('admin'), await person('admin')];
  await administrators(2);
  const replies = await Promise.all([act(remove, one, one), act(remove, other, other)]);
  expect(replies.map(({ status }) => status).sort()).toEqual([204, 409]);
});
it('counts who becomes an administrator', async () => {
  const [one, other] = [await person('admin'), await person()];
  await administrators(1);
  expect(await act(setRole, one, other, { role: 'admin' })).toMatchObject({ status: 200 });
  expect(await act(suspend, other, one)).toMatchObject({ status: 200 });
  expect(await act(remove, other, other)).toMatchObject({ status: 409 });
});
it('says what the present state allows', async () => {
  const user = await person();
  expect(await act(activate, admin, user)).toMatchObject({
    status: 409,
    error: { details: { state: 'active', allowed: ['suspend', 'delete'] } },
  });
  expect(await act(restore, admin, user)).toMatchObject({ status: 409 });
  const pending = await person('user', { status: 'pending' });
  expect(await act(suspend, admin, pending)).toMatchObject({ status: 409 });
  expect(await act(setRole, admin, pending)).toMatchObject({ status: 409 });
});
it('refuses a change of what somebody else changed since it was read', async () => {
  const user = await person();
  await act(setPlan, admin, user);
  const stale = { 'if-match': '"1.json"' };
  for (const operation of [setRole, setPlan, suspend, remove])
    expect(await act(operation, admin, user, undefined, stale)).toMatchObject({ status: 412 });
});
it('answers missing users like foreign ones, and names fields that are wrong', async () => {
  const missing = { id: newId('user') };
  for (const operation of [activate, remove, restore, setPlan, setRole, suspend]) {
    expect(await act(operation, admin, missing)).toMatchObject({ status: 404 });
    expect(await act(operation, undefined, missing)).toMatchObject({ status: 401 });
  }
  const { error } = await act(setRole, admin, await person(), { role: 'king', status: 'active' });
  expect(error.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual(['body.role', 'body.status']);
});
it('links just what the reader may do with a user in its state', async () => {
  const user = await person();
  const relations = async (as: User, id = user.id) =>
    Object.keys((await platform.call(get, { as, params: { id } })).json.data._links).sort();
  expect(await relations(moderator)).toEqual(['self', 'suspend']);
  const ofManager = ['delete', 'erase', 'orders', 'placeOrder', 'replace', 'self', 'suspend', 'update'];
  expect(await relations(manager)).toEqual(ofManager);
  const granted = ['plan', 'preferences', 'profile', 'role'];
  expect(await relations(admin)).toEqual([...ofManager, ...granted].sort());
  expect(await relations(manager, admin.id)).toEqual(['orders', 'placeOrder', 'self']);
  expect(await relations(user)).toEqual(
    expect.arrayContaining(['delete', 'logout', 'me', 'replace', 'self', 'update']),
  );
  await act(suspend, admin, user);
  expect(await relations(moderator)).toEqual(['activate', 'self']);
});
