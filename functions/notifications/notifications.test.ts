import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { stockLow } from '../../events/products/stock-low.v1.ts';
import { mfaDisabled } from '../../events/users/mfa-disabled.v1.ts';
import { passwordChanged } from '../../events/users/password-changed.v1.ts';
import { suspiciousLogin } from '../../events/users/suspicious-login.v1.ts';
import { usualPreferences } from '../../shared/contracts/users/preferences.ts';
import { newId } from '../../shared/ids.ts';
import { grant } from '../platform/entity.ts';
import { envelopeOf, type Operations, startOperations } from '../platform/testing/operations.ts';
import { handler as replacePreferences } from '../users/replace-preferences.ts';
import type { User } from '../users/user.table.ts';
import { handler as listNotifications } from './list-notifications.ts';
import { notifications } from './notification.table.ts';
import { handler as tell } from './on-event.tell.ts';
import { handler as readAll } from './read-all.ts';
import { handler as readNotification } from './read-notification.ts';

let platform: Operations;
let buyer: User;
let seller: User;
let manager: User;
beforeAll(async () => {
  platform = await startOperations();
});
beforeEach(async () => {
  await platform.table.clear();
  [buyer, seller, manager] = await Promise.all([
    platform.person('user'),
    platform.person('enterprise'),
    platform.person('manager'),
  ]);
});
afterAll(() => platform.stop());

/** Each a second after the one before. */
let moments = 0;
const at = (event: ReturnType<typeof envelopeOf>) => {
  moments++;
  return { ...event, time: new Date(Date.now() - 3_600_000 + moments * 1_000).toISOString() };
};
const placed = (data: object = {}) => at(envelopeOf(orderPlaced, { buyer: buyer.id, seller: seller.id, ...data }));
const list = async (as: User, query: Record<string, string> = {}) =>
  (await platform.call(listNotifications, { as, query })).json;
const unreadOf = async (as: User) => (await list(as, { unread: 'true', limit: '1' })).pagination.totalItems;
const titles = async (as: User, query: Record<string, string> = {}) =>
  (await list(as, query)).data.map(({ title }: { title: string }) => title);
const read = (as: User, id: string) => platform.call(readNotification, { as, params: { id }, body: {} });
const inApp = async (as: User, kind: keyof typeof usualPreferences.notifications, wanted: boolean) => {
  const channels = { ...usualPreferences.notifications[kind], inApp: wanted };
  const body = { ...usualPreferences, notifications: { ...usualPreferences.notifications, [kind]: channels } };
  expect((await platform.call(replacePreferences, { as, params: { id: as.id }, body })).status).toBe(200);
};

describe('who is told of what', () => {
  it('tells buyer and seller of an order, each in their words', async () => {
    const orderId = newId('order');
    expect(await platform.deliver(tell, placed({ orderId, number: 'MW-1', total: 123_456 }))).toBe(0);
    const { data } = await list(buyer);
    expect(data).toEqual([
      {
        id: expect.stringMatching(/^ntf_/),
        kind: 'orderUpdates',
        title: 'Your order MW-1 is placed',
        body: '2 items for £1,234.56',
        path: `/orders/${orderId}`,
        read: false,
        createdAt: expect.any(String),
        _links: { read: { href: `/api/v1/notifications/${data[0].id}/read`, method: 'POST' } },
      },
    ]);
    expect(await titles(seller)).toEqual(['New order MW-1']);
    expect(await titles(manager)).toEqual([]);
  });
  it('tells both of a cancellation with its reason', async () => {
    const data = { buyer: buyer.id, seller: seller.id, number: 'MW-1', reason: 'Ordered twice' };
    await platform.deliver(tell, at(envelopeOf(orderCancelled, data)));
    expect(await titles(buyer)).toEqual(['Your order MW-1 is cancelled']);
    expect((await list(seller)).data).toMatchObject([
      { title: 'Order MW-1 was cancelled', body: '2 items for £5.10. Reason: Ordered twice' },
    ]);
  });
  it('tells somebody who buys from themselves once', async () => {
    await platform.deliver(tell, placed({ buyer: seller.id, number: 'MW-1' }));
    expect(await titles(seller)).toEqual(['Your order MW-1 is placed']);
  });
  it('tells the house once, and all who may see its orders read that', async () => {
    const admin = await platform.person('admin');
    const { writeUnits } = await platform.table.measure(() => platform.deliver(tell, placed({ seller: 'house' })));
    // A notification and a count each for buyer and house: the number of staff adds nothing.
    expect(writeUnits).toBe(8);
    for (const staff of [manager, admin]) expect(await unreadOf(staff)).toBe(1);
    for (const other of [await platform.person('moderator'), seller]) expect(await unreadOf(other)).toBe(0);
  });
  it('tells the seller of low stock, and of the house’s whoever looks after its products', async () => {
    await platform.deliver(
      tell,
      at(envelopeOf(stockLow, { seller: seller.id, name: 'Mug', stock: 2, threshold: 5 })),
      at(envelopeOf(stockLow, { seller: 'house', name: 'Jar', stock: 0, threshold: 5 })),
    );
    expect((await list(seller)).data).toMatchObject([
      { kind: 'lowStock', title: 'Mug is running low', body: '2 left; you wanted to know at 5' },
    ]);
    for (const staff of [manager, await platform.person('moderator')])
      expect(await titles(staff)).toEqual(['Jar is sold out']);
    expect(await titles(buyer)).toEqual([]);
  });
  it.each([passwordChanged, mfaDisabled, suspiciousLogin])('tells of $name who it happened to', async (event) => {
    await platform.deliver(tell, at(envelopeOf(event, { userId: buyer.id })));
    expect((await list(buyer)).data).toMatchObject([{ kind: 'securityAlerts', path: '/settings/activity' }]);
    expect(await titles(seller)).toEqual([]);
  });
  it('tells nothing that somebody has turned off in the application', async () => {
    await inApp(seller, 'orderUpdates', false);
    await platform.deliver(tell, placed(), at(envelopeOf(stockLow, { seller: seller.id, name: 'Mug' })));
    expect(await titles(seller)).toEqual(['Mug is running low']);
    expect(await titles(buyer)).toHaveLength(1);
  });
  it('hides of the house what one of its staff has turned off, and from nobody else', async () => {
    const admin = await platform.person('admin');
    await platform.deliver(tell, placed({ seller: 'house' }));
    await inApp(manager, 'orderUpdates', false);
    expect([await unreadOf(manager), await unreadOf(admin)]).toEqual([0, 1]);
    const [{ id }] = (await list(admin)).data;
    expect((await read(manager, id)).status).toBe(404);
  });
  it('tells nobody of what is long over: replays and orders of the past are no news', async () => {
    const old = { ...placed({ seller: 'house' }), time: new Date(Date.now() - 3 * 86_400_000).toISOString() };
    expect(await platform.deliver(tell, old)).toBe(0);
    expect([await titles(buyer), await titles(manager)]).toEqual([[], []]);
  });
});

describe('messages', () => {
  it('that come twice, together and later, are told once', async () => {
    const event = placed({ seller: 'house' });
    await platform.deliver(tell, event, event);
    await platform.deliver(tell, event);
    await platform.deliver(tell, event, placed({ seller: 'house' }));
    expect([await unreadOf(buyer), await unreadOf(manager)]).toEqual([2, 2]);
    expect(await titles(manager)).toHaveLength(2);
  });
  it('that come out of order stand in the order of their events', async () => {
    const [first, second] = [placed({ number: 'MW-1' }), placed({ number: 'MW-2' })];
    await platform.deliver(tell, second);
    await platform.deliver(tell, first);
    expect(await titles(seller)).toEqual(['New order MW-2', 'New order MW-1']);
    expect(await titles(seller, { order: 'asc' })).toEqual(['New order MW-1', 'New order MW-2']);
  });
  it('of many batches at once are all counted', async () => {
    const batches = Array.from({ length: 8 }, () => [1, 2, 3].map(() => placed({ seller: 'house' })));
    const failed = await Promise.all(batches.map((batch) => platform.deliver(tell, ...batch)));
    expect(failed.every((count) => count === 0)).toBe(true);
    expect(await unreadOf(manager)).toBe(24);
    expect(await titles(manager, { limit: '100' })).toHaveLength(24);
  });
});

describe('reading', () => {
  it('marks one as read, again and again, for its reader alone', async () => {
    const admin = await platform.person('admin');
    await platform.deliver(tell, placed({ seller: 'house' }), placed({ seller: 'house' }));
    const [newest] = (await list(manager)).data;
    for (const _ of [1, 2]) {
      const { status, json } = await read(manager, newest.id);
      expect([status, json.data]).toEqual([200, { ...newest, read: true, _links: {} }]);
    }
    expect([await unreadOf(manager), await unreadOf(admin)]).toEqual([1, 2]);
    expect((await list(manager, { unread: 'false' })).data).toMatchObject([{ id: newest.id, read: true }]);
    expect((await list(manager, { unread: 'true' })).data).not.toContainEqual(
      expect.objectContaining({ id: newest.id }),
    );
  });
  it('answers 404 for a foreign one as for one that never was, and for one that has expired', async () => {
    await platform.deliver(tell, placed());
    const [{ id }] = (await list(seller)).data;
    const foreign = await read(buyer, id);
    const missing = await read(buyer, newId('notification'));
    expect([foreign.status, foreign.json.error]).toEqual([404, missing.json.error]);
    const db = platform.table.db({ table: { notifications: grant(notifications, 'update') } });
    await db.write(db.notifications.update({ feed: seller.id, id }, { set: { expires: 1 } }));
    expect((await read(seller, id)).status).toBe(404);
    expect(await titles(seller)).toEqual([]);
  });
  it('marks all as read at the same cost however many there are, and what comes later is unread', async () => {
    const cost = async () => {
      const { result, ...usage } = await platform.table.measure(() =>
        platform.call(readAll, { as: manager, body: {} }),
      );
      expect(result.status).toBe(204);
      return usage;
    };
    await platform.deliver(tell, placed({ seller: 'house' }), placed({ buyer: manager.id }));
    await cost();
    await platform.deliver(tell, placed({ seller: 'house' }), placed({ buyer: manager.id }));
    const few = await cost();
    for (let i = 0; i < 6; i++)
      await platform.deliver(tell, ...Array.from({ length: 10 }, () => placed({ seller: 'house', buyer: manager.id })));
    expect(await unreadOf(manager)).toBe(120);
    expect(await cost()).toEqual(few);
    expect(await unreadOf(manager)).toBe(0);
    expect((await list(manager)).pagination.totalItems).toBe(124);
    await platform.deliver(tell, placed({ buyer: manager.id }));
    expect(await unreadOf(manager)).toBe(1);
  });
  it('marks each and all at the same moment without losing one', async () => {
    await platform.deliver(tell, ...Array.from({ length: 6 }, () => placed({ seller: 'house' })));
    const { data } = await list(manager);
    const replies = await Promise.all(data.slice(0, 3).map(({ id }: { id: string }) => read(manager, id)));
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    expect(await unreadOf(manager)).toBe(3);
  });
});

describe('the list', () => {
  beforeEach(async () => {
    for (let i = 0; i < 4; i++)
      await platform.deliver(
        tell,
        placed({ buyer: manager.id, seller: seller.id }),
        placed({ seller: 'house' }),
        at(envelopeOf(stockLow, { seller: 'house', name: 'Jar' })),
        at(envelopeOf(suspiciousLogin, { userId: manager.id })),
      );
  });
  const walk = async (query: Record<string, string>) => {
    const ids: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const { data, pagination } = await list(manager, { ...query, ...(cursor && { cursor }) });
      ids.push(...data.map(({ id }: { id: string }) => id));
      expect(pagination.hasNextPage).toBe(pagination.nextCursor !== undefined);
      cursor = pagination.nextCursor;
      if (!cursor) return ids;
    }
  };
  it('is one of all that is told, newest first, by page and by cursor', async () => {
    const all = (await list(manager, { limit: '100' })).data.map(({ id }: { id: string }) => id);
    expect(all).toHaveLength(16);
    expect(all).toEqual([...all].sort().reverse());
    expect(await walk({ limit: '3' })).toEqual(all);
    expect(await walk({ limit: '4', order: 'asc' })).toEqual([...all].reverse());
    const second = await list(manager, { limit: '5', page: '2' });
    expect(second.data.map(({ id }: { id: string }) => id)).toEqual(all.slice(5, 10));
    expect(second.pagination).toMatchObject({ currentPage: 2, totalItems: 16, totalIsExact: true, totalPages: 4 });
  });
  it('is filtered by kind and by what is read', async () => {
    const kinds = async (kind: string) => (await list(manager, { kind, limit: '100' })).data.length;
    expect([await kinds('orderUpdates'), await kinds('lowStock'), await kinds('securityAlerts')]).toEqual([8, 4, 4]);
    expect(await kinds('productNews')).toBe(0);
    const [newest, ...rest] = await walk({ limit: '100' });
    await read(manager, newest as string);
    expect(await walk({ unread: 'true', limit: '2' })).toEqual(rest);
    expect(await walk({ unread: 'false' })).toEqual([newest]);
    expect(await walk({ unread: 'true', kind: 'securityAlerts', limit: '2' })).toHaveLength(3);
  });
  it('costs the same however much there is, and so does the number of unread ones', async () => {
    const cost = async (query: Record<string, string>) => {
      const { result, ...usage } = await platform.table.measure(() => list(manager, query));
      expect(result.pagination.hasNextPage).toBe(true);
      return usage;
    };
    const costs = async () => [await cost({ limit: '3' }), await cost({ limit: '1', unread: 'true' })];
    const before = await costs();
    for (let i = 0; i < 10; i++)
      await platform.deliver(tell, ...Array.from({ length: 10 }, () => placed({ buyer: manager.id, seller: 'house' })));
    expect(await costs()).toEqual(before);
    expect(await unreadOf(manager)).toBe(216);
  });
  it.each(['bm90LWEtY3Vyc29y', 'WyIxIiwiMCIsIngiXQ', 'e30'])('refuses what is no cursor of it: %s', async (cursor) => {
    const { error } = await list(manager, { cursor });
    expect(error.details.fields).toMatchObject([{ path: 'query.cursor' }]);
  });
  it('refuses pages too deep, and a page together with a cursor', async () => {
    expect((await list(manager, { page: '101', limit: '100' })).error.code).toBe('VALIDATION_ERROR');
    const { pagination } = await list(manager, { limit: '3' });
    expect((await list(manager, { page: '2', cursor: pagination.nextCursor })).error.code).toBe('VALIDATION_ERROR');
  });
});
