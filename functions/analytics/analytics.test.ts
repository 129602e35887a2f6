import { type Envelope, type EventDeclaration, typeOf } from '../../events/event.ts';
import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { userRegistered } from '../../events/users/user-registered.v1.ts';
import { newId } from '../../shared/ids.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler as count } from './on-business-event.count.ts';
import { handler as overview } from './overview.ts';
import { handler as series } from './series.ts';

let platform: Operations;
let manager: User;
let seller: User;

beforeAll(async () => {
  platform = await startOperations();
});
beforeEach(async () => {
  await platform.table.clear();
  manager = await platform.person('manager');
  seller = await platform.person('enterprise');
});
afterAll(() => platform.stop());

function envelope(event: EventDeclaration, data: object, time = '2026-11-20T10:00:00.000Z'): Envelope {
  return {
    specversion: '1.0',
    id: newId('event'),
    source: `mewayz.${event.area}`,
    type: typeOf(event),
    subject: 'subject',
    time,
    dataschema: 'schemas/x.json',
    datacontenttype: 'application/json',
    correlationid: 'request-1',
    actor: { id: 'system', type: 'system' },
    sequence: 1,
    data: { ...event.example, ...data },
  };
}
const placed = (data: object = {}) => envelope(orderPlaced, { placedAt: '2026-11-20T10:15:00.000Z', ...data });
const cancelled = (data: object = {}) => envelope(orderCancelled, { placedAt: '2026-11-20T10:15:00.000Z', ...data });

async function deliver(...events: Envelope[]) {
  const Records = events.map((detail, i) => ({
    messageId: String(i),
    body: JSON.stringify({ detail }),
    attributes: { ApproximateReceiveCount: '1' },
  }));
  const lambda = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 10_000 };
  return count({ Records } as never, lambda as never);
}
const period = { from: '2026-11-01', to: '2026-11-21' };
const figures = async (as = manager) => (await platform.call(overview, { as, query: period })).json.data;

test('orders, cancellations and registrations become figures', async () => {
  await deliver(
    placed({ total: 1_000 }),
    placed({ total: 500 }),
    cancelled({ total: 500 }),
    envelope(userRegistered, {}),
  );
  expect(await figures()).toMatchObject({
    period,
    previousPeriod: { from: '2026-10-11', to: '2026-10-31' },
    revenue: [{ currency: 'GBP', value: '10.00', previous: '0.00', change: null }],
    orders: { value: 1, previous: 0 },
    cancelledOrders: { value: 1 },
    averageOrderValue: [{ currency: 'GBP', value: '10.00' }],
    newUsers: { value: 1 },
  });
});

test('duplicates, disorder and replay change nothing', async () => {
  const events = [placed({ total: 700 }), cancelled({ total: 300 }), placed({ total: 300 })];
  await deliver(...events);
  const once = await figures();
  await deliver(...events.toReversed());
  await deliver(events[0] as Envelope, events[0] as Envelope, placed({ total: 200 }));
  expect(once.revenue[0].value).toBe('7.00');
  expect((await figures()).revenue[0].value).toBe('9.00');
});

test('a batch with a message that is no event counts the others and gives that one back', async () => {
  const broken = { ...placed(), data: {} };
  await expect(deliver(broken, placed({ total: 100 }))).resolves.toEqual({
    batchItemFailures: [{ itemIdentifier: '0' }],
  });
  expect((await figures()).orders.value).toBe(1);
});

test('sellers see their own sales and no users', async () => {
  await deliver(placed({ seller: seller.id, total: 250 }), placed({ total: 900 }), envelope(userRegistered, {}));
  const own = await figures(seller);
  expect(own.revenue).toMatchObject([{ value: '2.50' }]);
  expect(own).not.toHaveProperty('newUsers');
});

test('a series has a point for each step, in the currency asked for', async () => {
  await deliver(placed({ total: 1_000 }), placed({ currency: 'EUR', total: 300 }));
  const read = async (query: Record<string, string>) =>
    (await platform.call(series, { as: manager, query: { from: '2026-11-20', to: '2026-11-21', ...query } })).json.data
      .points;
  expect(await read({ metric: 'revenue' })).toEqual([
    { at: '2026-11-20T00:00:00.000Z', value: '10.00' },
    { at: '2026-11-21T00:00:00.000Z', value: '0.00' },
  ]);
  expect(await read({ metric: 'revenue', currency: 'EUR', granularity: 'month' })).toEqual([
    { at: '2026-11-01T00:00:00.000Z', value: '3.00' },
  ]);
  const hours = await read({ metric: 'orders', granularity: 'hour' });
  expect(hours).toHaveLength(48);
  expect(hours[10]).toEqual({ at: '2026-11-20T10:00:00.000Z', value: '2' });
});

test('both read one page of small steps beside the caller', async () => {
  await deliver(placed());
  const measured = await platform.table.measure(() => figures());
  expect(measured.requests).toEqual({ GetItem: 1, Query: 1 });
  expect(measured.readUnits).toBeLessThanOrEqual(1.5);
});

test.each([
  ['a period that ends before it begins', { from: '2026-11-21', to: '2026-11-01' }, 'query.to'],
  ['more than a year', { from: '2020-01-01', to: '2026-11-01' }, 'query.to'],
  ['a day that does not exist', { from: '2026-02-30' }, 'query.from'],
  ['a year out of bounds', { from: '9999-12-31' }, 'query.from'],
])('%s is refused by name', async (_, query, path) => {
  for (const [handler, more] of [
    [overview, {}],
    [series, { metric: 'orders' }],
  ] as const) {
    const { status, json } = await platform.call(handler, {
      as: manager,
      query: { ...query, ...more } as Record<string, string>,
    });
    expect([status, json.error.code, json.error.details.fields[0].path]).toEqual([400, 'VALIDATION_ERROR', path]);
  }
});

test('nobody reads figures without the right to', async () => {
  const user = await platform.person('user');
  for (const handler of [overview, series]) {
    expect((await platform.call(handler, { query: { metric: 'orders' } })).status).toBe(401);
    const { status, json } = await platform.call(handler, { as: user });
    expect([status, json.error.details.permission]).toEqual([403, 'analytics:read']);
  }
});
