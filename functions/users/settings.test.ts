import { usualPreferences } from '../../shared/contracts/users/preferences.ts';
import { newId } from '../../shared/ids.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import { handler as getPreferences } from './get-preferences.ts';
import { handler as getProfile } from './get-profile.ts';
import { handler as replacePreferences } from './replace-preferences.ts';
import { handler as replaceProfile } from './replace-profile.ts';
import type { User } from './user.table.ts';

let platform: Operations;
let user: User;
beforeAll(async () => {
  platform = await startOperations();
});
beforeEach(async () => {
  user = await platform.person('user');
});
afterAll(() => platform.stop());
type Operation = typeof getProfile;
const call = (operation: Operation, body?: object, as: User | undefined = user, id = user.id, headers = {}) =>
  platform.call(operation, { as, params: { id }, headers, ...(body && { body }) });

it('keeps a profile as it was set, and what is left out is gone', async () => {
  expect((await call(getProfile)).json.data).toMatchObject({ userId: user.id, version: 0 });
  const full = { firstName: 'Ann', bio: 'Pots', phone: '+442079460000', timeZone: 'Europe/London', locale: 'en-GB' };
  expect((await call(replaceProfile, full)).json.data).toMatchObject({ ...full, version: 1 });
  expect((await call(replaceProfile, { lastName: 'Archer' })).json.data.bio).toBeUndefined();
  const { data } = (await call(getProfile)).json;
  expect([data.lastName, data.firstName, data.version]).toEqual(['Archer', undefined, 2]);
});
it('has usual preferences until others are set', async () => {
  expect((await call(getPreferences)).json.data).toMatchObject({ ...usualPreferences, version: 0 });
  const dark = { ...usualPreferences, theme: 'dark' };
  expect((await call(replacePreferences, dark)).json.data).toMatchObject({ theme: 'dark', version: 1 });
  expect((await call(getPreferences)).json.data.theme).toBe('dark');
});
it('never turns off security alerts by e-mail', async () => {
  const { notifications } = usualPreferences;
  const silent = { ...notifications, securityAlerts: { ...notifications.securityAlerts, email: false } };
  const { status, json } = await call(replacePreferences, { ...usualPreferences, notifications: silent });
  expect([status, json.error.details.fields[0].path]).toEqual([400, 'body.notifications.securityAlerts.email']);
});
it('names every field of a profile that is wrong', async () => {
  const wrong = { phone: '020 7946', timeZone: 'Mars/Olympus', locale: 'english!', avatar: 'x' };
  const { json } = await call(replaceProfile, wrong);
  expect(json.error.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
    'body.avatar',
    'body.locale',
    'body.phone',
    'body.timeZone',
  ]);
});
it('refuses a change of what was changed since it was read', async () => {
  await call(replaceProfile, { firstName: 'First' });
  expect((await call(replaceProfile, { firstName: 'B' }, user, user.id, { 'if-match': '"0.json"' })).status).toBe(412);
});
it('is one’s own, and an administrator’s; what is foreign or missing looks the same', async () => {
  const [other, admin] = [await platform.person('manager'), await platform.person('admin')];
  for (const [operation, body] of [
    [getProfile],
    [getPreferences],
    [replaceProfile, {}],
    [replacePreferences, usualPreferences],
  ] as [Operation, object?][]) {
    const foreign = await call(operation, body, other);
    const missing = await call(operation, body, admin, newId('user'));
    expect([foreign.status, foreign.json.error]).toEqual([404, missing.json.error]);
    expect((await call(operation, body, admin)).status).toBe(200);
    expect((await platform.call(operation, { params: { id: user.id }, ...(body && { body }) })).status).toBe(401);
  }
});
