/** Every operation, and what each needs to be called with: a new operation without its line here fails the tests that cross areas. */

import type { FunctionDeclaration } from '../../functions/platform/declaration.ts';
import { areas } from '../../functions/registry.ts';
import { listEntries } from '../../shared/contracts/audit/list-entries.ts';
import { changePassword } from '../../shared/contracts/auth/change-password.ts';
import { forgotPassword } from '../../shared/contracts/auth/forgot-password.ts';
import { listSessions } from '../../shared/contracts/auth/list-sessions.ts';
import { mfaSetup } from '../../shared/contracts/auth/mfa-setup.ts';
import { register } from '../../shared/contracts/auth/register.ts';
import type { Contract } from '../../shared/contracts/contract.ts';
import { listNotifications } from '../../shared/contracts/notifications/list-notifications.ts';
import { deleteUser } from '../../shared/contracts/users/delete-user.ts';
import { inviteUser } from '../../shared/contracts/users/invite-user.ts';
import { usualPreferences } from '../../shared/contracts/users/preferences.ts';
import { suspendUser } from '../../shared/contracts/users/suspend-user.ts';
import { newId } from '../../shared/ids.ts';
import { scopeOf } from '../../shared/permissions.ts';
import { apiAt, dataOf, type Sent } from './api.ts';
import { codeOf, eventually, mailsTo } from './observe.ts';
import { newAccount, newPerson, type Person, password, signIn } from './people.ts';
import type { RunningPlatform } from './platform.ts';
import { newOrder, newProduct } from './products.ts';
import { enrol, firstStep, totpOf } from './totp.ts';

export const declarations: readonly FunctionDeclaration[] = Object.values(areas).flatMap((area) =>
  Object.values(area).map((handler) => (handler as { declaration: FunctionDeclaration }).declaration),
);
export const contracts: readonly Contract[] = declarations.flatMap((declaration) =>
  declaration.kind === 'http' ? [declaration.contract] : [],
);
/** For `each` of Jest: a test of every operation, by its name. */
export const rows = (list: readonly Contract[]) => list.map((contract) => [contract.id, contract] as const);

export type Input = Pick<Sent, 'query' | 'body'> & { params?: Record<string, string> };
/** Who is there for fixtures: staff, and a seller who has nothing to do with anybody. */
export interface Stage {
  platform: RunningPlatform;
  admin: Person;
  stranger: Person;
}
export interface Fixture {
  /** An input that succeeds when somebody who may calls it; with an `owner`, on something fresh that belongs to them. */
  input(stage: Stage, owner: Person): Promise<Input>;
  /** For operations on one entity: an input that names one that never was. */
  missing?: Input;
  /** For operations on one entity: whether such a person can have one at all. */
  canOwn?(person: Person): boolean;
  /** It ends its caller's sessions or changes how they sign in: it is called by a new person each time. */
  spendsCaller?: true;
  /** For lists: whether an item is the caller's own. */
  // biome-ignore lint/suspicious/noExplicitAny: items differ by list
  isOwn?(item: any, caller: Person): boolean;
}

const nothing: Fixture = { input: async () => ({}) };
const sells = (person: Person) => scopeOf(person.role, 'products:write') !== undefined;
const productOf = (body?: unknown): Fixture => ({
  input: async (_, owner) => ({ params: { id: await newProduct(owner.api, 10) }, body }),
  missing: { params: { id: newId('product') }, body },
  canOwn: sells,
});
const forSale = new WeakMap<Stage, Promise<string>>();
/** A product of the stranger's with stock for every order of the stage. */
function productForSale(stage: Stage): Promise<string> {
  const found = forSale.get(stage) ?? newProduct(stage.stranger.api, 10_000);
  forSale.set(stage, found);
  return found;
}
const orderOf = (body?: unknown): Fixture => ({
  input: async (stage, owner) => ({
    params: { id: await newOrder(owner.api, await productForSale(stage)) },
    body,
  }),
  missing: { params: { id: newId('order') }, body },
});
/** The caller's own user, or somebody else's. */
const userOf = (body?: unknown): Fixture => ({
  input: async (_, owner) => ({ params: { id: owner.id }, body }),
  missing: { params: { id: newId('user') }, body },
});
/** A user whom nobody else needs any more, brought into the right state by an administrator. */
const spareUser = (body?: unknown, ...before: readonly Contract[]): Fixture => ({
  async input({ platform, admin }) {
    const input = { params: { id: (await newAccount(platform, 'user')).id } };
    for (const contract of before)
      dataOf(await admin.api.call(contract, { ...input, ...(contract.body && { body: {} }) }));
    return { ...input, body };
  },
  missing: { params: { id: newId('user') }, body },
  canOwn: () => false,
});
/** For who has a second factor already: the caller gets one, whoever only lends their name does not. */
const secondFactor = (body: (code: string) => object): Fixture => ({
  input: async ({ stranger }, { id, api }) => ({
    body: body(id === stranger.id ? '000000' : (await enrol(api)).next()),
  }),
  spendsCaller: true,
});
/** People whose backup codes nobody has used: to make ten of these takes a core half a second. */
const withCodes = new WeakMap<Stage, { email: string; backupCodes: string[] }[]>();
async function newWithCodes(stage: Stage) {
  const { api, email } = await newPerson(stage.platform, 'user');
  const { next, backupCodes } = await enrol(api);
  return { api, email, next, backupCodes };
}
let addresses = 0;
const freshAddress = () => {
  addresses += 1;
  return `fixture-${addresses}@operations.test`;
};
/** The code in the newest mail to this address, once it is there. */
export const codeFor = (platform: RunningPlatform, email: string) =>
  eventually('the code is in the mailbox', async () => {
    const [mail] = await mailsTo(platform, email);
    return mail && codeOf(mail);
  });
/** The password in the invitation to this address, once it is there. */
export const invitedPassword = (platform: RunningPlatform, email: string) =>
  eventually('the invitation is in the mailbox', async () => {
    const [mail] = await mailsTo(platform, email);
    return mail && /^\S+aA1!$/m.exec(mail.text)?.[0];
  });
const newPassword = 'Fixture-Passw0rd!';
const registration = (email: string) => ({
  name: 'Fay Fixture',
  email,
  password,
  confirmPassword: password,
  acceptTerms: true,
});

export const fixtures: Readonly<Record<string, Fixture>> = {
  'admin.get-settings': nothing,
  'admin.replace-settings': { input: async () => ({ body: { mfaRequiredRoles: [] } }) },
  'analytics.overview': nothing,
  'analytics.series': { input: async () => ({ query: { metric: 'orders' } }) },
  'audit.export-entries': nothing,
  'audit.get-entry': {
    async input({ admin }) {
      const entry = await eventually(
        'the trail has an entry',
        async () => dataOf(await admin.api.call(listEntries, { query: { limit: '1' } }))[0],
      );
      return { params: { id: entry.id } };
    },
    missing: { params: { id: '2020-01-01.1' } },
    canOwn: () => false,
  },
  'audit.list-entries': nothing,
  'auth.change-password': {
    input: async () => ({
      body: { currentPassword: password, password: newPassword, confirmPassword: newPassword },
    }),
    spendsCaller: true,
  },
  'auth.confirm': {
    async input({ platform }) {
      const email = freshAddress();
      dataOf(await apiAt(`${platform.web}/api/v1`).call(register, { body: registration(email) }));
      return { body: { email, code: await codeFor(platform, email) } };
    },
  },
  'auth.forgot-password': { input: async () => ({ body: { email: freshAddress() } }) },
  'auth.list-audit-log': nothing,
  'auth.list-sessions': nothing,
  'auth.login': { input: async ({ admin }) => ({ body: { email: admin.email, password } }) },
  'auth.login-mfa': {
    async input(stage) {
      const { api, email, next, backupCodes } = await newWithCodes(stage);
      withCodes.set(stage, [...(withCodes.get(stage) ?? []), { email, backupCodes }]);
      return { body: { session: await firstStep(api, email, password), code: next() } };
    },
  },
  'auth.login-recover': {
    async input(stage) {
      const { email, backupCodes } = withCodes.get(stage)?.pop() ?? (await newWithCodes(stage));
      return { body: { email, password, backupCode: backupCodes[0] } };
    },
  },
  'auth.logout': { input: async () => ({ body: {} }), spendsCaller: true },
  'auth.logout-all': { input: async () => ({ body: {} }), spendsCaller: true },
  'auth.me': nothing,
  'auth.mfa-backup-codes': secondFactor(() => ({ password })),
  'auth.mfa-disable': secondFactor((code) => ({ password, code })),
  'auth.mfa-enable': {
    async input(_, { api }) {
      const { secret } = dataOf(await api.call(mfaSetup, { body: {} }));
      return { body: { code: totpOf(secret) } };
    },
    spendsCaller: true,
  },
  'auth.mfa-setup': { input: async () => ({ body: {} }) },
  'auth.refresh': {
    async input({ platform, admin }) {
      const { refreshToken } = await signIn(platform, admin.email);
      return { body: { refreshToken } };
    },
  },
  'auth.register': { input: async () => ({ body: registration(freshAddress()) }) },
  'auth.report-security-event': { input: async () => ({ body: { what: 'other' } }) },
  'auth.resend-code': { input: async () => ({ body: { email: freshAddress() } }) },
  'auth.reset-password': {
    async input({ platform }) {
      const { email } = await newAccount(platform, 'user');
      dataOf(await apiAt(`${platform.web}/api/v1`).call(forgotPassword, { body: { email } }));
      const code = await codeFor(platform, email);
      return { body: { email, code, password: newPassword, confirmPassword: newPassword } };
    },
  },
  'auth.revoke-session': {
    async input({ platform }, owner) {
      const { api } = await signIn(platform, owner.email);
      const [session] = dataOf(await api.call(listSessions)).filter(({ current }: { current: boolean }) => current);
      return { params: { id: session.id } };
    },
    missing: { params: { id: newId('session') } },
  },
  'auth.secure-account': {
    async input({ platform }) {
      const { api, email } = await newPerson(platform, 'user');
      const body = { currentPassword: password, password: newPassword, confirmPassword: newPassword };
      dataOf(await api.call(changePassword, { body }));
      const token = await eventually('the warning is in the mailbox', async () => {
        const mails = await mailsTo(platform, email);
        return mails.map(({ text }) => /secure-account#([\w-]+)/.exec(text)?.[1]).find(Boolean);
      });
      return { body: { token } };
    },
  },
  'notifications.list-notifications': nothing,
  'notifications.read-all': { input: async () => ({ body: {} }) },
  'notifications.read-notification': {
    async input(stage, { api }) {
      const order = await newOrder(api, await productForSale(stage));
      const told = () => api.call(listNotifications, { query: { limit: '100' } });
      const id = await eventually(
        'the buyer is told of the order',
        async () => dataOf(await told()).find(({ path }: { path: string }) => path === `/orders/${order}`)?.id,
      );
      return { params: { id }, body: {} };
    },
    missing: { params: { id: newId('notification') }, body: {} },
  },
  'orders.cancel-order': orderOf({ reason: 'Ordered twice' }),
  'orders.get-order': orderOf(),
  'orders.get-order-timeline': orderOf(),
  'orders.list-orders': {
    input: async () => ({ query: { limit: '100' } }),
    isOwn: ({ buyer, seller }, { id }) => buyer === id || seller === id,
  },
  'orders.list-user-orders': { ...userOf(), isOwn: ({ buyer }, { id }) => buyer === id },
  'orders.place-user-order': {
    input: async (stage, { id }) => ({
      params: { id },
      body: { lines: [{ productId: await productForSale(stage), quantity: 1 }] },
    }),
    missing: { params: { id: newId('user') }, body: { lines: [{ productId: newId('product'), quantity: 1 }] } },
  },
  'orders.place-order': {
    input: async (stage) => ({
      body: { lines: [{ productId: await productForSale(stage), quantity: 1 }] },
    }),
  },
  'products.create-product': { input: async () => ({ body: { name: 'Vase', price: '4.00', category: 'home' } }) },
  'products.delete-product': productOf(),
  'products.get-product': productOf(),
  'products.list-products': nothing,
  'products.update-product': productOf({ price: '2.95' }),
  'system.docs': nothing,
  'system.get-error': { input: async () => ({ params: { code: 'OUT_OF_STOCK' } }) },
  'system.health': nothing,
  'system.list-errors': nothing,
  'system.openapi': nothing,
  'system.ready': nothing,
  'system.root': nothing,
  'users.accept-invitation': {
    async input({ platform, admin }) {
      const email = freshAddress();
      dataOf(await admin.api.call(inviteUser, { body: { email, name: 'Fay Fixture' } }));
      const temporaryPassword = await invitedPassword(platform, email);
      return { body: { email, temporaryPassword, password: 'Fixture-Passw0rd!', acceptTerms: true } };
    },
  },
  'users.activate-user': spareUser({}, suspendUser),
  'users.delete-avatar': userOf(),
  'users.delete-user': spareUser(),
  'users.erase-user': spareUser({}),
  'users.get-personal-data': userOf(),
  'users.get-preferences': userOf(),
  'users.get-profile': userOf(),
  'users.get-user': userOf(),
  'users.invite-user': { input: async () => ({ body: { email: freshAddress(), name: 'Fay Fixture' } }) },
  'users.invite-users': {
    input: async () => ({ body: { users: [{ email: freshAddress(), name: 'Fay Fixture' }] } }),
  },
  'users.list-users': { input: async () => ({ query: { limit: '100' } }), isOwn: ({ id }, caller) => id === caller.id },
  'users.replace-preferences': userOf(usualPreferences),
  'users.replace-profile': userOf({ firstName: 'Fay', timeZone: 'Europe/London' }),
  'users.replace-user': userOf({ name: 'Fay Fixture', marketingConsent: false }),
  'users.request-avatar-upload': userOf({ contentType: 'image/png' }),
  'users.restore-user': spareUser({}, deleteUser),
  'users.set-plan': spareUser({ plan: 'Pro' }),
  'users.set-role': spareUser({ role: 'enterprise' }),
  'users.suspend-user': spareUser({ reason: 'Card fraud' }),
  'users.update-user': userOf({ company: 'Fixture Ltd' }),
};

export function fixtureOf({ id }: Contract): Fixture {
  const fixture = fixtures[id];
  if (!fixture)
    throw new Error(`${id} has no fixture in tests/support/operations.ts: say there what it is called with`);
  return fixture;
}
