import { grant } from '../platform/entity.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import { userEmails, users } from '../users/user.table.ts';
import { handler } from './confirm.ts';
import { handler as register } from './register.ts';
import { handler as resend } from './resend-code.ts';
import { registration, startUserPool, type UserPool } from './testing.ts';

let platform: Operations;
let pool: UserPool;
const email = 'ann@example.com';
beforeAll(async () => {
  platform = await startOperations();
  pool = await startUserPool(platform);
});
beforeEach(async () => {
  await platform.table.clear();
  pool.users.clear();
  await platform.call(register, { body: registration(email) });
});
afterAll(async () => {
  await pool.stop();
  await platform.stop();
});
const confirm = (code: string, of = email) => platform.call(handler, { body: { email: of, code } });
async function user() {
  const db = platform.table.db({ table: { users: grant(users, 'get'), emails: grant(userEmails, 'get') } });
  const guard = await db.emails.get({ name: email }, { consistent: true });
  return db.users.get({ id: guard?.userId ?? '' }, { consistent: true });
}

it('makes the user active, in the group of the role, with its event', async () => {
  const { status, json } = await confirm('123456', 'ANN@example.com');
  expect(json.data ?? json).toEqual({ email, status: 'active' });
  expect(status).toBe(200);
  const active = await user();
  expect(active).toMatchObject({ status: 'active', emailVerifiedAt: expect.any(String), version: 2 });
  expect(pool.byEmail(email)?.groups).toEqual(['user']);
  expect(await platform.ridingOn(users, { id: active?.id ?? '' })).toEqual(['UserVerified']);
});
it('answers the same code the same, and changes nothing by it', async () => {
  await confirm('123456');
  const before = await user();
  expect((await confirm('123456')).status).toBe(200);
  expect(await user()).toEqual(before);
});
it('completes what was cut off between pool and table', async () => {
  pool.failNext('AdminAddUserToGroup', 'TooManyRequestsException');
  pool.failNext('AdminAddUserToGroup', 'InvalidParameterException');
  expect((await confirm('123456')).status).toBe(500);
  expect((await user())?.status).toBe('pending');
  expect((await confirm('123456')).status).toBe(200);
  expect((await user())?.status).toBe('active');
});
it('lets a wrong code, an expired one, an unknown address and a confirmed one look alike', async () => {
  const wrong = await confirm('000000');
  expect([wrong.status, wrong.json.error.details.fields[0].path]).toEqual([400, 'body.code']);
  pool.failNext('ConfirmSignUp', 'ExpiredCodeException');
  expect((await confirm('123456')).json.error).toEqual(wrong.json.error);
  expect((await confirm('123456', 'nobody@example.com')).json.error).toEqual(wrong.json.error);
  await confirm('123456');
  expect((await confirm('999999')).json.error).toEqual(wrong.json.error);
});
it('stops guessing: the pool’s own limit is told as RATE_LIMITED', async () => {
  pool.failNext('ConfirmSignUp', 'TooManyFailedAttemptsException');
  const { status, headers } = await confirm('123456');
  expect([status, headers['retry-after']]).toEqual([429, '900']);
});
it('refuses guessing: five failures and no more', async () => {
  for (let i = 0; i < 5; i++) await confirm('000000');
  const { status, json } = await confirm('123456');
  expect([status, json.error.code]).toEqual([429, 'RATE_LIMITED']);
});
it('takes six digits only', async () => {
  const { json } = await confirm('12345');
  expect(json.error.details.fields.map(({ path }: { path: string }) => path)).toEqual(['body.code']);
});
it('works with the code of a second mail', async () => {
  const { status } = await platform.call(resend, { body: { email } });
  expect(status).toBe(202);
  expect((await confirm('654321')).status).toBe(200);
});
