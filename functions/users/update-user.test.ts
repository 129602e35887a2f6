import { newId } from '../../shared/ids.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import { handler as replace } from './replace-user.ts';
import { handler as update } from './update-user.ts';
import { type User, users } from './user.table.ts';

let platform: Operations;
let user: User;
let manager: User;
beforeAll(async () => {
  platform = await startOperations();
  manager = await platform.person('manager');
});
beforeEach(async () => {
  user = await platform.person('user', { company: 'Archer Ltd' });
});
afterAll(() => platform.stop());
const patch = (body: object, as: User | undefined = user, id = user.id, headers: Record<string, string> = {}) =>
  platform.call(update, { as, params: { id }, body, headers });

it('changes what is sent and nothing else, with its event', async () => {
  const { status, json } = await patch({ name: 'Ann Smith', marketingConsent: true });
  expect([status, json.data]).toMatchObject([
    200,
    { name: 'Ann Smith', marketingConsent: true, company: 'Archer Ltd', version: 2 },
  ]);
  expect(await platform.ridingOn(users, { id: user.id })).toEqual(['UserUpdated']);
});
it('writes and tells nothing when nothing changes', async () => {
  expect((await patch({ name: user.name, username: null })).json.data.version).toBe(1);
  expect(await platform.ridingOn(users, { id: user.id })).toEqual([]);
});
it('replaces all that may be set: what is left out is gone', async () => {
  const body = { name: 'Ann', marketingConsent: false };
  const { json } = await platform.call(replace, { as: user, params: { id: user.id }, body });
  expect([json.data.name, json.data.company]).toEqual(['Ann', undefined]);
  const { json: wrong } = await platform.call(replace, { as: user, params: { id: user.id }, body: { name: 'Ann' } });
  expect(wrong.error.details.fields[0].path).toBe('body.marketingConsent');
});
it('gives a username to one user, whatever its case, and frees the old one', async () => {
  const other = await platform.person('user');
  expect((await patch({ username: 'Ann.Archer' })).status).toBe(200);
  const taken = await patch({ username: 'ann.archer' }, other, other.id);
  expect([taken.status, taken.json.error.code]).toEqual([409, 'DUPLICATE_ENTITY']);
  expect((await patch({ username: 'ann.ARCHER' })).status).toBe(200);
  expect((await patch({ username: null })).json.data.username).toBeUndefined();
  expect((await patch({ username: 'ann.archer' }, other, other.id)).status).toBe(200);
});
it('gives a username that two ask for at the same moment to one of them', async () => {
  const people = await Promise.all(Array.from({ length: 5 }, () => platform.person('user')));
  const replies = await Promise.all(people.map((person) => patch({ username: 'race' }, person, person.id)));
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
});
it('lets nobody write role, plan, status, verification or anything else that is not theirs to say', async () => {
  const smuggled = { role: 'admin', plan: 'Enterprise', status: 'active', emailVerifiedAt: '2026-01-01T00:00:00.000Z' };
  const { status, json } = await patch({ ...smuggled, mfaEnabled: true, id: newId('user'), tokensValidAfter: 0 });
  expect([status, json.error.details.fields.length]).toEqual([400, 7]);
});
it('lets staff change users but managers no administrators; what is foreign or missing looks the same', async () => {
  expect((await patch({ name: 'B' }, manager)).status).toBe(200);
  const admin = await platform.person('admin');
  expect((await patch({ name: 'B' }, manager, admin.id)).status).toBe(403);
  const foreign = await patch({ name: 'B' }, user, manager.id);
  const missing = await patch({ name: 'B' }, manager, newId('user'));
  expect([foreign.status, foreign.json.error]).toEqual([404, missing.json.error]);
  expect((await platform.call(update, { params: { id: user.id }, body: {} })).status).toBe(401);
});
it('refuses a change of what somebody else changed since it was read', async () => {
  await patch({ name: 'First' });
  expect((await patch({ name: 'Second' }, user, user.id, { 'if-match': '"1.json"' })).status).toBe(412);
});
