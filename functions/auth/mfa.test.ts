import { grant } from '../platform/entity.ts';
import { type Answered, type Operations, startOperations } from '../platform/testing/operations.ts';
import { type User, users } from '../users/user.table.ts';
import { backupCodes } from './backup-codes.table.ts';
import { handler as listSessions } from './list-sessions.ts';
import { handler as login } from './login.ts';
import { handler as loginMfa } from './login-mfa.ts';
import { handler as loginRecover } from './login-recover.ts';
import { handler as logoutAll } from './logout-all.ts';
import { handler as me } from './me.ts';
import { handler as renew } from './mfa-backup-codes.ts';
import { handler as disable } from './mfa-disable.ts';
import { handler as enable } from './mfa-enable.ts';
import { handler as setup } from './mfa-setup.ts';
import {
  cookiesOf,
  goodPassword,
  REFRESH,
  securityEventsOf,
  signIn,
  someone,
  startUserPool,
  totp,
  type UserPool,
} from './testing.ts';

let platform: Operations;
let pool: UserPool;
let ann: User;
let headers: Record<string, string>;
beforeAll(async () => {
  platform = await startOperations();
  pool = await startUserPool(platform);
});
beforeEach(async () => {
  await platform.table.clear();
  pool.users.clear();
  ann = await someone(platform, pool);
  const { json } = await signIn(platform, ann.email, goodPassword, { delivery: 'body' });
  headers = { authorization: `Bearer ${json.data.tokens.accessToken}` };
});
afterAll(async () => {
  await pool.stop();
  await platform.stop();
});

const codeOf = ({ status, json }: Answered) => [status, json.error?.code];
async function enrol(): Promise<string[]> {
  await platform.call(setup, { headers, body: {} });
  const { json } = await platform.call(enable, { headers, body: { code: totp } });
  return json.data.backupCodes;
}
let network = 0;
const ip = () => `198.51.100.${++network % 250}`;
const first = async (body: object = {}) =>
  (await signIn(platform, ann.email, goodPassword, body)).json.error.details.session as string;
const second = (session: string, code = totp) => platform.call(loginMfa, { body: { session, code }, ip: ip() });
const recover = (backupCode: string, body: object = {}) =>
  platform.call(loginRecover, { body: { email: ann.email, password: goodPassword, backupCode, ...body }, ip: ip() });
const events = async () => (await securityEventsOf(platform, ann)).map(({ kind }) => kind);

describe('setting up', () => {
  it('gives a secret, its URI, and the same as a picture drawn here', async () => {
    const { data } = (await platform.call(setup, { headers, body: {} })).json;
    expect(data.otpauthUri).toBe(
      `otpauth://totp/Mewayz:${encodeURIComponent(ann.email)}?secret=${data.secret}&issuer=Mewayz&algorithm=SHA1&digits=6&period=30`,
    );
    const svg = Buffer.from(data.qrCode.replace('data:image/svg+xml;base64,', ''), 'base64').toString();
    expect(svg).toMatch(/^<svg [^>]+><path fill="#fff"[^>]+><path d="(M\d+ \d+h1v1h-1z)+"\/><\/svg>$/);
  });
  it('turns on by a right code and shows ten backup codes, of which only hashes are kept', async () => {
    await platform.call(setup, { headers, body: {} });
    expect(codeOf(await platform.call(enable, { headers, body: { code: '000000' } }))).toEqual([
      400,
      'VALIDATION_ERROR',
    ]);
    const { data } = (await platform.call(enable, { headers, body: { code: totp } })).json;
    expect(new Set(data.backupCodes).size).toBe(10);
    expect(await platform.ridingOn(users, { id: ann.id })).toEqual(['MfaEnabled']);
    expect((await platform.call(me, { headers })).json.data.mfaEnabled).toBe(true);
    const db = platform.table.db({ table: { kept: grant(backupCodes, 'get') } });
    const kept = JSON.stringify(await db.kept.get({ userId: ann.id }));
    for (const code of data.backupCodes) expect(kept).not.toContain(code.replace('-', ''));
    expect(await events()).toContain('mfa-enabled');
  });
  it('is refused without a set-up, and when it is on', async () => {
    expect(codeOf(await platform.call(enable, { headers, body: { code: totp } }))).toEqual([409, 'INVALID_STATE']);
    await enrol();
    expect(codeOf(await platform.call(setup, { headers, body: {} }))).toEqual([409, 'INVALID_STATE']);
    expect(codeOf(await platform.call(enable, { headers, body: { code: totp } }))).toEqual([409, 'INVALID_STATE']);
  });
});

describe('signing in', () => {
  it('needs the code, and keeps what was asked for in the first step', async () => {
    await enrol();
    const asked = await signIn(platform, ann.email, goodPassword, { rememberMe: true });
    expect(codeOf(asked)).toEqual([403, 'MFA_REQUIRED']);
    expect(cookiesOf(asked)).toEqual({});
    const reply = await second(asked.json.error.details.session);
    expect(cookiesOf(reply)[REFRESH]?.attributes).toContain('Max-Age=604800');
    const { tokens } = (await second(await first({ delivery: 'body' }))).json.data;
    expect((await platform.call(me, { headers: { authorization: `Bearer ${tokens.accessToken}` } })).status).toBe(200);
  });
  it('does not count the first step as a failure, but five wrong codes', async () => {
    await enrol();
    for (let i = 0; i < 6; i++) await first();
    const session = await first();
    for (let i = 0; i < 5; i++) expect(codeOf(await second(session, '000000'))).toEqual([401, 'INVALID_CREDENTIALS']);
    expect((await second(session)).status).toBe(429);
    expect(await events()).toContain('login-failed');
  });
  it('takes a session only with the account it belongs to', async () => {
    await enrol();
    const other = await someone(platform, pool);
    const session = (await first()).replace(ann.id, other.id);
    expect(codeOf(await second(session))).toEqual([401, 'INVALID_CREDENTIALS']);
    expect(codeOf(await second('nonsense'))).toEqual([401, 'INVALID_CREDENTIALS']);
  });
  it('refuses who was suspended between the steps', async () => {
    await enrol();
    const session = await first();
    const db = platform.table.db({ table: { users: grant(users, 'update') } });
    await db.write(db.users.update({ id: ann.id }, { set: { status: 'suspended' } }));
    expect((await second(session)).status).toBe(401);
  });
  it('asks for the code though the user pool has lost it', async () => {
    await enrol();
    Object.assign(pool.users.get(ann.id) as object, { mfa: { pending: false, on: false } });
    expect(codeOf(await signIn(platform, ann.email))).toEqual([403, 'MFA_REQUIRED']);
  });
});

describe('a backup code', () => {
  it('stands in for the second factor once, also when it is used twice at the same moment', async () => {
    const [one = '', two = ''] = await enrol();
    const tries = await Promise.all([recover(one), recover(one), recover(one)]);
    expect(tries.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect((await recover(one)).status).toBe(401);
    expect((await recover(two.toLowerCase().replace('-', ''))).status).toBe(200);
    expect(pool.users.get(ann.id)?.mfa?.on).toBe(true);
    expect(await events()).toContain('backup-code-used');
  });
  it('is worth nothing without the password; every refusal looks the same', async () => {
    const [one = ''] = await enrol();
    const plain = await someone(platform, pool);
    const refusals = [
      await recover(one, { password: 'Wrong-Passw0rd!' }),
      await recover('00000-00000'),
      await recover(one, { email: 'nobody@example.com' }),
      await recover(one, { email: plain.email }),
    ];
    for (const reply of refusals) expect([reply.status, reply.json.error]).toEqual([401, refusals[0]?.json.error]);
    expect((await recover(one)).status).toBe(200);
  });
  it('ends with its set', async () => {
    const [old = ''] = await enrol();
    expect((await platform.call(renew, { headers, body: { password: 'wrong' } })).status).toBe(400);
    const { data } = (await platform.call(renew, { headers, body: { password: goodPassword } })).json;
    expect((await recover(old)).status).toBe(401);
    expect((await recover(data.backupCodes[9])).status).toBe(200);
  });
});

describe('turning off', () => {
  it('needs the password and a code, and is told', async () => {
    const [one = ''] = await enrol();
    const off = (password: string, code: string) => platform.call(disable, { headers, body: { password, code } });
    expect((await off('wrong', totp)).json.error.details.fields[0].path).toBe('body.password');
    expect((await off(goodPassword, '000000')).json.error.details.fields[0].path).toBe('body.code');
    expect((await off(goodPassword, totp)).status).toBe(204);
    expect(await platform.ridingOn(users, { id: ann.id })).toEqual(['MfaDisabled']);
    expect((await signIn(platform, ann.email)).status).toBe(200);
    expect((await recover(one)).status).toBe(401);
    expect(codeOf(await off(goodPassword, totp))).toEqual([409, 'INVALID_STATE']);
  });
});

it('lets who must enrol do nothing else', async () => {
  const db = platform.table.db({ table: { users: grant(users, 'update') } });
  await db.write(db.users.update({ id: ann.id }, { set: { mustEnrol: true } }));
  const refused = await platform.call(listSessions, { headers });
  expect([refused.status, refused.json.error.code, refused.json.error.details]).toEqual([
    403,
    'MFA_REQUIRED',
    { enrol: true },
  ]);
  const mustEnrol = async () => (await platform.call(me, { headers })).json.data.mustEnrol;
  expect(await mustEnrol()).toBe(true);
  await enrol();
  expect(await mustEnrol()).toBe(false);
  expect((await platform.call(listSessions, { headers })).status).toBe(200);
  expect((await platform.call(logoutAll, { headers, body: {} })).status).toBe(204);
  expect(codeOf(await platform.call(login, { body: { email: ann.email, password: goodPassword } }))).toEqual([
    403,
    'MFA_REQUIRED',
  ]);
});
