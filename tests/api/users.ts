/** What staff do with users, and people with themselves, through to the user pool and the mailbox, on the whole platform. */

import { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { login } from '../../shared/contracts/auth/login.ts';
import { refresh } from '../../shared/contracts/auth/refresh.ts';
import { getOrder } from '../../shared/contracts/orders/get-order.ts';
import { listUserOrders } from '../../shared/contracts/orders/list-user-orders.ts';
import { placeUserOrder } from '../../shared/contracts/orders/place-user-order.ts';
import { acceptInvitation } from '../../shared/contracts/users/accept-invitation.ts';
import { activateUser } from '../../shared/contracts/users/activate-user.ts';
import { eraseUser } from '../../shared/contracts/users/erase-user.ts';
import { getUser } from '../../shared/contracts/users/get-user.ts';
import { inviteUser } from '../../shared/contracts/users/invite-user.ts';
import { inviteUsers } from '../../shared/contracts/users/invite-users.ts';
import { listUsers } from '../../shared/contracts/users/list-users.ts';
import { setRole } from '../../shared/contracts/users/set-role.ts';
import { suspendUser } from '../../shared/contracts/users/suspend-user.ts';
import { type Api, apiAt, dataOf } from '../support/api.ts';
import { eventually, mailsTo } from '../support/observe.ts';
import { newPerson, operator, type Person, password, signIn } from '../support/people.ts';
import { platformOfFile, type RunningPlatform, sdk } from '../support/platform.ts';
import { newProduct } from '../support/products.ts';

let platform: RunningPlatform;
let admin: Person;
let manager: Person;
let nobody: Api;
beforeAll(async () => {
  platform = await platformOfFile();
  admin = await newPerson(platform, 'admin');
  manager = await newPerson(platform, 'manager');
  nobody = apiAt(`${platform.web}/api/v1`);
}, 60_000);
afterAll(() => platform?.stop());

const signInAgain = (email: string, secret = password) => nobody.call(login, { body: { email, password: secret } });
async function invitationTo(email: string): Promise<string> {
  const mail = await eventually('the invitation is in the mailbox', async () => (await mailsTo(platform, email))[0]);
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

test('who erases themselves is gone at once and everywhere, and their order stays without them', async () => {
  const person = await newPerson(platform, 'user');
  const params = { id: person.id };
  const productId = await newProduct(admin.api, 5);
  const shippingAddress = { name: 'Pia', line1: '1 High Street', city: 'Leeds', postalCode: 'LS1', country: 'GB' };
  const body = { lines: [{ productId, quantity: 1 }], shippingAddress };
  const order = dataOf(await person.api.call(placeUserOrder, { params, body }));
  await eventually('the order is listed', async () => {
    const { json } = await person.api.call(listUserOrders, { params });
    return json.data.length === 1;
  });
  const wrong = await person.api.call(eraseUser, { params, body: { password: 'Wrong-Passw0rd!' } });
  expect([wrong.status, wrong.json.error.details.fields[0].path]).toEqual([400, 'body.password']);
  const erased = await person.api.call(eraseUser, { params, body: { password } });
  expect(erased.status).toBe(204);
  expect(erased.headers.getSetCookie().join()).toMatch(/Max-Age=0/i);

  expect((await person.api.call(getUser, { params })).status).toBe(401);
  expect((await nobody.call(refresh, { body: { refreshToken: person.refreshToken } })).status).toBe(401);
  expect((await signInAgain(person.email)).status).toBe(401);
  const { userPoolId } = operator(platform);
  const pool = new CognitoIdentityProviderClient(sdk(platform));
  await eventually('the user pool forgets them', () =>
    pool.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: person.id })).then(
      () => false,
      ({ name }: Error) => name === 'UserNotFoundException',
    ),
  );
  await eventually('the order has no address', async () => {
    const kept = dataOf(await admin.api.call(getOrder, { params: { id: order.id } }));
    return kept.shippingAddress === undefined && kept.total === order.total && kept.buyer === person.id;
  });
  expect(dataOf(await admin.api.call(listUserOrders, { params }))).toHaveLength(1);
  // The address is anybody's again.
  const again = dataOf(await admin.api.call(inviteUser, { body: { email: person.email, name: 'Somebody else' } }));
  expect(again.id).not.toBe(person.id);
});
