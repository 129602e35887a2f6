import { setTimeout } from 'node:timers/promises';
import { users } from '../users/user.table.ts';
import { handler as changePassword } from './change-password.ts';
import { handler as forgotPassword } from './forgot-password.ts';
import { handler as me } from './me.ts';
import { handler as refresh } from './refresh.ts';
import { handler as resetPassword } from './reset-password.ts';
import { cookiesOf, goodPassword, securityEventsOf, signIn, someone, startUnderTest } from './testing.ts';

const under = startUnderTest();

const next = 'Other-Passw0rd!';
async function session() {
  const reply = await signIn(under.platform, under.ann.email, goodPassword, { delivery: 'body' });
  const { accessToken, refreshToken } = reply.json.data.tokens;
  return { headers: { authorization: `Bearer ${accessToken}` }, refreshToken: refreshToken as string };
}
const stateOf = async ({ headers, refreshToken }: Awaited<ReturnType<typeof session>>) => [
  (await under.platform.call(me, { headers })).status,
  (await under.platform.call(refresh, { body: { refreshToken } })).status,
];
const change = (headers: Record<string, string>, body: object = {}) =>
  under.platform.call(changePassword, {
    headers,
    body: { currentPassword: goodPassword, password: next, confirmPassword: next, ...body },
  });
let network = 0;
const forgot = (email: string) =>
  under.platform.call(forgotPassword, { body: { email }, ip: `198.51.100.${++network}` });
const reset = (email: string, code = '246810', body: object = {}) =>
  under.platform.call(resetPassword, { body: { email, code, password: next, confirmPassword: next, ...body } });
const fieldsOf = (reply: { json: { [name: string]: unknown } }) =>
  (reply.json.error as { details: { fields: { path: string }[] } }).details.fields.map(({ path }) => path);

describe('a change of the password', () => {
  it('ends every other session and leaves this one; it is told and noted', async () => {
    const [here, there] = [await session(), await session()];
    const reply = await change(here.headers);
    expect(reply.json.error ?? reply.json.data).toEqual({ endedSessions: 1 });
    expect(await stateOf(there)).toEqual([401, 401]);
    expect(await under.platform.ridingOn(users, { id: under.ann.id })).toEqual(['PasswordChanged']);
    expect(await stateOf(here)).toEqual([200, 200]);
    expect((await signIn(under.platform, under.ann.email)).status).toBe(401);
    expect((await signIn(under.platform, under.ann.email, next)).status).toBe(200);
    expect((await securityEventsOf(under.platform, under.ann)).map(({ kind }) => kind)).toContain('password-changed');
  });
  it('needs the present password, and is refused after five wrong ones', async () => {
    const { headers } = await session();
    for (let i = 0; i < 5; i++)
      expect(fieldsOf(await change(headers, { currentPassword: 'wrong' }))).toEqual(['body.currentPassword']);
    expect((await change(headers)).status).toBe(429);
    expect((await signIn(under.platform, under.ann.email)).status).toBe(200);
  });
  it('takes no weak password, none with the e-mail address in it, and not the present one', async () => {
    const { headers } = await session();
    const withEmail = `${under.ann.email.split('@')[0]}-A1!`;
    for (const password of ['short', withEmail, goodPassword])
      expect(fieldsOf(await change(headers, { password, confirmPassword: password }))).toContain('body.password');
    expect(fieldsOf(await change(headers, { confirmPassword: 'x' }))).toEqual(['body.confirmPassword']);
  });
});

describe('a forgotten password', () => {
  it('is replaced by the code from the mail, once; every session ends', async () => {
    const one = await session();
    expect((await forgot(under.ann.email)).status).toBe(202);
    expect((await reset(under.ann.email)).status).toBe(200);
    expect(await under.platform.ridingOn(users, { id: under.ann.id })).toEqual(['PasswordChanged']);
    expect(await stateOf(one)).toEqual([401, 401]);
    expect((await signIn(under.platform, under.ann.email, next)).status).toBe(200);
    expect(fieldsOf(await reset(under.ann.email))).toEqual(['body.code']);
  });
  it('ends also the session that began in the same moment by the clock of the user pool', async () => {
    under.pool.ahead = 1;
    await forgot(under.ann.email);
    const one = await session();
    await setTimeout(1_000 - (Date.now() % 1_000));
    expect((await reset(under.ann.email)).status).toBe(200);
    expect(await stateOf(one)).toEqual([401, 401]);
    const after = await signIn(under.platform, under.ann.email, next, { delivery: 'body' });
    const { accessToken, refreshToken } = after.json.data.tokens;
    expect(await stateOf({ headers: { authorization: `Bearer ${accessToken}` }, refreshToken })).toEqual([200, 200]);
  });
  it('answers the same for known, unknown and suspended accounts, with the same work', async () => {
    const suspended = await someone(under.platform, under.pool, { status: 'suspended' });
    const seen = [];
    for (const email of [under.ann.email, 'nobody@example.com', suspended.email]) {
      under.pool.asked.length = 0;
      const { result: reply, requests, writeUnits } = await under.platform.table.measure(() => forgot(email));
      const headers = Object.keys(reply.headers);
      const { email: told, ...data } = reply.json.data;
      expect(told).toBe(email);
      seen.push({
        status: reply.status,
        message: reply.json.message,
        data,
        headers,
        requests: requests.PutItem,
        writeUnits,
        asked: [...under.pool.asked],
      });
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    expect(under.pool.users.get(suspended.id)?.resetCode).toBeUndefined();
  });
  it('lets a wrong code, no code and an unknown address look alike', async () => {
    await forgot(under.ann.email);
    const wrong = await reset(under.ann.email, '000000');
    expect(fieldsOf(wrong)).toEqual(['body.code']);
    const bob = await someone(under.platform, under.pool);
    for (const email of [bob.email, 'nobody@example.com'])
      expect([(await reset(email)).json.error, cookiesOf(await reset(email))]).toEqual([wrong.json.error, {}]);
  });
  it('is refused after five wrong codes', async () => {
    await forgot(under.ann.email);
    for (let i = 0; i < 5; i++) expect((await reset(under.ann.email, '000000')).status).toBe(400);
    expect((await reset(under.ann.email)).status).toBe(429);
  });
});
