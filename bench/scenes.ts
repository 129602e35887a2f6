/**
 * One warm call of every operation, as a client makes it: signed in by a session, POSTs with an Idempotency-Key, lists of twenty. Each
 * answers the reply's status and whatever it does to the table is what is measured.
 */
import { randomUUID } from 'node:crypto';
import { orderPlaced } from '../events/orders/order-placed.v1.ts';
import { idOf } from '../functions/audit/entry-view.ts';
import { writeTrail } from '../functions/audit/testing.ts';
import { handler as forgotPassword } from '../functions/auth/forgot-password.ts';
import { handler as listSessions } from '../functions/auth/list-sessions.ts';
import { handler as login } from '../functions/auth/login.ts';
import { handler as mfaEnable } from '../functions/auth/mfa-enable.ts';
import { handler as mfaSetup } from '../functions/auth/mfa-setup.ts';
import { digestOf, securityLinks } from '../functions/auth/security-link.table.ts';
import { handler as listNotifications } from '../functions/notifications/list-notifications.ts';
import { handler as tell } from '../functions/notifications/on-event.tell.ts';
import { handler as placeOrder } from '../functions/orders/place-order.ts';
import { grant } from '../functions/platform/entity.ts';
import { type Call, envelopeOf, type Operations } from '../functions/platform/testing/operations.ts';
import { inviteAccount } from '../functions/platform/user-directory.ts';
import { handler as createProduct } from '../functions/products/create-product.ts';
import type { User } from '../functions/users/user.table.ts';
import { usualPreferences } from '../shared/contracts/users/preferences.ts';
import type { Role } from '../shared/permissions.ts';
import { totpOf } from '../tests/support/totp.ts';
import { account, type UserPool } from './platform.ts';

type Prepare = () => Promise<Call>;

const key = () => ({ 'idempotency-key': `bench-${randomUUID()}` });

/** Input of each operation; what must be there first is made on the way and is not measured. */
export async function scenesOf(platform: Operations, pool: UserPool): Promise<Readonly<Record<string, Prepare>>> {
  const as = {} as Record<Role, Awaited<ReturnType<Operations['person']>>>;
  for (const role of ['admin', 'user'] as const) as[role] = await platform.person(role);
  let made = 0;
  const product = async () => {
    made++;
    const body = {
      name: 'White hanging heart T-light holder',
      description: 'White hanging heart T-light holder, stock code 85123A.',
      price: '2.55',
      category: 'Lighting',
      tags: ['white', 'heart'],
      sku: `BENCH-${String(made).padStart(6, '0')}`,
      status: 'published',
      inventory: { stock: 100_000, lowStockThreshold: 10 },
    };
    return { as: as.admin, headers: key(), body };
  };
  const createdProduct = async (): Promise<string> =>
    (await expectData(platform.call(createProduct, await product()))).id;
  const basket = [await createdProduct(), await createdProduct(), await createdProduct()];
  const order = async () => ({
    as: as.user,
    headers: key(),
    body: { lines: basket.map((productId) => ({ productId, quantity: 2 })) },
  });
  const placedOrder = async (): Promise<string> => (await expectData(platform.call(placeOrder, await order()))).id;
  const ofProduct = async () => ({ as: as.admin, params: { id: await createdProduct() } });
  const ofOrder = async () => ({ as: as.user, params: { id: await placedOrder() } });

  const ofUser = async (changes: Partial<User> = {}) => {
    const { id } = await platform.person('user', changes);
    return { as: as.admin, params: { id } };
  };

  const [entry] = await writeTrail(
    platform.table,
    new Date(Date.now() - 3_600_000).toISOString(),
    Array.from({ length: 40 }, () => ({})),
  );
  /** Twenty-five that the buyer has not read. */
  const toldOf = async () => {
    const buyer = await platform.person('user');
    for (let i = 0; i < 5; i++)
      await platform.deliver(tell, ...[1, 2, 3, 4, 5].map(() => envelopeOf(orderPlaced, { buyer: buyer.id })));
    return buyer;
  };
  const ofNotification = async () => {
    const buyer = await toldOf();
    const [newest] = await expectData(platform.call(listNotifications, { as: buyer }));
    return { as: buyer, params: { id: newest.id }, body: {} };
  };

  let invitations = 0;
  const invitation = () => {
    invitations++;
    return { email: `invited${invitations}@bench.example`, name: 'Ann Archer' };
  };

  const password = 'Demo-Passw0rd!';
  let people = 0;
  const newcomer = () => {
    people++;
    // Each from an address of its own: rate limits are per address.
    return { ip: `198.51.100.${people}`, email: `person${people}@bench.example` };
  };
  /** Made as registering and confirming make them, without the even times of those operations. */
  const registered = async (status: 'pending' | 'active' = 'pending') => {
    await pool.use();
    const person = newcomer();
    await account(platform, person.email, status, password);
    return { ...person, code: pool.code() };
  };
  const confirmed = () => registered('active');
  const signedIn = async () => {
    const { ip, email } = await confirmed();
    const body = { email, password, delivery: 'body' };
    const { tokens, user } = await expectData(platform.call(login, { ip, body }));
    const headers = { authorization: `Bearer ${tokens.accessToken}` };
    return { ip, email, id: user.id as string, headers, refreshToken: tokens.refreshToken };
  };
  /** Signed in here and on another device. */
  const signedInTwice = async () => {
    const here = await signedIn();
    await expectData(platform.call(login, { ip: here.ip, body: { email: here.email, password } }));
    return here;
  };
  const withSecret = async () => {
    const person = await signedIn();
    const { secret } = await expectData(platform.call(mfaSetup, { headers: person.headers, body: {} }));
    return { ...person, secret: secret as string };
  };
  const withSecondFactor = async () => {
    const person = await withSecret();
    const body = { code: totpOf(person.secret) };
    const { backupCodes } = await expectData(platform.call(mfaEnable, { headers: person.headers, body }));
    // A code works once: the next is that of the half minute to come.
    return { ...person, backupCode: backupCodes[0] as string, code: totpOf(person.secret, 1) };
  };
  const otherPassword = { password: 'Other-Passw0rd!', confirmPassword: 'Other-Passw0rd!' };

  return {
    'admin.get-settings': async () => ({ as: as.admin }),
    'admin.replace-settings': async () => ({ as: as.admin, body: { mfaRequiredRoles: ['moderator'] } }),
    'analytics.overview': async () => ({ as: as.admin }),
    'analytics.series': async () => ({ as: as.admin, query: { metric: 'revenue' } }),
    'audit.list-entries': async () => ({ as: as.admin, query: { limit: '20' } }),
    'audit.get-entry': async () => ({ as: as.admin, params: { id: entry ? idOf(entry) : '' } }),
    'audit.export-entries': async () => ({ as: as.admin, query: { entity: 'User' } }),
    'auth.me': async () => ({ as: as.user }),
    'notifications.list-notifications': async () => ({ as: await toldOf(), query: { limit: '20' } }),
    'notifications.read-notification': ofNotification,
    'notifications.read-all': async () => ({ as: await toldOf(), body: {} }),
    'orders.place-order': order,
    'orders.get-order': ofOrder,
    'orders.get-order-timeline': ofOrder,
    'orders.cancel-order': async () => ({ ...(await ofOrder()), headers: key(), body: { reason: 'Ordered twice' } }),
    'orders.list-orders': async () => ({ as: as.admin, query: { limit: '20' } }),
    'orders.list-user-orders': async () => ({ as: as.user, params: { id: as.user.id }, query: { limit: '20' } }),
    'orders.place-user-order': async () => ({ ...(await order()), params: { id: as.user.id } }),
    'products.create-product': product,
    'products.get-product': ofProduct,
    'products.update-product': async () => ({ ...(await ofProduct()), body: { price: '2.75' } }),
    'products.delete-product': ofProduct,
    'products.list-products': async () => ({ as: as.user, query: { limit: '20' } }),
    'system.docs': async () => ({}),
    'system.get-error': async () => ({ params: { code: 'OUT_OF_STOCK' } }),
    'system.health': async () => ({}),
    'system.list-errors': async () => ({}),
    'system.openapi': async () => ({}),
    'system.root': async () => ({}),
    'users.activate-user': async () => ({ ...(await ofUser({ status: 'suspended' })), headers: key(), body: {} }),
    'users.delete-avatar': async () => ({ as: as.user, params: { id: as.user.id } }),
    'users.delete-user': () => ofUser(),
    'users.erase-user': async () => ({ ...(await ofUser()), headers: key(), body: {} }),
    'users.get-personal-data': async () => ({ as: as.user, params: { id: as.user.id } }),
    'users.get-preferences': async () => ({ as: as.user, params: { id: as.user.id } }),
    'users.get-profile': async () => ({ as: as.user, params: { id: as.user.id } }),
    'users.get-user': () => ofUser(),
    'users.replace-preferences': async () => ({ as: as.user, params: { id: as.user.id }, body: usualPreferences }),
    'users.replace-profile': async () => ({ as: as.user, params: { id: as.user.id }, body: { firstName: 'Ann' } }),
    'users.replace-user': async () => ({ ...(await ofUser()), body: { name: 'Ann Smith', marketingConsent: true } }),
    'users.restore-user': async () => {
      const deleted = await ofUser({
        status: 'inactive',
        deletedAt: '2026-11-20T09:30:00.000Z',
        deletedFrom: 'active',
      });
      return { ...deleted, headers: key(), body: {} };
    },
    'users.request-avatar-upload': async () => ({
      as: as.user,
      params: { id: as.user.id },
      body: { contentType: 'image/png' },
    }),
    'users.set-plan': async () => ({ ...(await ofUser()), body: { plan: 'Pro' } }),
    'users.set-role': async () => ({ ...(await ofUser()), body: { role: 'enterprise' } }),
    'users.suspend-user': async () => ({ ...(await ofUser()), headers: key(), body: { reason: 'Card fraud' } }),
    'users.update-user': async () => ({ ...(await ofUser()), body: { company: 'Archer Ltd' } }),
    'users.invite-user': async () => ({ as: as.admin, headers: key(), body: invitation() }),
    'users.invite-users': async () => ({ as: as.admin, headers: key(), body: { users: [invitation()] } }),
    'users.list-users': async () => ({ as: as.admin, query: { limit: '20' } }),
    // From here on tokens are those of the user pool.
    'auth.register': async () => {
      await pool.use();
      const { ip, email } = newcomer();
      return { ip, body: { name: 'Ann Archer', email, password, confirmPassword: password, acceptTerms: true } };
    },
    'auth.confirm': async () => {
      const { ip, email, code } = await registered();
      return { ip, body: { email, code } };
    },
    'auth.resend-code': async () => {
      const { ip, email } = await registered();
      return { ip, body: { email } };
    },
    'auth.login': async () => {
      const { ip, email } = await confirmed();
      return { ip, body: { email, password } };
    },
    'auth.refresh': async () => {
      const { ip, refreshToken } = await signedIn();
      return { ip, body: { refreshToken } };
    },
    'auth.logout': async () => {
      const { ip, headers, refreshToken } = await signedIn();
      return { ip, headers, body: { refreshToken } };
    },
    'auth.list-sessions': async () => ({ headers: (await signedInTwice()).headers }),
    'auth.revoke-session': async () => {
      const { headers } = await signedInTwice();
      const sessions = await expectData(platform.call(listSessions, { headers }));
      const { id } = sessions.find(({ current }: { current: boolean }) => !current);
      return { headers, params: { id } };
    },
    'auth.logout-all': async () => ({ headers: (await signedInTwice()).headers, body: {} }),
    'auth.list-audit-log': async () => ({ headers: (await signedIn()).headers }),
    'auth.report-security-event': async () => ({
      headers: { ...(await signedIn()).headers, ...key() },
      body: { what: 'unknown-change', note: 'I did not change my name' },
    }),
    'auth.change-password': async () => {
      const { headers } = await signedInTwice();
      return { headers, body: { currentPassword: password, ...otherPassword } };
    },
    'auth.forgot-password': async () => {
      const { ip, email } = await confirmed();
      return { ip, body: { email } };
    },
    'auth.reset-password': async () => {
      const { ip, email } = await signedInTwice();
      await expectData(platform.call(forgotPassword, { ip, body: { email } }));
      return { ip, body: { email, code: pool.code(), ...otherPassword } };
    },
    'auth.secure-account': async () => {
      const { ip, id } = await signedInTwice();
      const db = platform.table.db({ table: { links: grant(securityLinks, 'put') } });
      const expires = Math.floor(Date.now() / 1_000) + 3_600;
      await db.write(db.links.put({ digest: digestOf(id), userId: id, expires }));
      return { ip, body: { token: id } };
    },
    'auth.mfa-setup': async () => ({ headers: (await signedIn()).headers, body: {} }),
    'auth.mfa-enable': async () => {
      const { headers, secret } = await withSecret();
      return { headers, body: { code: totpOf(secret) } };
    },
    'auth.mfa-backup-codes': async () => ({ headers: (await withSecondFactor()).headers, body: { password } }),
    'auth.mfa-disable': async () => {
      const { headers, code } = await withSecondFactor();
      return { headers, body: { password, code } };
    },
    'auth.login-mfa': async () => {
      const { ip, email, code } = await withSecondFactor();
      const { json } = await platform.call(login, { ip, body: { email, password } });
      return { ip, body: { session: json.error.details.session, code } };
    },
    'auth.login-recover': async () => {
      const { ip, email, backupCode } = await withSecondFactor();
      return { ip, body: { email, password, backupCode } };
    },
    'users.accept-invitation': async () => {
      await pool.use();
      const invited = await platform.person('user', { status: 'pending', invitedAt: new Date().toISOString() });
      const temporaryPassword = 'Temporary-Passw0rd!';
      await inviteAccount(invited.id, invited.email, temporaryPassword);
      const { ip } = newcomer();
      return { ip, body: { email: invited.email, temporaryPassword, password, acceptTerms: true } };
    },
  };
}

/** Operations without a scene here, with the reason. */
export const unmeasured: Readonly<Record<string, string>> = {
  'system.ready': 'asks services about themselves: DescribeTable and its like take no units',
};

// biome-ignore lint/suspicious/noExplicitAny: data of whatever operation
async function expectData(call: ReturnType<Operations['call']>): Promise<any> {
  const { status, json, body } = await call;
  if (status >= 300) throw new Error(`preparing a measurement: ${status} ${body}`);
  return json.data;
}
