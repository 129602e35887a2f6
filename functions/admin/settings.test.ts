import { handler as login } from '../auth/login.ts';
import { handler as me } from '../auth/me.ts';
import { handler as refresh } from '../auth/refresh.ts';
import { signIn, someone, startUserPool, type UserPool } from '../auth/testing.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import { handler as getUser } from '../users/get-user.ts';
import type { User } from '../users/user.table.ts';
import { handler as getSettings } from './get-settings.ts';
import { handler as replaceSettings } from './replace-settings.ts';

let platform: Operations;
let pool: UserPool;
let admin: User;
beforeAll(async () => {
  platform = await startOperations();
  pool = await startUserPool(platform);
});
beforeEach(async () => {
  await platform.table.clear();
  pool.users.clear();
  admin = await platform.person('admin');
});
afterAll(async () => {
  await pool.stop();
  await platform.stop();
});
const replace = (mfaRequiredRoles: unknown[], headers: Record<string, string> = {}) =>
  platform.call(replaceSettings, { as: admin, body: { mfaRequiredRoles }, headers });

it('begins with nothing required, and keeps what an administrator sets', async () => {
  expect((await platform.call(getSettings, { as: admin })).json.data).toMatchObject({
    mfaRequiredRoles: [],
    version: 0,
  });
  expect((await replace(['user', 'user'])).json.data).toMatchObject({ mfaRequiredRoles: ['user'], version: 1 });
  expect((await replace(['admin'])).json.data.version).toBe(2);
  const { json, headers } = await platform.call(getSettings, { as: admin });
  expect(json.data).toMatchObject({ mfaRequiredRoles: ['admin'], version: 2 });
  expect((await replace([], { 'if-match': '"1"' })).status).toBe(412);
  expect((await replace([], { 'if-match': headers.etag ?? '' })).status).toBe(200);
});
it('is for administrators, and for roles that there are', async () => {
  const manager = await platform.person('manager');
  expect((await platform.call(getSettings, { as: manager })).status).toBe(403);
  expect((await platform.call(replaceSettings, { as: manager, body: { mfaRequiredRoles: [] } })).status).toBe(403);
  expect((await replace(['root'])).status).toBe(400);
});
it('lets who signs in in such a role only enrol, until it is no longer asked', async () => {
  const ann = await someone(platform, pool);
  await replace(['user']);
  const session = async () => {
    const { accessToken } = (await signIn(platform, ann.email, undefined, { delivery: 'body' })).json.data.tokens;
    const headers = { authorization: `Bearer ${accessToken}` };
    const [own, other] = [
      await platform.call(me, { headers }),
      await platform.call(getUser, { headers, params: { id: ann.id } }),
    ];
    return [own.status, other.status, other.json.error?.code];
  };
  expect(await session()).toEqual([200, 403, 'MFA_REQUIRED']);
  await replace([]);
  expect(await session()).toEqual([200, 200, undefined]);
});
it('reaches who is signed in already at the next refresh', async () => {
  const ann = await someone(platform, pool);
  const { json } = await platform.call(login, {
    body: { email: ann.email, password: 'Demo-Passw0rd!', delivery: 'body' },
  });
  await replace(['user']);
  const next = await platform.call(refresh, { body: { refreshToken: json.data.tokens.refreshToken } });
  const headers = { authorization: `Bearer ${next.json.data.tokens.accessToken}` };
  expect((await platform.call(getUser, { headers, params: { id: ann.id } })).json.error.code).toBe('MFA_REQUIRED');
});
