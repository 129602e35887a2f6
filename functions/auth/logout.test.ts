import { grant } from '../platform/entity.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import { type User, users } from '../users/user.table.ts';
import { handler } from './logout.ts';
import { handler as me } from './me.ts';
import { handler as refresh } from './refresh.ts';
import { ACCESS, cookieHeader, cookiesOf, REFRESH, signIn, someone, startUserPool, type UserPool } from './testing.ts';

let platform: Operations;
let pool: UserPool;
let ann: User;
beforeAll(async () => {
  platform = await startOperations();
  pool = await startUserPool(platform);
});
beforeEach(async () => {
  await platform.table.clear();
  pool.users.clear();
  ann = await someone(platform, pool);
});
afterAll(async () => {
  await pool.stop();
  await platform.stop();
});
const login = (...args: Parameters<typeof signIn> extends [unknown, ...infer R] ? R : never) =>
  signIn(platform, ...args);

it('ends the session at once: access token, refresh token and cookies', async () => {
  const signedIn = await login(ann.email);
  const headers = cookieHeader(signedIn);
  const reply = await platform.call(handler, { headers, body: {} });
  expect(reply.status).toBe(204);
  for (const name of [ACCESS, REFRESH]) {
    expect(cookiesOf(reply)[name]?.value).toBe('');
    expect(cookiesOf(reply)[name]?.attributes).toContain('Max-Age=0');
  }
  expect((await platform.call(me, { headers })).status).toBe(401);
  expect((await platform.call(refresh, { headers, body: {} })).status).toBe(401);
});
it('leaves other sessions alone', async () => {
  const other = cookieHeader(await login(ann.email));
  await platform.call(handler, { headers: cookieHeader(await login(ann.email)), body: {} });
  expect((await platform.call(me, { headers: other })).status).toBe(200);
});
it('remembers every session of several that end at the same moment', async () => {
  const sessions = ['one', 'two', 'three', 'four'];
  await Promise.all(sessions.map((session) => platform.call(handler, { as: ann, session, body: {} })));
  const db = platform.table.db({ table: { users: grant(users, 'get') } });
  const user = await db.users.get({ id: ann.id }, { consistent: true });
  expect(Object.keys(user?.revokedSessions ?? {}).sort()).toEqual([...sessions].sort());
});
it('answers the same when there is no session', async () => {
  expect((await platform.call(handler, { body: {} })).status).toBe(204);
});
