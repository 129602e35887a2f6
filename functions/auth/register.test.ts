import { passwordRules } from '../../shared/password.ts';
import { grant } from '../platform/entity.ts';
import { userEmails, users } from '../users/user.table.ts';
import { handler } from './register.ts';
import { registration, startUnderTest } from './testing.ts';

const under = startUnderTest({ withAnn: false });

const register = (email: string, changes: object = {}) =>
  under.platform.call(handler, { body: registration(email, changes) });
async function userOf(email: string) {
  const db = under.platform.table.db({ table: { users: grant(users, 'get'), emails: grant(userEmails, 'get') } });
  const guard = await db.emails.get({ name: email }, { consistent: true });
  return guard && db.users.get({ id: guard.userId }, { consistent: true });
}

it('makes a pending user who holds the address in whatever case, with its event', async () => {
  const reply = await register('Ann@Example.com', { username: 'ann', company: 'Archer Ltd' });
  expect(reply.json.data ?? reply.json).toEqual({ email: 'ann@example.com', next: 'confirm' });
  expect(reply.status).toBe(202);
  const user = await userOf('ANN@example.com');
  expect(user).toMatchObject({
    email: 'ann@example.com',
    username: 'ann',
    company: 'Archer Ltd',
    status: 'pending',
    version: 1,
  });
  expect(under.pool.users.get(user?.id ?? '')).toMatchObject({ email: 'ann@example.com', confirmed: false });
  expect(await under.platform.ridingOn(users, { id: user?.id ?? '' })).toEqual(['UserRegistered']);
});
it('gives nobody a role or a plan for the asking', async () => {
  await register('ann@example.com', { plan: 'Enterprise' });
  expect(await userOf('ann@example.com')).toMatchObject({ role: 'user', plan: 'Free', requestedPlan: 'Enterprise' });
  const { status, json } = await register('bob@example.com', { role: 'admin', status: 'active' });
  expect(status).toBe(400);
  expect(json.error.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
    'body.role',
    'body.status',
  ]);
});
it('answers for an address that is taken exactly as for a new one, and keeps the first user', async () => {
  const first = await register('ann@example.com');
  const user = await userOf('ann@example.com');
  const again = await register('ann@example.com', { name: 'Mallory', username: 'mallory' });
  const strip = ({ json: { timestamp, requestId, ...rest }, status }: typeof first) => ({ ...rest, status });
  expect(strip(again)).toEqual(strip(first));
  expect(await userOf('ann@example.com')).toEqual(user);
  expect(under.pool.users.size).toBe(1);
});
it('mails the code again to somebody who registers twice', async () => {
  await register('ann@example.com');
  await register('ann@example.com');
  expect(under.pool.byEmail('ann@example.com')?.code).toBe('654321');
});
it('does not tell by the username either whether the address was taken', async () => {
  await register('ann@example.com');
  await register('ann@example.com', { username: 'probe' });
  expect((await register('bob@example.com', { username: 'Probe' })).status).toBe(409);
});
it('refuses a username that is taken, before any mail is sent', async () => {
  await register('ann@example.com', { username: 'ann' });
  under.pool.asked.length = 0;
  const { status, json } = await register('bob@example.com', { username: 'ANN' });
  expect([status, json.error.code, json.error.details]).toEqual([409, 'DUPLICATE_ENTITY', { field: 'body.username' }]);
  expect(under.pool.asked).toEqual([]);
});
it('leaves one user of many who register the same address at once, and nobody in the pool without a user', async () => {
  const replies = await Promise.all(Array.from({ length: 8 }, () => register('ann@example.com')));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([202]));
  expect([...under.pool.users.keys()]).toEqual([(await userOf('ann@example.com'))?.id]);
});
it('names every rule that the password breaks, beside every other field that is wrong', async () => {
  const { status, json } = await register('no-address', { password: 'ann', confirmPassword: 'x', acceptTerms: false });
  expect(status).toBe(400);
  const messages = json.error.details.fields.filter(({ path }: { path: string }) => path === 'body.password');
  expect(messages).toHaveLength(4);
  expect(json.error.details.fields.map(({ path }: { path: string }) => path)).toEqual(
    expect.arrayContaining(['body.email', 'body.acceptTerms']),
  );
});
it('takes a long password just as it is', async () => {
  const password = `Ünder-9 ${'sea '.repeat(40)}end`;
  expect((await register('ann@example.com', { password, confirmPassword: password })).status).toBe(202);
  expect(under.pool.byEmail('ann@example.com')?.password).toBe(password);
});
it('takes no password with a space at its ends, which the user pool does not take', async () => {
  const { status, json } = await register('ann@example.com', {
    password: ' Gr33n-Tea ',
    confirmPassword: ' Gr33n-Tea ',
  });
  expect([status, json.error.details.fields]).toEqual([
    400,
    [{ path: 'body.password', message: 'must not begin or end with a space' }],
  ]);
});
it('refuses what is common, beside every other rule that is broken, and for whom it is the only one', async () => {
  const brokenBy = async (password: string) => {
    const { json } = await register('ann@example.com', { password, confirmPassword: password });
    return json.error.details.fields.map(({ message }: { message: string }) => message);
  };
  expect(await brokenBy('Charlie1!')).toEqual([passwordRules.common]);
  expect(await brokenBy('charlie1')).toEqual(
    expect.arrayContaining([passwordRules.upper, passwordRules.special, passwordRules.common]),
  );
});
it('refuses a password that the user pool refuses', async () => {
  under.pool.failNext('SignUp', 'InvalidPasswordException');
  const { status, json } = await register('ann@example.com');
  expect([status, json.error.details.fields[0].path]).toEqual([400, 'body.password']);
  expect(await userOf('ann@example.com')).toBeUndefined();
});
