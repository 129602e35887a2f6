/** Many at the same moment: nothing is sold twice, nothing is done twice. */
import { listOrders } from '../shared/contracts/orders/list-orders.ts';
import { placeOrder } from '../shared/contracts/orders/place-order.ts';
import { createProduct } from '../shared/contracts/products/create-product.ts';
import { listProducts } from '../shared/contracts/products/list-products.ts';
import { dataOf, type Reply } from './support/api.ts';
import { eventually } from './support/observe.ts';
import { newPerson, type Person } from './support/people.ts';
import { type RunningPlatform, startPlatform } from './support/platform.ts';
import { newProduct, stockOf } from './support/products.ts';

let platform: RunningPlatform;
let admin: Person;
let buyers: Person[];
beforeAll(async () => {
  platform = await startPlatform();
  admin = await newPerson(platform, 'admin');
  buyers = [await newPerson(platform, 'user'), await newPerson(platform, 'user')];
}, 60_000);
afterAll(() => platform?.stop());

const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));
const tally = (replies: readonly Reply[]) => {
  const counts: Record<string, number> = {};
  for (const { status, code } of replies) {
    const what = code ?? String(status);
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
};
/** The body without what belongs to the single request. */
const lasting = ({ json }: Reply) => ({ ...json, timestamp: undefined, requestId: undefined });
/** Sends again what was told to come back later, as its Retry-After says. */
async function patiently(send: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    const reply = await send();
    if (reply.code !== 'REQUEST_IN_PROGRESS') return reply;
    const seconds = Number(reply.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  }
}

test('of 200 concurrent orders of one unit, exactly the 50 that are in stock succeed', async () => {
  const productId = await newProduct(admin.api, 50);
  const body = { lines: [{ productId, quantity: 1 }] };
  const replies = await times(200, (index) => (buyers[index % 2] as Person).api.call(placeOrder, { body }));
  expect(tally(replies)).toEqual({ 201: 50, OUT_OF_STOCK: 150 });
  expect(await stockOf(admin.api, productId)).toBe(0);
  expect(new Set(replies.filter(({ status }) => status === 201).map(({ json }) => json.data.id)).size).toBe(50);
  for (const { status, json } of replies) {
    if (status === 409)
      expect(json.error.details.lines).toEqual([{ productId, name: 'Tea light', requested: 1, available: 0 }]);
  }
}, 60_000);

test('the same order 50 times at once with one Idempotency-Key is one order with 50 equal replies', async () => {
  const [buyer] = buyers as [Person];
  const productId = await newProduct(admin.api, 100, { name: 'Once' });
  const send = () =>
    buyer.api.call(placeOrder, {
      body: { lines: [{ productId, quantity: 3 }] },
      headers: { 'idempotency-key': 'the-one-order' },
    });
  const replies = await times(50, send);
  expect(tally(replies)).toEqual({ 201: 50 });
  const [first, ...others] = replies as [Reply, ...Reply[]];
  for (const other of others) {
    expect(lasting(other)).toEqual(lasting(first));
    expect(other.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(other.headers.get('location')).toBe(first.headers.get('location'));
  }
  expect(replies.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(49);
  expect(await stockOf(admin.api, productId)).toBe(97);
  await eventually('the order is in the list', async () => {
    const ids = dataOf(await buyer.api.call(listOrders, { query: { limit: '100' } })).map(
      ({ id }: { id: string }) => id,
    );
    return ids.includes(first.json.data.id);
  });
}, 60_000);

test('the same product 50 times at once with one Idempotency-Key is one product with 50 equal replies', async () => {
  const send = () =>
    admin.api.call(createProduct, {
      body: { name: 'Onlyone', price: '1.00', category: 'lighting', status: 'published' },
      headers: { 'idempotency-key': '"the-one-product"' },
    });
  const replies = await times(50, () => patiently(send));
  expect(tally(replies)).toEqual({ 201: 50 });
  const [first, ...others] = replies as [Reply, ...Reply[]];
  for (const other of others) expect(other.json.data).toEqual(first.json.data);
  expect(replies.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(49);
  // Lists follow by events: a second product would have arrived with the first.
  await eventually('the product is in the list', async () => {
    const { json } = await admin.api.call(listProducts, { query: { search: 'onlyone' } });
    return json.pagination.totalItems > 0;
  });
  const { json } = await admin.api.call(listProducts, { query: { search: 'onlyone' } });
  expect(json.pagination.totalItems).toBe(1);
}, 60_000);
