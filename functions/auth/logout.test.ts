import { grant } from '../platform/entity.ts';
import { users } from '../users/user.table.ts';
import { handler } from './logout.ts';
import { handler as me } from './me.ts';
import { handler as refresh } from './refresh.ts';
import { ACCESS, cookieHeader, cookiesOf, REFRESH, startUnderTest } from './testing.ts';

const under = startUnderTest();

it('ends the session at once: access token, refresh token and cookies', async () => {
  const signedIn = await under.login(under.ann.email);
  const headers = cookieHeader(signedIn);
  const reply = await under.platform.call(handler, { headers, body: {} });
  expect(reply.status).toBe(204);
  for (const name of [ACCESS, REFRESH]) {
    expect(cookiesOf(reply)[name]?.value).toBe('');
    expect(cookiesOf(reply)[name]?.attributes).toContain('Max-Age=0');
  }
  expect((await under.platform.call(me, { headers })).status).toBe(401);
  expect((await under.platform.call(refresh, { headers, body: {} })).status).toBe(401);
});
it('leaves other sessions alone', async () => {
  const other = cookieHeader(await under.login(under.ann.email));
  await under.platform.call(handler, { headers: cookieHeader(await under.login(under.ann.email)), body: {} });
  expect((await under.platform.call(me, { headers: other })).status).toBe(200);
});
it('remembers every session of several that end at the same moment', async () => {
  const sessions = ['one', 'two', 'three', 'four'];
  await Promise.all(sessions.map((session) => under.platform.call(handler, { as: under.ann, session, body: {} })));
  const db = under.platform.table.db({ table: { users: grant(users, 'get') } });
  const user = await db.users.get({ id: under.ann.id }, { consistent: true });
  expect(Object.keys(user?.revokedSessions ?? {}).sort()).toEqual([...sessions].sort());
});
it('answers the same when there is no session', async () => {
  expect((await under.platform.call(handler, { body: {} })).status).toBe(204);
});
