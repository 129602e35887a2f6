/** Nobody learns from a reply whether an account exists: five routes, known and unknown, status, body, headers and work. */
import type { DeclaredHandler, HttpDeclaration } from '../platform/declaration.ts';
import type { Answered } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler as forgotPassword } from './forgot-password.ts';
import { handler as login } from './login.ts';
import { handler as loginRecover } from './login-recover.ts';
import { handler as register } from './register.ts';
import { handler as resendCode } from './resend-code.ts';
import { goodPassword, registration, someone, startUnderTest } from './testing.ts';

const under = startUnderTest({ withAnn: false });

/** What must be equal: everything but what differs between any two requests. */
function shownBy({ status, json, headers, multiValueHeaders }: Answered, email: string) {
  const own = ['x-request-id', 'x-correlation-id', 'x-response-time', 'server-timing'];
  const { timestamp: _, requestId: __, ...body } = json;
  return {
    status,
    body: JSON.stringify(body).replaceAll(email, 'the address'),
    headers: Object.entries(headers)
      .filter(([name]) => !own.includes(name))
      // The seconds until the window ends are of the moment, not of the account.
      .map(([name, value]) => [name, name === 'ratelimit' ? value.replace(/t=\d+/g, 't') : value]),
    cookies: multiValueHeaders,
  };
}
let network = 0;
/** All that fake timers would fake but the date. */
const timers = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;
const routes: [string, DeclaredHandler<HttpDeclaration>, (email: string) => object][] = [
  ['register', register, (email) => registration(email)],
  ['login', login, (email) => ({ email, password: 'Wrong-Passw0rd!' })],
  ['forgot-password', forgotPassword, (email) => ({ email })],
  ['resend-code', resendCode, (email) => ({ email })],
  ['login/recover', loginRecover, (email) => ({ email, password: goodPassword, backupCode: '00000-00000' })],
];

describe.each(routes)('%s', (_, handler, bodyOf) => {
  // One moment for all replies: the seconds that are left of a limit's window say nothing about an account.
  beforeEach(() => {
    jest.useFakeTimers({ now: Date.now(), doNotFake: [...timers] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  it('shows the same for every kind of account and for none', async () => {
    const kinds: Partial<User>[] = [{}, { status: 'pending' }, { status: 'suspended' }, { mfaEnabled: true }];
    const known = await Promise.all(
      kinds.map((changes) => someone(under.platform, under.pool, changes, changes.status !== 'pending')),
    );
    const seen: ReturnType<typeof shownBy>[] = [];
    for (const email of ['nobody@example.com', ...known.map((user) => user.email)]) {
      const reply = await under.platform.call(handler, { body: bodyOf(email), ip: `198.51.100.${++network}` });
      seen.push(shownBy(reply, email));
    }
    for (const one of seen) expect(one).toEqual(seen[0]);
  });
  it('asks the user pool for the same', async () => {
    const { email } = await someone(under.platform, under.pool);
    const asked: string[][] = [];
    for (const one of ['nobody@example.com', email]) {
      under.pool.asked.length = 0;
      // Whoever has the right password can sign in and knows: it is the others who must not learn.
      const body = { ...bodyOf(one), ...(handler === loginRecover && { password: 'Wrong-Passw0rd!' }) };
      await under.platform.call(handler, { body, ip: `198.51.100.${++network}` });
      asked.push([...under.pool.asked]);
    }
    // A sign-up on one side, a password check and a mail at the same time on the other.
    if (handler === register) expect(asked.map((list) => list.length)).toEqual([1, 2]);
    else expect(asked[1]).toEqual(asked[0]);
  });
});
