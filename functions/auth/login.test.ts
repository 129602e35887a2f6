import { users } from '../users/user.table.ts';
import { handler } from './login.ts';
import { handler as me } from './me.ts';
import { ACCESS, cookieHeader, cookiesOf, goodPassword, REFRESH, someone, startUnderTest } from './testing.ts';

const under = startUnderTest();

it('sets cookies that no script can read, notes the sign-in and tells it', async () => {
  const reply = await under.login(under.ann.email.toUpperCase());
  expect(reply.json.error ?? reply.status).toBe(200);
  expect(reply.json.data.tokens).toBeUndefined();
  expect(reply.json.data.user).toMatchObject({ id: under.ann.id, lastLoginAt: expect.any(String), version: 2 });
  const cookies = cookiesOf(reply);
  expect(cookies[ACCESS]?.attributes).toEqual(['Path=/', 'Max-Age=900', 'HttpOnly', 'Secure', 'SameSite=Strict']);
  expect(cookies[REFRESH]?.attributes).toEqual([
    'Path=/api/v1/auth',
    'Max-Age=86400',
    'HttpOnly',
    'Secure',
    'SameSite=Strict',
  ]);
  expect(await under.platform.ridingOn(users, { id: under.ann.id })).toEqual(['UserLoggedIn']);
  const { json } = await under.platform.call(me, { headers: cookieHeader(reply) });
  expect(json.data.id).toBe(under.ann.id);
});
it('remembers for seven days on request', async () => {
  const reply = await under.login(under.ann.email, goodPassword, { rememberMe: true });
  expect(cookiesOf(reply)[REFRESH]?.attributes).toContain('Max-Age=604800');
});
it('gives programs their tokens in the body, and no cookie', async () => {
  const reply = await under.login(under.ann.email, goodPassword, { delivery: 'body' });
  expect(reply.json.data.tokens).toMatchObject({ tokenType: 'Bearer', expiresIn: 900 });
  expect(cookiesOf(reply)).toEqual({});
  const { accessToken } = reply.json.data.tokens;
  const { status } = await under.platform.call(me, { headers: { authorization: `Bearer ${accessToken}` } });
  expect(status).toBe(200);
});
it('lets an unknown address, a wrong password, an unconfirmed and a suspended account look alike', async () => {
  const suspended = await someone(under.platform, under.pool, { status: 'suspended' });
  const pending = await someone(under.platform, under.pool, { status: 'pending' }, false);
  const wrong = await under.login(under.ann.email, 'Wrong-Passw0rd!');
  expect([wrong.status, wrong.json.error.code]).toEqual([401, 'INVALID_CREDENTIALS']);
  for (const email of ['nobody@example.com', suspended.email, pending.email]) {
    const reply = await under.login(email);
    expect([reply.status, reply.json.error, cookiesOf(reply)]).toEqual([401, wrong.json.error, {}]);
  }
});
it('tries a password for an unknown address too, so that the answer takes as long', async () => {
  under.pool.asked.length = 0;
  await under.login('nobody@example.com');
  expect(under.pool.asked).toEqual(['AdminInitiateAuth']);
});
it('refuses an account after five failures, whatever the password then; successes do not count', async () => {
  for (let i = 0; i < 7; i++) expect((await under.login(under.ann.email)).status).toBe(200);
  for (let i = 0; i < 5; i++) expect((await under.login(under.ann.email, 'wrong')).status).toBe(401);
  const { status, json, headers } = await under.login(under.ann.email);
  expect([status, json.error.code]).toEqual([429, 'RATE_LIMITED']);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
});
it('refuses an address after five failures with whatever account', async () => {
  for (let i = 0; i < 5; i++) await under.login(`nobody${i}@example.com`, 'x', {}, '198.51.100.7');
  expect((await under.login(under.ann.email, goodPassword, {}, '198.51.100.7')).status).toBe(429);
  expect((await under.login(under.ann.email, goodPassword, {}, '198.51.100.8')).status).toBe(200);
});
it('names fields that are wrong', async () => {
  const { status, json } = await under.platform.call(handler, { body: { email: 'x', remember: true } });
  expect(status).toBe(400);
  expect(json.error.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
    'body.email',
    'body.password',
    'body.remember',
  ]);
});
