import { type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler } from './refresh.ts';
import {
  cookieHeader,
  cookiesOf,
  goodPassword,
  REFRESH,
  signIn,
  someone,
  startUserPool,
  type UserPool,
} from './testing.ts';

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

it('rotates the tokens of the cookie and keeps the end of the session', async () => {
  const signedIn = await login(ann.email);
  const reply = await platform.call(handler, { headers: cookieHeader(signedIn), body: {} });
  expect(reply.json.data ?? reply.json).toEqual({ expiresIn: 900 });
  const [before, after] = [cookiesOf(signedIn)[REFRESH]?.value ?? '', cookiesOf(reply)[REFRESH]?.value ?? ''];
  expect(after).not.toBe(before);
  expect(after.split('.')[0]).toBe(before.split('.')[0]);
});
it('never gives the token of a cookie to a script', async () => {
  const reply = await platform.call(handler, { headers: cookieHeader(await login(ann.email)), body: {} });
  expect(reply.body).not.toContain('refresh-');
});
it('gives programs new tokens for the one in the body', async () => {
  const { refreshToken } = (await login(ann.email, goodPassword, { delivery: 'body' })).json.data.tokens;
  const { json } = await platform.call(handler, { body: { refreshToken } });
  expect(json.data.tokens.refreshToken).not.toBe(refreshToken);
});
it('refuses a token that was used before, an unknown one and none, all alike', async () => {
  const { refreshToken } = (await login(ann.email, goodPassword, { delivery: 'body' })).json.data.tokens;
  await platform.call(handler, { body: { refreshToken } });
  const again = await platform.call(handler, { body: { refreshToken } });
  expect([again.status, again.json.error.code]).toEqual([401, 'UNAUTHENTICATED']);
  for (const body of [{ refreshToken: 'unknown' }, {}])
    expect((await platform.call(handler, { body })).json.error).toEqual(again.json.error);
});
it('refuses a cookie whose session is over', async () => {
  const headers = { cookie: `${REFRESH}=1000000000.refresh-1`, 'sec-fetch-site': 'same-origin' };
  expect((await platform.call(handler, { headers, body: {} })).status).toBe(401);
});
it('refuses a request from another site', async () => {
  const headers = { ...cookieHeader(await login(ann.email)), 'sec-fetch-site': 'cross-site' };
  const { status, json } = await platform.call(handler, { headers, body: {} });
  expect([status, json.error.code]).toEqual([403, 'CSRF_REFUSED']);
});
it('names fields that are wrong', async () => {
  const { json } = await platform.call(handler, { body: { refreshToken: '' } });
  expect(json.error.details.fields[0].path).toBe('body.refreshToken');
});
