import { deviceName } from '../platform/device.ts';
import { grant } from '../platform/entity.ts';
import { users } from '../users/user.table.ts';
import { handler as listSessions } from './list-sessions.ts';
import { handler as logoutAll } from './logout-all.ts';
import { handler as me } from './me.ts';
import { handler as refresh } from './refresh.ts';
import { handler as revokeSession } from './revoke-session.ts';
import { cookiesOf, goodPassword, securityEventsOf, signIn, someone, startUnderTest } from './testing.ts';

const under = startUnderTest();

async function session(user = under.ann, body: object = {}) {
  const reply = await signIn(under.platform, user.email, goodPassword, { delivery: 'body', ...body });
  const { accessToken, refreshToken } = reply.json.data.tokens;
  return { headers: { authorization: `Bearer ${accessToken}` }, refreshToken: refreshToken as string };
}
type Session = Awaited<ReturnType<typeof session>>;
const isIn = async ({ headers }: Session) => (await under.platform.call(me, { headers })).status === 200;
const canRefresh = async ({ refreshToken }: Session) =>
  (await under.platform.call(refresh, { body: { refreshToken } })).status === 200;
const list = async ({ headers }: Session, query = {}) =>
  (await under.platform.call(listSessions, { headers, query })).json;

it('shows where one is signed in, and which of it is here', async () => {
  const first = await session();
  const second = await session(under.ann, { rememberMe: true });
  await session(await someone(under.platform, under.pool));
  const { data, pagination } = await list(second);
  expect(pagination.totalItems).toBe(2);
  expect(data.map(({ current, rememberMe }: Record<string, unknown>) => [current, rememberMe])).toEqual([
    [true, true],
    [false, false],
  ]);
  expect(data[0]).toMatchObject({ ip: expect.stringMatching(/^203\.0\./), _links: { revoke: { method: 'DELETE' } } });
  expect((await list(first, { limit: '1', page: '2' })).data).toHaveLength(1);
  expect(JSON.stringify(data)).not.toContain('originJti');
});
it('shows when a session was seen last', async () => {
  const one = await session();
  const [before] = (await list(one)).data;
  await canRefresh(one);
  const [after] = (await list(one)).data;
  expect(after.lastSeenAt > before.lastSeenAt).toBe(true);
  expect([after.id, after.createdAt, after.endsAt]).toEqual([before.id, before.createdAt, before.endsAt]);
});
it('puts a revoked session out at its next request, and no other', async () => {
  const [here, there] = [await session(), await session()];
  const { id } = (await list(here)).data.find(({ current }: { current: boolean }) => !current);
  expect((await under.platform.call(revokeSession, { headers: here.headers, params: { id } })).status).toBe(204);
  expect([await isIn(there), await canRefresh(there)]).toEqual([false, false]);
  expect([await isIn(here), await canRefresh(here)]).toEqual([true, true]);
  expect((await list(here)).data).toHaveLength(1);
  expect((await securityEventsOf(under.platform, under.ann)).at(-1)?.kind).toBe('session-revoked');
  expect((await under.platform.call(revokeSession, { headers: here.headers, params: { id } })).status).toBe(404);
});
it('does not know the sessions of others', async () => {
  const other = await session(await someone(under.platform, under.pool));
  const [{ id }] = (await list(other)).data;
  const { headers } = await session();
  expect((await under.platform.call(revokeSession, { headers, params: { id } })).status).toBe(404);
  expect(await isIn(other)).toBe(true);
});
it('signs out everywhere: no token given before works, a new sign-in does at once', async () => {
  const all = [await session(), await session(), await session()];
  const reply = await under.platform.call(logoutAll, { headers: all[0]?.headers ?? {}, body: {} });
  expect(reply.status).toBe(204);
  expect(Object.values(cookiesOf(reply)).map(({ value }) => value)).toEqual(['', '']);
  for (const one of all) expect([await isIn(one), await canRefresh(one)]).toEqual([false, false]);
  const next = await session();
  expect(await isIn(next)).toBe(true);
  expect((await list(next)).data).toHaveLength(1);
  expect((await securityEventsOf(under.platform, under.ann)).map(({ kind }) => kind)).toContain('sessions-ended');
});
it('keeps sign-ins from before out though their record was left over', async () => {
  const one = await session();
  const db = under.platform.table.db({ table: { users: grant(users, 'update') } });
  const tokensValidAfter = Math.floor(Date.now() / 1_000) + 1;
  await db.write(db.users.update({ id: under.ann.id }, { set: { tokensValidAfter } }));
  expect([await isIn(one), await canRefresh(one)]).toEqual([false, false]);
});

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0', 'Firefox on Windows'],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36',
    'Chrome on Linux',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0', 'Edge on Windows'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Safari/604.1',
    'Safari on iPhone',
  ],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36', 'Chrome on Android'],
  ['curl/8.5.0', 'curl'],
  ['', 'Unknown device'],
])('names the device of %s', (userAgent, name) => {
  expect(deviceName(userAgent)).toBe(name);
});
