/** Uses every operation in every way that needs other rights: both faces, with a key and repeated, refused input, every sort and filter. */
import {
  AdminSetUserMFAPreferenceCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import sharp from 'sharp';
import { users } from '../../functions/users/user.table.ts';
import { replaceSettings } from '../../shared/contracts/admin/replace-settings.ts';
import { exportEntries } from '../../shared/contracts/audit/export-entries.ts';
import { changePassword } from '../../shared/contracts/auth/change-password.ts';
import { forgotPassword } from '../../shared/contracts/auth/forgot-password.ts';
import { loginMfa } from '../../shared/contracts/auth/login-mfa.ts';
import { loginRecover } from '../../shared/contracts/auth/login-recover.ts';
import { mfaSetup } from '../../shared/contracts/auth/mfa-setup.ts';
import { resetPassword } from '../../shared/contracts/auth/reset-password.ts';
import type { Contract } from '../../shared/contracts/contract.ts';
import { idempotencyOf } from '../../shared/contracts/contract.ts';
import { listNotifications } from '../../shared/contracts/notifications/list-notifications.ts';
import { cancelOrder } from '../../shared/contracts/orders/cancel-order.ts';
import { listUserOrders } from '../../shared/contracts/orders/list-user-orders.ts';
import { placeOrder } from '../../shared/contracts/orders/place-order.ts';
import { placeUserOrder } from '../../shared/contracts/orders/place-user-order.ts';
import { createProduct } from '../../shared/contracts/products/create-product.ts';
import { deleteProduct } from '../../shared/contracts/products/delete-product.ts';
import { listProducts } from '../../shared/contracts/products/list-products.ts';
import { updateProduct } from '../../shared/contracts/products/update-product.ts';
import { acceptInvitation } from '../../shared/contracts/users/accept-invitation.ts';
import { deleteAvatar } from '../../shared/contracts/users/delete-avatar.ts';
import { eraseUser } from '../../shared/contracts/users/erase-user.ts';
import { getPersonalData } from '../../shared/contracts/users/get-personal-data.ts';
import { inviteUser } from '../../shared/contracts/users/invite-user.ts';
import { inviteUsers } from '../../shared/contracts/users/invite-users.ts';
import { usualPreferences } from '../../shared/contracts/users/preferences.ts';
import { replacePreferences } from '../../shared/contracts/users/replace-preferences.ts';
import { replaceProfile } from '../../shared/contracts/users/replace-profile.ts';
import { type Api, apiAt, dataOf } from './api.ts';
import { eventually, isAtRest } from './observe.ts';
import { codeFor, contracts, declarations, fixtureOf, invitedPassword, type Stage } from './operations.ts';
import { newPartner } from './partner.ts';
import { newPerson, operator, type Person, password, signIn } from './people.ts';
import { sendPicture } from './pictures.ts';
import { sdk } from './platform.ts';
import { newProduct } from './products.ts';
import { enrol, firstStep } from './totp.ts';

/** Each waits for mails and reactions more than it works; but every call that meets another of its function starts one more environment. */
const AT_ONCE = 3;

export async function exerciseEverything(stage: Stage): Promise<void> {
  const { platform, admin } = stage;
  const partner = await newPartner(platform, admin);
  const newOwner = () => newPerson(platform, 'admin', 'Enterprise');
  // The longest first; lists last, when there is something to list.
  const ways = [erasure, standing, secondFactors, passwords, invitations, orders, accounts, edits, settings, schedules];
  const operations = contracts.map((contract) => async (usual: Person) => {
    const owner = fixtureOf(contract).spendsCaller ? await newOwner() : usual;
    for (const face of contract.partner ? [owner.api, partner] : [owner.api])
      await callTwice(face, contract, stage, owner).catch((cause: unknown) => {
        throw new Error(`${contract.id}: ${cause}`, { cause });
      });
  });
  // Somebody for each that goes on beside the others: operations change their callers.
  const owners = await Promise.all(Array.from({ length: AT_ONCE }, newOwner));
  await besideEachOther(owners, [...ways.map((way) => () => way(stage)), ...operations, () => lists(stage)]);
  await eventually('all reactions are done', () => isAtRest(platform));
}

async function besideEachOther(
  people: readonly Person[],
  works: readonly ((person: Person) => Promise<void>)[],
): Promise<void> {
  // One iterator for all: each takes what is next.
  const rest = works.values();
  await Promise.all(
    people.map(async (person) => {
      for (const work of rest) await work(person);
    }),
  );
}

/**
 * Once as it should be and once more with the same key; a POST also with a body that is refused. What has no key and counts all its calls, thrice:
 * the first of a window makes its counter and the next counts on, and of three in a row two are in one window.
 */
async function callTwice(api: Api, contract: Contract, stage: Stage, owner: Person): Promise<void> {
  const input = await fixtureOf(contract).input(stage, owner);
  if (idempotencyOf(contract) === 'none') {
    const countsAll = contract.rateLimit?.some(({ counts }) => counts !== 'failures');
    for (let calls = countsAll ? 3 : 1; calls > 0; calls--) dataOf(await api.call(contract, input));
    return;
  }
  const headers = { 'idempotency-key': crypto.randomUUID() };
  dataOf(await api.call(contract, { ...input, headers }));
  dataOf(await api.call(contract, { ...input, headers }));
  await api.call(contract, { ...input, body: { unknown: true }, headers: { 'idempotency-key': crypto.randomUUID() } });
}

/** Every field of a product that something hangs on: stock code, stock, name, state. */
async function edits({ admin: { api } }: Stage): Promise<void> {
  const id = await newProduct(api, 3, { sku: 'EX-1', tags: ['exercise'] });
  const change = async (body: object) => dataOf(await api.call(updateProduct, { params: { id }, body }));
  await change({ sku: 'EX-2' });
  await change({ sku: null, inventory: { stock: 0 } });
  await change({ sku: 'EX-3', name: 'Another name', status: 'archived' });
  dataOf(await api.call(deleteProduct, { params: { id } }));
  const taken = { name: 'Twice', price: '1.00', category: 'home', sku: 'EX-4' };
  dataOf(await api.call(createProduct, { body: taken }));
  await api.call(createProduct, { body: taken });
}

/** Stock runs out, the sold-out order is asked for again by its key, and comes back when it is cancelled. */
async function orders({ admin: { api, id: buyer } }: Stage): Promise<void> {
  const body = { lines: [{ productId: await newProduct(api, 1), quantity: 1 }] };
  const last = { params: { id: buyer }, body, headers: { 'idempotency-key': 'the-last-one' } };
  for (const _ of [1, 2]) dataOf(await api.call(placeUserOrder, last));
  const productId = await newProduct(api, 6);
  const order = { body: { lines: [{ productId, quantity: 6 }] }, headers: { 'idempotency-key': 'the-last-six' } };
  const { id } = dataOf(await api.call(placeOrder, order));
  dataOf(await api.call(placeOrder, order));
  const soldOut = async () => dataOf(await api.call(listProducts, { query: { inStock: 'false', limit: '100' } }));
  const isListed = async () => (await soldOut()).some((product: { id: string }) => product.id === productId);
  await eventually('the list shows what is sold out', isListed, { everyMs: 250 });
  dataOf(await api.call(cancelOrder, { params: { id }, body: {} }));
}

/** Addresses and usernames that are taken, codes asked for again, sign-ins that fail. */
async function accounts({ platform }: Stage): Promise<void> {
  const api = apiAt(`${platform.web}/api/v1`);
  const body = {
    name: 'Eve',
    email: 'eve@exercise.test',
    username: 'eve.exercise',
    password,
    confirmPassword: password,
    acceptTerms: true,
  };
  dataOf(await api.send('/auth/register', { method: 'POST', body }));
  dataOf(await api.send('/auth/register', { method: 'POST', body: { ...body, username: undefined } }));
  await api.send('/auth/register', { method: 'POST', body: { ...body, email: 'eve2@exercise.test' } });
  dataOf(await api.send('/auth/resend-code', { method: 'POST', body: { email: body.email } }));
  await api.send('/auth/confirm', { method: 'POST', body: { email: body.email, code: '000000' } });
  await api.send('/auth/login', { method: 'POST', body: { email: body.email, password: 'not it' } });
}

/** Administrators come and go, usernames change hands, a rotated refresh token comes again. */
async function standing({ platform, admin: { api } }: Stage): Promise<void> {
  const person = await newPerson(platform, 'admin');
  const path = `/users/${person.id}`;
  const change = async (method: string, below: string, body?: object) =>
    dataOf(await api.send(`${path}${below}`, { method, body }));
  await change('POST', '/suspend', {});
  await change('POST', '/activate', {});
  await change('PUT', '/role', { role: 'manager' });
  await change('PUT', '/role', { role: 'admin' });
  await change('PATCH', '', { username: 'exercise.one' });
  await change('PATCH', '', { username: 'exercise.two' });
  await change('PUT', '', { name: 'Exercised', username: 'exercise.three', marketingConsent: false });
  await change('DELETE', '');
  await change('POST', '/restore', {});
  const another = await newPerson(platform, 'user');
  const refresh = () => api.send('/auth/refresh', { method: 'POST', body: { refreshToken: another.refreshToken } });
  dataOf(await refresh());
  // Past the pool's grace, a repeat is a theft.
  await new Promise((resolve) => setTimeout(resolve, 11_000));
  await refresh();
}

/** Second factors asked for twice, taken away in the user pool alone, and kept there alone. */
async function secondFactors({ platform }: Stage): Promise<void> {
  const twice = await newPerson(platform, 'user');
  for (const _ of [1, 2]) dataOf(await twice.api.call(mfaSetup, { body: {} }));

  const { userPoolId, tableName } = operator(platform);
  const person = await newPerson(platform, 'user');
  const { backupCodes, next } = await enrol(person.api);
  await new CognitoIdentityProviderClient(sdk(platform)).send(
    new AdminSetUserMFAPreferenceCommand({
      UserPoolId: userPoolId,
      Username: person.id,
      SoftwareTokenMfaSettings: { Enabled: false },
    }),
  );
  const session = await firstStep(person.api, person.email, password);

  // As setting up leaves it when it is cut off: the user pool asks for the second factor, the user's record does not say so.
  await DynamoDBDocumentClient.from(new DynamoDBClient(sdk(platform))).send(
    new UpdateCommand({
      TableName: tableName,
      Key: users.key({ id: person.id }),
      UpdateExpression: 'SET mfaEnabled = :no',
      ExpressionAttributeValues: { ':no': false },
    }),
  );
  dataOf(await person.api.call(loginMfa, { body: { session, code: next() } }));
  const [backupCode] = backupCodes;
  dataOf(await person.api.call(loginRecover, { body: { email: person.email, password, backupCode } }));
}

/** An administrator with pictures, a user name and an order with an address, who is then erased by themselves. */
async function erasure({ platform }: Stage): Promise<void> {
  const person = await newPerson(platform, 'admin');
  const { api } = person;
  const params = { id: person.id };
  dataOf(await api.send(`/users/${person.id}`, { method: 'PATCH', body: { username: 'exercise.erased' } }));
  for (const size of [80, 90]) await sendPicture(person, await picture(size));
  dataOf(await api.call(deleteAvatar, { params }));
  await sendPicture(person, await picture(100));
  const shippingAddress = { name: 'Eve', line1: '1 High Street', city: 'Leeds', postalCode: 'LS1', country: 'GB' };
  const body = { lines: [{ productId: await newProduct(api, 5), quantity: 1 }], shippingAddress };
  dataOf(await api.call(placeUserOrder, { params, body }));
  await eventually('the order is listed', async () => dataOf(await api.call(listUserOrders, { params })).length === 1);
  dataOf(await api.call(getPersonalData, { params }));
  const next = 'Exercise-Passw0rd!';
  dataOf(
    await api.call(changePassword, { body: { currentPassword: password, password: next, confirmPassword: next } }),
  );
  await eventually('the person is told of the new password', async () => {
    return dataOf(await api.call(listNotifications)).length > 0;
  });
  await api.call(eraseUser, { params, body: { password } });
  dataOf(await api.call(eraseUser, { params, body: { password: next } }));
}
const picture = (size: number) =>
  sharp({ create: { width: size, height: size, channels: 3, background: '#36c' } })
    .png()
    .toBuffer();

/** Passwords change while other sessions live. */
async function passwords({ platform }: Stage): Promise<void> {
  const { api, email } = await newPerson(platform, 'user');
  await signIn(platform, email);
  const next = { password: 'Exercise-Passw0rd!', confirmPassword: 'Exercise-Passw0rd!' };
  dataOf(await api.call(changePassword, { body: { currentPassword: password, ...next } }));
  const another = await newPerson(platform, 'user');
  dataOf(await another.api.call(forgotPassword, { body: { email: another.email } }));
  const code = await codeFor(platform, another.email);
  dataOf(await another.api.call(resetPassword, { body: { email: another.email, code, ...next } }));
}

/** Invitations with usernames, and of an administrator, who counts as one on acceptance. */
async function invitations({ platform, admin: { api } }: Stage): Promise<void> {
  const invited = (username: string) => ({ email: `${username}@exercise.test`, name: 'Ivy', username });
  dataOf(await api.call(inviteUsers, { body: { users: [invited('ivy.many')] } }));
  const { email, ...rest } = invited('ivy.admin');
  dataOf(await api.call(inviteUser, { body: { email, ...rest, role: 'admin' } }));
  const temporaryPassword = await invitedPassword(platform, email);
  dataOf(await api.call(acceptInvitation, { body: { email, temporaryPassword, password, acceptTerms: true } }));
}

/** What is kept once for each, or for all, is made by the first change and replaced by the second. */
async function settings({ platform }: Stage): Promise<void> {
  const { id, api } = await newPerson(platform, 'admin');
  const params = { id };
  for (const _ of [1, 2]) {
    dataOf(await api.call(replaceSettings, { body: { mfaRequiredRoles: [] } }));
    dataOf(await api.call(replaceProfile, { params, body: {} }));
    dataOf(await api.call(replacePreferences, { params, body: usualPreferences }));
  }
}

/** What runs by the clock, run now. */
async function schedules({ platform }: Stage): Promise<void> {
  const client = new LambdaClient(sdk(platform));
  for (const { id } of declarations.filter(({ kind }) => kind === 'schedule')) {
    const FunctionName = `mewayz-dev-${id.replaceAll('.', '-')}`;
    const { FunctionError } = await client.send(
      new InvokeCommand({ FunctionName, Qualifier: 'live', Payload: Buffer.from('{}') }),
    );
    if (FunctionError) throw new Error(`${FunctionName}: ${FunctionError}`);
  }
}

/** Every list by every sort, and what its filters lead to. */
async function lists({ admin }: Stage): Promise<void> {
  const filters: Record<string, Record<string, string>[]> = {
    'products.list-products': [
      { search: 'light' },
      { category: 'lighting' },
      { tag: 'exercise' },
      { inStock: 'false' },
      { status: 'published' },
      { creator: 'me' },
      { expand: 'inventory' },
    ],
    'notifications.list-notifications': [{ unread: 'true' }, { unread: 'false' }, { kind: 'lowStock' }],
    'orders.list-orders': [{ search: 'MW' }, { status: 'pending' }, { user: admin.id }, { minTotal: '1' }],
    'users.list-users': [{ search: 'admin' }, { role: 'admin' }, { plan: 'Free' }, { status: 'active' }],
  };
  const trail: Record<string, string>[] = [{ entityId: admin.id }, { actor: admin.id }, { action: 'created' }];
  filters['audit.list-entries'] = trail;
  for (const query of trail) dataOf(await admin.api.call(exportEntries, { query }));
  for (const contract of contracts.filter(({ list }) => list)) {
    for (const sort of contract.list?.sorts ?? []) {
      for (const filter of [{}, ...(filters[contract.id] ?? [])])
        await admin.api.call(contract, {
          query: { sort, ...filter },
          ...(contract.params && { params: { id: admin.id } }),
        });
    }
  }
}
