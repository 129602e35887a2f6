import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { newId } from '../../shared/ids.ts';
import { grant } from '../platform/entity.ts';
import { envelopeOf, type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler as cancelOrder } from './cancel-order.ts';
import { handler } from './list-orders.ts';
import { handler as index } from './on-order-changed.index.ts';
import { type Order, orders } from './order.table.ts';

let platform: Operations;
let buyer: User;
let seller: User;
let manager: User;
const made: Order[] = [];

async function order(total: number, day: string, changes: Partial<Order> = {}): Promise<Order> {
  const item: Order = {
    id: newId('order'),
    seller: 'house',
    buyer: buyer.id,
    currency: 'GBP',
    total,
    lines: [{ p: newId('product'), n: 'Heart', q: 3, u: total / 3 }],
    status: 'pending',
    createdAt: `${day}T10:00:00.000Z`,
    version: 1,
    ...changes,
  };
  const db = platform.table.db({ table: { orders: grant(orders, 'put') } });
  await db.write(db.orders.put(item));
  // Twice, as queues do.
  const event = envelopeOf(orderPlaced, { orderId: item.id });
  expect(await platform.deliver(index, event, event)).toBe(0);
  made.push(item);
  return item;
}
beforeAll(async () => {
  platform = await startOperations();
  [buyer, seller, manager] = [
    await platform.person('user'),
    await platform.person('enterprise'),
    await platform.person('manager'),
  ];
  await order(300, '2026-11-01');
  await order(600, '2026-11-02', { seller: seller.id });
  await order(900, '2026-11-03', { buyer: seller.id });
  await order(1_200, '2026-11-04', { status: 'paid', buyer: manager.id });
});
afterAll(() => platform.stop());

const list = (query: Record<string, string> = {}, as: User | undefined = manager) =>
  platform.call(handler, { as, query: { order: 'asc', ...query } });
const totals = async (query: Record<string, string> = {}, as: User = manager) => {
  const { status, json } = await list(query, as);
  expect(json.error ?? status).toBe(200);
  return json.data.map((item: { total: string }) => item.total);
};

it('shows managers all orders, buyers and sellers their own', async () => {
  expect(await totals()).toEqual(['3.00', '6.00', '9.00', '12.00']);
  expect(await totals({}, buyer)).toEqual(['3.00', '6.00']);
  expect(await totals({}, seller)).toEqual(['6.00', '9.00']);
  expect(await totals({}, await platform.person('user'))).toEqual([]);
});
it('gives the essence of each order with its links and the exact total', async () => {
  const { json } = await list({}, buyer);
  expect(json.data[0]).toMatchObject({
    id: made[0]?.id,
    number: expect.stringMatching(/^MW-[0-9A-Z]{5}-[0-9A-Z]{5}$/),
    status: 'pending',
    itemCount: 3,
    placedAt: '2026-11-01T10:00:00.000Z',
    _links: { self: {}, cancel: { method: 'POST' } },
  });
  expect(json.pagination).toMatchObject({ totalItems: 2, totalIsExact: true });
});
it.each([
  [{ status: 'paid' }, ['12.00']],
  [{ sort: 'total', order: 'desc' }, ['12.00', '9.00', '6.00', '3.00']],
  [{ minTotal: '6', maxTotal: '9.00' }, ['6.00', '9.00']],
  [{ minTotal: '6', maxTotal: '9', sort: 'total' }, ['6.00', '9.00']],
  [{ createdAfter: '2026-11-02', createdBefore: '2026-11-04' }, ['6.00', '9.00']],
  [{ createdAfter: '2026-11-02T10:00:00Z', createdBefore: '2026-11-03T10:00:00Z', sort: 'total' }, ['6.00']],
  [{ createdAfter: '2026-11-04', createdBefore: '2026-11-02' }, []],
])('answers %j', async (query, expected) => {
  expect(await totals(query as Record<string, string>)).toEqual(expected);
});
it('finds an order by the beginning of its number, written in whatever way', async () => {
  const { json } = await list({ sort: 'total' });
  const [first] = json.data;
  for (const search of [first.number, first.number.toLowerCase(), first.number.slice(0, 9), first.number.slice(3, 9)])
    expect(await totals({ search })).toContain(first.total);
  expect(await totals({ search: first.number, status: 'paid' })).toEqual([]);
});
it('filters by who placed it, within what the caller may see', async () => {
  expect(await totals({ user: seller.id })).toEqual(['9.00']);
  expect(await totals({ user: buyer.id }, seller)).toEqual(['6.00']);
  expect(await totals({ user: manager.id }, buyer)).toEqual([]);
});
it('moves an order to its new state after a cancellation', async () => {
  const item = await order(1_500, '2026-11-05', {
    lines: [{ p: newId('product'), n: 'Heart', q: 1, u: 1_500, f: true }],
  });
  await platform.call(cancelOrder, { as: buyer, params: { id: item.id }, body: {} });
  await platform.deliver(index, envelopeOf(orderCancelled, { orderId: item.id }));
  expect(await totals({ status: 'cancelled' }, buyer)).toEqual(['15.00']);
  expect((await list({ status: 'pending' }, buyer)).json.pagination.totalItems).toBe(2);
});
it('is for those who are signed in, and names parameters that are wrong', async () => {
  expect((await platform.call(handler, {})).status).toBe(401);
  const { status, json } = await list({ status: 'lost', search: '%', user: 'me' });
  expect(status).toBe(400);
  expect(json.error.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
    'query.search',
    'query.status',
    'query.user',
  ]);
});
