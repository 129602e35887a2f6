/** What is held about a person: given to them whole, and gone when they are erased, while the books stay. */
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { passwordChanged } from '../../events/users/password-changed.v1.ts';
import { userDeleted } from '../../events/users/user-deleted.v1.ts';
import { newId } from '../../shared/ids.ts';
import { handler as eraseAuth } from '../auth/on-user-deleted.erase.ts';
import { securityEvents } from '../auth/security-event.table.ts';
import { securityEvent } from '../auth/security-event.ts';
import { sessions } from '../auth/session.table.ts';
import { newSession } from '../auth/session.ts';
import { notifications } from '../notifications/notification.table.ts';
import { handler as tell } from '../notifications/on-event.tell.ts';
import { handler as eraseNotifications } from '../notifications/on-user-deleted.erase.ts';
import { handler as indexOrder } from '../orders/on-order-changed.index.ts';
import { handler as eraseOrders } from '../orders/on-user-deleted.erase.ts';
import { orders } from '../orders/order.table.ts';
import { handler as placeOrder } from '../orders/place-order.ts';
import { onSale } from '../orders/testing.ts';
import { grant } from '../platform/entity.ts';
import { envelopeOf, type Operations, startOperations } from '../platform/testing/operations.ts';
import { administratorCount } from './administrators.ts';
import { handler as erase } from './erase-user.ts';
import { handler as getPersonalData } from './get-personal-data.ts';
import { handler as getUser } from './get-user.ts';
import { handler as replaceProfile } from './replace-profile.ts';
import { handler as restoreUser } from './restore-user.ts';
import { userProfiles } from './settings.table.ts';
import { type User, userEmails, users } from './user.table.ts';

let platform: Operations;
let admin: User;
beforeAll(async () => {
  platform = await startOperations();
  admin = await platform.person('admin');
});
afterAll(() => platform.stop());

const now = new Date();
const client = { ip: '203.0.113.7', userAgent: 'Mozilla/5.0 Firefox/140.0', country: 'GB' };
const address = { name: 'Pia Person', line1: '1 High Street', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' };
const tables = () =>
  platform.table.db({
    table: {
      users: grant(users, 'get'),
      emails: grant(userEmails, 'get'),
      profiles: grant(userProfiles, 'get'),
      orders: grant(orders, 'get'),
      sessions: grant(sessions, 'put', 'query:ofUser'),
      securityEvents: grant(securityEvents, 'put', 'query:ofUser'),
      notifications: grant(notifications, 'query:ofFeed'),
      administrators: grant(administratorCount, 'put'),
    },
  });

/** Somebody with a profile, a session, a hundred and twenty security events and an order with an address. */
async function somebody(): Promise<{ person: User; orderId: string }> {
  const person = await platform.person('user', { name: 'Pia Person', company: 'Person Ltd' });
  const params = { id: person.id };
  await platform.call(replaceProfile, { as: person, params, body: { bio: 'Likes vases', phone: '+442079460000' } });
  const db = tables();
  await db.write(
    db.sessions.put(
      newSession(
        { userId: person.id, originJti: newId('event'), signedInAt: now.getTime() / 1_000, rememberMe: true },
        client,
        now,
      ),
    ),
  );
  for (let part = 0; part < 2; part++)
    await db.write(
      ...Array.from({ length: 60 }, () =>
        db.securityEvents.put(securityEvent('login', { userId: person.id, id: newId('securityEvent'), client, now })),
      ),
    );
  await platform.deliver(tell, envelopeOf(passwordChanged, { userId: person.id }));
  const { productId } = await onSale(platform);
  const body = { lines: [{ productId, quantity: 2 }], shippingAddress: address, note: 'For Pia' };
  const { json } = await platform.call(placeOrder, { as: person, body });
  return { person, orderId: json.data.id };
}
const indexed = (orderId: string) => platform.deliver(indexOrder, envelopeOf(orderPlaced, { orderId }));

it('is given to the person in one document, and to nobody else', async () => {
  const { person, orderId } = await somebody();
  await indexed(orderId);
  const params = { id: person.id };
  const reply = await platform.call(getPersonalData, { as: person, params });
  expect(reply.status).toBe(200);
  expect(reply.headers['content-disposition']).toMatch(/^attachment; filename="mewayz-personal-data-[\d-]+\.json"$/);
  const { data } = reply.json;
  expect(data).toMatchObject({
    account: { id: person.id, email: person.email, name: 'Pia Person', company: 'Person Ltd' },
    profile: { bio: 'Likes vases', phone: '+442079460000' },
    preferences: { theme: 'system' },
    consents: [
      { to: 'terms', given: true, at: person.acceptedTermsAt },
      { to: 'product-news', given: false },
    ],
    sessions: [{ device: 'Firefox', ip: client.ip }],
    notifications: [{ kind: 'securityAlerts' }],
    orders: [{ id: orderId, shippingAddress: address, note: 'For Pia', total: '5.10' }],
    complete: { securityEvents: true, notifications: true, orders: true },
  });
  expect(data.securityEvents).toHaveLength(120);
  for (const as of [admin, await platform.person('user')])
    expect((await platform.call(getPersonalData, { as, params })).status).toBe(404);
});

it('is erased by staff: what is personal goes, the books stay, and the address is free', async () => {
  const { person, orderId } = await somebody();
  await indexed(orderId);
  const params = { id: person.id };
  expect((await platform.call(erase, { as: admin, params, body: {} })).status).toBe(204);
  expect(await platform.ridingOn(users, params)).toEqual(['UserDeleted']);
  const event = envelopeOf(userDeleted, { userId: person.id });
  // Twice, as queues do.
  for (const reaction of [eraseAuth, eraseNotifications, eraseOrders])
    expect(await platform.deliver(reaction, event, event)).toBe(0);

  const db = tables();
  const left = await db.users.get(params, { consistent: true });
  expect(left).toMatchObject({ name: 'Erased user', status: 'inactive', erasedAt: expect.any(String) });
  expect(JSON.stringify(left)).not.toMatch(/Pia|Person Ltd|example\.com/);
  expect(await db.emails.get({ name: person.email })).toBeUndefined();
  expect(await db.profiles.get({ userId: person.id })).toBeUndefined();
  expect((await db.sessions.query('ofUser', { userId: person.id })).items).toEqual([]);
  expect((await db.securityEvents.query('ofUser', { userId: person.id })).items).toEqual([]);
  expect((await db.notifications.query('ofFeed', { feed: person.id })).items).toEqual([]);
  const order = await db.orders.get({ id: orderId });
  expect(order).toMatchObject({ buyer: person.id, total: 510, lines: [{ q: 2, u: 255 }], status: 'pending' });
  expect(JSON.stringify(order)).not.toMatch(/Pia|High Street|LS1/);
  expect((await platform.call(getPersonalData, { as: person, params })).status).toBe(401);
});

it('loses what is personal in an order that the lists did not know yet', async () => {
  const { person, orderId } = await somebody();
  await platform.call(erase, { as: admin, params: { id: person.id }, body: {} });
  await platform.deliver(eraseOrders, envelopeOf(userDeleted, { userId: person.id }));
  const db = tables();
  expect(await db.orders.get({ id: orderId })).toMatchObject({ shippingAddress: address });
  await indexed(orderId);
  const order = await db.orders.get({ id: orderId }, { consistent: true });
  expect(order?.shippingAddress ?? order?.note).toBeUndefined();
});

it('stays when somebody is only deleted, and comes back with them', async () => {
  const { person, orderId } = await somebody();
  await indexed(orderId);
  const event = envelopeOf(userDeleted, { userId: person.id });
  for (const reaction of [eraseAuth, eraseOrders]) await platform.deliver(reaction, event);
  const db = tables();
  expect(await db.orders.get({ id: orderId })).toMatchObject({ shippingAddress: address });
  expect((await db.securityEvents.query('ofUser', { userId: person.id })).items).not.toEqual([]);
});

it('is never erased twice, and nobody who was erased comes back', async () => {
  const { id } = await platform.person('user');
  const call = (handler: typeof erase) => platform.call(handler, { as: admin, params: { id }, body: {} });
  await call(erase);
  const again = await call(erase);
  expect([again.status, again.json.error.details.state]).toEqual([409, 'erased']);
  const restored = await call(restoreUser as typeof erase);
  expect([restored.status, restored.json.error.details.state]).toEqual([409, 'erased']);
  expect((await call(getUser as unknown as typeof erase)).status).toBe(404);
});

it('is not erased without the password when one asks for it oneself, nor for a foreign user', async () => {
  const person = await platform.person('user');
  const own = await platform.call(erase, { as: person, params: { id: person.id }, body: {} });
  expect(own.json.error.details.fields).toEqual([{ path: 'body.password', message: expect.any(String) }]);
  const foreign = await platform.call(erase, { as: person, params: { id: admin.id }, body: { password: 'x' } });
  expect(foreign.status).toBe(404);
});

it('keeps the last active administrator', async () => {
  const [last, other] = [await platform.person('admin'), admin];
  const db = tables();
  await db.write(db.administrators.put({ name: 'active', n: 1 }, { replace: true }));
  const reply = await platform.call(erase, { as: other, params: { id: last.id }, body: {} });
  expect([reply.status, reply.json.error.details.state]).toEqual([409, 'last-administrator']);
});
