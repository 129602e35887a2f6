/** What staff do with users, through to the user pool and the mailbox, on the whole platform. */

import { login } from '../shared/contracts/auth/login.ts';
import { refresh } from '../shared/contracts/auth/refresh.ts';
import { acceptInvitation } from '../shared/contracts/users/accept-invitation.ts';
import { activateUser } from '../shared/contracts/users/activate-user.ts';
import { getUser } from '../shared/contracts/users/get-user.ts';
import { inviteUser } from '../shared/contracts/users/invite-user.ts';
import { inviteUsers } from '../shared/contracts/users/invite-users.ts';
import { listUsers } from '../shared/contracts/users/list-users.ts';
import { setRole } from '../shared/contracts/users/set-role.ts';
import { suspendUser } from '../shared/contracts/users/suspend-user.ts';
import { type Api, apiAt, dataOf } from './support/api.ts';
import { eventually, mailsTo } from './support/observe.ts';
import { newPerson, type Person, password, signIn } from './support/people.ts';
import { type RunningPlatform, startPlatform } from './support/platform.ts';

let platform: RunningPlatform;
let admin: Person;
let manager: Person;
let nobody: Api;
beforeAll(async () => {
  platform = await startPlatform();
  admin = await newPerson(platform, 'admin');
  manager = await newPerson(platform, 'manager');
  nobody = apiAt(`${platform.web}/api/v1`);
}, 60_000);
afterAll(() => platform?.stop());

const signInAgain = (email: string, secret = password) => nobody.call(login, { body: { email, password: secret } });
async function invitationTo(email: string): Promise<string> {
  const mail = await eventually('the invitation is in the mailbox', async () => (await mailsTo(platform, email))[0], {
    withinMs: 15_000,
  });
  return /^\S+aA1!$/m.exec(mail.text)?.[0] ?? '';
}

test('who is invited gets in by the password of the mail, and only by trading it for one of their own', async () => {
  const email = 'ida@invited.test';
  const body = { email, name: 'Ida Invited' };
  const invited = await manager.api.call(inviteUser, { body });
  expect(invited.status).toBe(201);
  expect(invited.headers.get('location')).toContain(`/users/${invited.json.data.id}`);
  expect((await manager.api.call(inviteUser, { body })).status).toBe(409);
  const temporaryPassword = await invitationTo(email);
  expect((await signInAgain(email, temporaryPassword)).status).toBe(401);
  const accept = (change: object = {}) =>
    nobody.call(acceptInvitation, { body: { email, temporaryPassword, password, acceptTerms: true, ...change } });
  expect((await accept({ temporaryPassword: 'Wrong-Passw0rd!' })).status).toBe(401);
  expect((await accept({ email: 'nobody@invited.test' })).json.error.code).toBe('INVALID_CREDENTIALS');
  expect((await accept({ password: 'short' })).status).toBe(400);
  expect(dataOf(await accept())).toEqual({ email, status: 'active' });
  expect((await accept()).status).toBe(401);
  const signedIn = await signIn(platform, email);
  const own = await signedIn.api.call(getUser, { params: { id: invited.json.data.id } });
  expect(own.json.data).toMatchObject({ status: 'active', role: 'user', emailVerifiedAt: expect.any(String) });
});

test('of a batch those whose address is taken are skipped and reported', async () => {
  const users = ['a@batch.test', manager.email, 'A@batch.test', 'b@batch.test'].map((email) => ({ email, name: 'B' }));
  const { invited, skipped } = dataOf(await manager.api.call(inviteUsers, { body: { users } }));
  expect(invited.map(({ index }: { index: number }) => index)).toEqual([0, 3]);
  expect(skipped).toEqual([
    { index: 1, email: manager.email, reason: 'email-taken' },
    { index: 2, email: 'a@batch.test', reason: 'email-taken' },
  ]);
  expect(await invitationTo('b@batch.test')).not.toBe('');
});

test('a manager invites users, and leaves roles and plans to administrators', async () => {
  const body = { email: 'mia@invited.test', name: 'Mia', role: 'manager' };
  expect((await manager.api.call(inviteUser, { body })).status).toBe(403);
  expect((await admin.api.call(inviteUser, { body })).json.data.role).toBe('manager');
});

test('suspension ends sessions in the user pool too, and lifting it lets sign in again', async () => {
  const person = await newPerson(platform, 'user');
  const params = { id: person.id };
  expect((await person.api.call(getUser, { params })).status).toBe(200);
  expect((await manager.api.call(suspendUser, { params, body: {} })).status).toBe(200);
  expect((await person.api.call(getUser, { params })).status).toBe(401);
  expect((await signInAgain(person.email)).status).toBe(401);
  await eventually('the list shows it', async () => {
    const { json } = await manager.api.call(listUsers, { query: { status: 'suspended' } });
    return json.data.some(({ id }: { id: string }) => id === person.id);
  });
  expect((await manager.api.call(activateUser, { params, body: {} })).status).toBe(200);
  await eventually('signing in works again', async () => (await signInAgain(person.email)).status === 200);
  expect((await nobody.call(refresh, { body: { refreshToken: person.refreshToken } })).status).toBe(401);
  expect((await person.api.call(getUser, { params })).status).toBe(401);
});

test('a new role acts on the very next request', async () => {
  const person = await newPerson(platform, 'user');
  const params = { id: manager.id };
  expect((await person.api.call(getUser, { params })).status).toBe(404);
  await admin.api.call(setRole, { params: { id: person.id }, body: { role: 'moderator' } });
  expect((await person.api.call(getUser, { params })).status).toBe(200);
});
