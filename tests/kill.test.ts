/** A platform that is killed in the middle of its work and started again: nothing is lost and nothing is done twice. */
import { ensureAccounts, loadProducts } from '../demo/load.ts';
import { overview } from '../shared/contracts/analytics/overview.ts';
import { getOrder } from '../shared/contracts/orders/get-order.ts';
import { listOrders } from '../shared/contracts/orders/list-orders.ts';
import { placeOrder } from '../shared/contracts/orders/place-order.ts';
import { dataOf, type Reply } from './support/api.ts';
import { archivedEvents } from './support/archive.ts';
import { deadLetters, eventually, type Mail, mailsTo } from './support/observe.ts';
import { newPerson, type Person } from './support/people.ts';
import { type RunningPlatform, startPlatform } from './support/platform.ts';
import { newProduct, stockOf } from './support/products.ts';

const ORDERS = 200;
const IN_FLIGHT = 16;
/** Enough are accepted by then, and enough are still on their way. */
const KILL_AFTER = 80;
const STOCK = 1_000;

let platform: RunningPlatform;
let admin: Person;
let buyer: Person;
let productId: string;
/** Reply to each order by its number; undefined: none came. */
const replies: (Reply | undefined)[] = [];

const quantityOf = (index: number) => 1 + (index % 3);
const place = (index: number) =>
  buyer.api.call(placeOrder, {
    body: { lines: [{ productId, quantity: quantityOf(index) }] },
    headers: { 'idempotency-key': `order-${index}` },
  });
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

beforeAll(async () => {
  platform = await startPlatform();
  admin = await newPerson(platform, 'admin');
  buyer = await newPerson(platform, 'user');
  productId = await newProduct(admin.api, STOCK);

  let next = 0;
  let accepted = 0;
  let killed: Promise<void> | undefined;
  const worker = async () => {
    for (let index = next++; index < ORDERS && !killed; index = next++) {
      replies[index] = await place(index).catch(() => undefined);
      if (replies[index]?.status === 201) accepted += 1;
      if (accepted === KILL_AFTER) killed ??= platform.kill();
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  await killed;
  platform = await startPlatform({ after: platform });
}, 120_000);
afterAll(() => platform?.stop());

test('every order that was accepted before the kill is there, as it was answered', async () => {
  const accepted = replies.filter((reply) => reply?.status === 201) as Reply[];
  expect(accepted.length).toBeGreaterThanOrEqual(KILL_AFTER);
  expect(accepted.length).toBeLessThan(ORDERS);
  await Promise.all(
    accepted.map(async ({ json }) => {
      const order = dataOf(await buyer.api.call(getOrder, { params: { id: json.data.id } }));
      expect(order).toEqual(json.data);
    }),
  );
}, 60_000);

test('the others, sent again with their keys, are placed once; then all have their stock, event, mail and figures, once', async () => {
  const others = replies.flatMap((reply, index) => (reply?.status === 201 ? [] : [index]));
  for (let index = replies.length; index < ORDERS; index++) others.push(index);
  const sender = async () => {
    for (let index = others.shift(); index !== undefined; index = others.shift()) {
      const reply = await place(index);
      expect(reply.status).toBe(201);
      replies[index] = reply;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, sender));
  const orders = replies.map((reply) => (reply as Reply).json.data as { id: string; number: string; total: string });
  expect(new Set(orders.map(({ id }) => id)).size).toBe(ORDERS);
  // And every one of them once more: still the same orders.
  for (let index = 0; index < ORDERS; index += 20) {
    const again = await place(index);
    expect(again.json.data).toEqual(orders[index]);
  }
  const quantities = Array.from({ length: ORDERS }, (_, index) => quantityOf(index));
  expect(await stockOf(admin.api, productId)).toBe(STOCK - sum(quantities));

  const mails = new Map<string, Mail[]>();
  await eventually(
    'every order has its mail, its place in the figures and in the lists',
    async () => {
      mails.clear();
      for (const mail of await mailsTo(platform, buyer.email)) {
        const number = /MW-[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(mail.subject)?.[0];
        if (number) mails.set(number, [...(mails.get(number) ?? []), mail]);
      }
      const figures = dataOf(await admin.api.call(overview));
      const { json } = await buyer.api.call(listOrders);
      return mails.size >= ORDERS && figures.orders.value >= ORDERS && json.pagination.totalItems >= ORDERS;
    },
    // The guarantee is that it happens, and once; how soon depends on the machine.
    { withinMs: 180_000, everyMs: 500 },
  );
  for (const { number } of orders) expect([number, mails.get(number)?.length]).toEqual([number, 1]);
  const figures = dataOf(await admin.api.call(overview));
  expect(figures.orders.value).toBe(ORDERS);
  const revenue = (sum(quantities) * 255) / 100;
  expect(figures.revenue).toEqual([expect.objectContaining({ currency: 'GBP', value: revenue.toFixed(2) })]);
  expect((await buyer.api.call(listOrders)).json.pagination.totalItems).toBe(ORDERS);

  const placed = (await archivedEvents(platform))
    .filter(({ name }) => name === 'OrderPlaced')
    .map(({ envelope }) => envelope);
  const idsOf = new Map<string, Set<string>>();
  for (const { subject, id } of placed) idsOf.set(subject, (idsOf.get(subject) ?? new Set()).add(id));
  expect(idsOf.size).toBe(ORDERS);
  for (const { id } of orders) expect([id, idsOf.get(id)?.size]).toEqual([id, 1]);
  expect(placed.every(({ sequence }) => sequence === 1)).toBe(true);
  expect(await deadLetters(platform)).toEqual([]);
}, 300_000);

test('the demo goes on with a product that it made without noting it', async () => {
  const sku = 'DEMO-1';
  const id = await newProduct(admin.api, 1, { sku });
  const target = { ...platform, base: platform.web };
  await ensureAccounts(target);
  const product = { name: 'Lantern', category: 'lighting', price: 250, status: 'published' } as const;
  const ids: Record<string, string> = {};
  await loadProducts(target, 'Products', [{ ...product, tags: [], sku, stock: 1, lowStockThreshold: 0 }], ids);
  expect(ids).toEqual({ [sku]: id });
});
