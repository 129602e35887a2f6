import { mfaDisabled } from '../../events/users/mfa-disabled.v1.ts';
import { passwordChanged } from '../../events/users/password-changed.v1.ts';
import { suspiciousLogin } from '../../events/users/suspicious-login.v1.ts';
import { type Mailbox, startMailbox } from '../platform/testing/mailbox.ts';
import { envelopeOf, type Operations, startOperations } from '../platform/testing/operations.ts';
import { type User, users } from '../users/user.table.ts';
import { handler as listAuditLog } from './list-audit-log.ts';
import { handler as login } from './login.ts';
import { handler as me } from './me.ts';
import { handler as warn } from './on-account-risk.warn.ts';
import { handler as report } from './report-security-event.ts';
import { handler as secureAccount } from './secure-account.ts';
import { goodPassword, securityEventsOf, signIn, someone, startUserPool, type UserPool } from './testing.ts';

let platform: Operations;
let pool: UserPool;
let mailbox: Mailbox;
let ann: User;
beforeAll(async () => {
  platform = await startOperations();
  pool = await startUserPool(platform);
  mailbox = await startMailbox();
});
beforeEach(async () => {
  await platform.table.clear();
  pool.users.clear();
  mailbox.mails.length = 0;
  ann = await someone(platform, pool);
});
afterAll(async () => {
  await mailbox.stop();
  await pool.stop();
  await platform.stop();
});

let network = 0;
const signInFrom = (userAgent: string, password = goodPassword) =>
  platform.call(login, {
    body: { email: ann.email, password, delivery: 'body' },
    headers: { 'user-agent': userAgent },
    ip: `198.51.100.${++network % 250}`,
  });
const bearer = (reply: Awaited<ReturnType<typeof signInFrom>>) => ({
  authorization: `Bearer ${reply.json.data.tokens.accessToken}`,
});

it('tells of a sign-in from a new device, and not of the next one from it', async () => {
  await signInFrom('curl/8');
  expect(await platform.ridingOn(users, { id: ann.id })).toEqual(['UserLoggedIn']);
  await signInFrom('wget/1');
  expect(await platform.ridingOn(users, { id: ann.id })).toEqual(['UserLoggedIn', 'SuspiciousLogin']);
  expect((await securityEventsOf(platform, ann)).at(-1)).toMatchObject({ risk: 'medium', reasons: ['new-device'] });
  await signInFrom('wget/1');
  expect(await platform.ridingOn(users, { id: ann.id })).toEqual(['UserLoggedIn']);
});
it('notes failures, and tells of a sign-in after many', async () => {
  await signInFrom('curl/8');
  for (let i = 0; i < 3; i++) await signInFrom('curl/8', 'wrong');
  await signInFrom('curl/8');
  expect((await securityEventsOf(platform, ann)).map(({ kind, reasons }) => [kind, reasons])).toEqual([
    ['login', []],
    ...Array(3).fill(['login-failed', undefined]),
    ['login', ['many-failures']],
  ]);
});
it('does the same work for a failure of an unknown account, and keeps nothing of it for long', async () => {
  const { result: known, ...one } = await platform.table.measure(() => signInFrom('curl/8', 'wrong'));
  const { result: unknown, ...two } = await platform.table.measure(() =>
    signIn(platform, 'nobody@example.com', 'wrong', { delivery: 'body' }),
  );
  expect([unknown.status, unknown.json.error]).toEqual([known.status, known.json.error]);
  expect(two.writeUnits).toBe(one.writeUnits);
});
it('shows people their own events only, newest first', async () => {
  const other = await someone(platform, pool);
  await signIn(platform, other.email);
  await signInFrom('curl/8', 'wrong');
  const headers = bearer(await signInFrom('curl/8'));
  const { data, pagination } = (await platform.call(listAuditLog, { headers })).json;
  expect(data.map(({ kind }: { kind: string }) => kind)).toEqual(['login', 'login-failed']);
  expect(pagination.totalItems).toBe(2);
  expect(data[0]).toMatchObject({ device: 'curl', ip: expect.any(String), risk: 'low' });
});
it('takes what a client has seen as the word of the client', async () => {
  const headers = bearer(await signInFrom('curl/8'));
  const reply = await platform.call(report, { headers, body: { what: 'unknown-change', note: 'My name' } });
  expect([reply.status, reply.json.data.kind, reply.json.data.details]).toEqual([
    201,
    'client-report',
    { what: 'unknown-change', note: 'My name' },
  ]);
  const refused = await platform.call(report, { headers, body: { what: 'login', risk: 'high' } });
  expect(refused.status).toBe(400);
});
it('notes once what a client has seen when the reply to its first report was lost', async () => {
  const call = {
    as: ann,
    body: { what: 'unexpected-sign-out' },
    headers: { 'idempotency-key': 'seen-once' },
  };
  const first = await platform.call(report, call);
  await platform.loseReply(report, ann, 'seen-once');
  expect((await platform.call(report, call)).json.data).toEqual(first.json.data);
  expect(await securityEventsOf(platform, ann)).toHaveLength(1);
});
it('warns by mail, once, and lets the owner take the account back by its link, once', async () => {
  await signInFrom('curl/8');
  const thief = bearer(await signInFrom('<b>wget</b>'));
  const [, , happened] = [0, ...(await securityEventsOf(platform, ann))];
  const data = { userId: ann.id, securityEventId: happened?.id, reasons: ['new-device'] };
  const event = envelopeOf(suspiciousLogin, data);
  expect(await platform.deliver(warn, event, event)).toBe(0);
  expect(mailbox.mails).toHaveLength(1);
  expect(mailbox.mails[0]).toMatchObject({ to: [ann.email], subject: 'New sign-in to your account' });
  const token = /https:\/\/app\.example\.com\/secure-account#([\w-]{43})/.exec(mailbox.mails[0]?.text ?? '')?.[1];
  const take = () => platform.call(secureAccount, { body: { token } });
  const reply = await take();
  expect(reply.json.error ?? reply.json.data).toEqual({ next: 'reset-password' });
  expect((await platform.call(me, { headers: thief })).status).toBe(401);
  expect((await signInFrom('wget/1')).status).toBe(401);
  expect(pool.asked).toContain('AdminResetUserPassword');
  expect((await take()).json.error.details.fields[0].path).toBe('body.token');
  expect((await securityEventsOf(platform, ann)).map(({ kind }) => kind)).toContain('account-secured');
});
it.each([
  [passwordChanged, 'Your password was changed'],
  [mfaDisabled, 'Your second factor was turned off'],
])('warns of %p', async (declaration, subject) => {
  await signInFrom('curl/8');
  const [happened] = await securityEventsOf(platform, ann);
  const event = envelopeOf(declaration, { userId: ann.id, securityEventId: happened?.id });
  await platform.deliver(warn, event);
  expect(mailbox.mails.map((mail) => mail.subject)).toEqual([subject]);
});
