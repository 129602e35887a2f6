import { grant } from '../platform/entity.ts';
import { users } from '../users/user.table.ts';
import { handler as me } from './me.ts';
import { handler } from './refresh.ts';
import { sessions } from './session.table.ts';
import { cookieHeader, cookiesOf, goodPassword, REFRESH, securityEventsOf, startUnderTest } from './testing.ts';

const under = startUnderTest();

it('rotates the tokens of the cookie and keeps the end of the session', async () => {
  const signedIn = await under.login(under.ann.email);
  const reply = await under.platform.call(handler, { headers: cookieHeader(signedIn), body: {} });
  expect(reply.json.data ?? reply.json).toEqual({ expiresIn: 900 });
  const [before, after] = [cookiesOf(signedIn)[REFRESH]?.value ?? '', cookiesOf(reply)[REFRESH]?.value ?? ''];
  expect(after).not.toBe(before);
  expect(after.split('.').slice(0, 2)).toEqual(before.split('.').slice(0, 2));
  const ages = [signedIn, reply].map((one) =>
    Number(/Max-Age=(\d+)/.exec(cookiesOf(one)[REFRESH]?.attributes.join() ?? '')?.[1]),
  );
  expect(ages[1]).toBeLessThanOrEqual(ages[0] as number);
});
it('never gives the token of a cookie to a script', async () => {
  const reply = await under.platform.call(handler, {
    headers: cookieHeader(await under.login(under.ann.email)),
    body: {},
  });
  expect(reply.body).not.toContain('refresh-');
});
it('gives programs new tokens for the one in the body', async () => {
  const { refreshToken } = (await under.login(under.ann.email, goodPassword, { delivery: 'body' })).json.data.tokens;
  const { json } = await under.platform.call(handler, { body: { refreshToken } });
  expect(json.data.tokens.refreshToken).not.toBe(refreshToken);
});
it('refuses a token that was used before, an unknown one and none, all alike', async () => {
  const { refreshToken } = (await under.login(under.ann.email, goodPassword, { delivery: 'body' })).json.data.tokens;
  await under.platform.call(handler, { body: { refreshToken } });
  const again = await under.platform.call(handler, { body: { refreshToken } });
  expect([again.status, again.json.error.code]).toEqual([401, 'UNAUTHENTICATED']);
  for (const body of [{ refreshToken: 'unknown' }, {}])
    expect((await under.platform.call(handler, { body })).json.error).toEqual(again.json.error);
});
it('ends the whole session when a token is used again: its newest tokens too, and a security event says so', async () => {
  const first = (await under.login(under.ann.email, goodPassword, { delivery: 'body' })).json.data.tokens;
  const second = (await under.platform.call(handler, { body: { refreshToken: first.refreshToken } })).json.data.tokens;
  await under.platform.call(handler, { body: { refreshToken: first.refreshToken } });
  const headers = { authorization: `Bearer ${second.accessToken}` };
  expect((await under.platform.call(me, { headers })).status).toBe(401);
  expect((await under.platform.call(handler, { body: { refreshToken: second.refreshToken } })).status).toBe(401);
  const told = await securityEventsOf(under.platform, under.ann);
  expect(told.at(-1)).toMatchObject({ kind: 'refresh-token-reused', risk: 'high', ip: '203.0.113.7' });
});
it('leaves other sessions alone when one ends so', async () => {
  const other = cookieHeader(await under.login(under.ann.email));
  const { refreshToken } = (await under.login(under.ann.email, goodPassword, { delivery: 'body' })).json.data.tokens;
  for (let i = 0; i < 2; i++) await under.platform.call(handler, { body: { refreshToken } });
  expect((await under.platform.call(me, { headers: other })).status).toBe(200);
  expect((await under.platform.call(handler, { headers: other, body: {} })).status).toBe(200);
});
it('refuses a session whose day is over, whatever its cookie and the user pool say', async () => {
  const { refreshToken } = (await under.login(under.ann.email, goodPassword, { delivery: 'body' })).json.data.tokens;
  const [userId = '', id = ''] = refreshToken.split('.');
  const db = under.platform.table.db({ table: { sessions: grant(sessions, 'get', 'update') } });
  const session = await db.sessions.get({ userId, id }, { consistent: true });
  expect(session?.expires).toBeCloseTo(Date.now() / 1_000 + 86_400, -2);
  await db.write(db.sessions.update({ userId, id }, { set: { expires: Math.floor(Date.now() / 1_000) - 1 } }));
  expect((await under.platform.call(handler, { body: { refreshToken } })).status).toBe(401);
});
it('refuses a token of one sign-in under the name of another, which may last longer', async () => {
  const tokensOf = async (rememberMe: boolean) =>
    (await under.login(under.ann.email, goodPassword, { delivery: 'body', rememberMe })).json.data.tokens
      .refreshToken as string;
  const [short, long] = [await tokensOf(false), await tokensOf(true)];
  const swapped = [...long.split('.').slice(0, 2), ...short.split('.').slice(2)].join('.');
  expect((await under.platform.call(handler, { body: { refreshToken: swapped } })).status).toBe(401);
});
it('refuses who was suspended meanwhile', async () => {
  const { refreshToken } = (await under.login(under.ann.email, goodPassword, { delivery: 'body' })).json.data.tokens;
  const db = under.platform.table.db({ table: { users: grant(users, 'update') } });
  await db.write(db.users.update({ id: under.ann.id }, { set: { status: 'suspended' } }));
  expect((await under.platform.call(handler, { body: { refreshToken } })).status).toBe(401);
});
it('refuses a request from another site', async () => {
  const headers = { ...cookieHeader(await under.login(under.ann.email)), 'sec-fetch-site': 'cross-site' };
  const { status, json } = await under.platform.call(handler, { headers, body: {} });
  expect([status, json.error.code]).toEqual([403, 'CSRF_REFUSED']);
});
it('names fields that are wrong', async () => {
  const { json } = await under.platform.call(handler, { body: { refreshToken: '' } });
  expect(json.error.details.fields[0].path).toBe('body.refreshToken');
});
