import { newId } from '../../shared/ids.ts';
import { grant } from '../platform/entity.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import { type Inventory, inventories } from '../products/product.table.ts';
import type { User } from '../users/user.table.ts';
import { orders } from './order.table.ts';
import { handler } from './place-order.ts';
import { onSale as onSaleAt, stockOf as stockAt } from './testing.ts';

let platform: Operations;
let buyer: User;
const seed = () =>
  platform.table.db({
    table: { stock: grant(inventories, 'put', 'get', 'update'), orders: grant(orders, 'get') },
  });

beforeAll(async () => {
  platform = await startOperations();
  buyer = await platform.person('user');
});
afterAll(() => platform.stop());

const onSale = (changes: Partial<Inventory> = {}) => onSaleAt(platform, changes);
const stockOf = (item: Inventory) => stockAt(platform, item);
const order = (...lines: [Inventory, number][]) => ({
  lines: lines.map(([{ productId }, quantity]) => ({ productId, quantity })),
});
const place = (body: unknown, key?: string, as: User | undefined = buyer) =>
  platform.call(handler, { as, body, headers: key ? { 'idempotency-key': key } : {} });

it('takes the stock, fixes the prices and answers with the order', async () => {
  const mug = await onSale({ name: 'Mug', unitPrice: 120 });
  const heart = await onSale();
  const reply = await place(order([mug, 3], [heart, 1]));
  expect(reply.json.data ?? reply.json).toMatchObject({
    status: 'pending',
    seller: 'house',
    buyer: buyer.id,
    currency: 'GBP',
    total: '6.15',
    itemCount: 4,
    lines: [
      { productId: mug.productId, name: 'Mug', quantity: 3, unitPrice: '1.20', total: '3.60' },
      { productId: heart.productId, quantity: 1, unitPrice: '2.55', total: '2.55' },
    ],
    version: 1,
    _links: { self: { method: 'GET' }, cancel: { method: 'POST' } },
  });
  expect(reply.status).toBe(201);
  expect(reply.headers.location).toBe(`/api/v1/orders/${reply.json.data.id}`);
  expect([await stockOf(mug), await stockOf(heart)]).toEqual([7, 9]);
});
it('writes an order of three lines with at most ten units and two requests', async () => {
  const items = [await onSale(), await onSale(), await onSale()];
  const body = order(...items.map((item): [Inventory, number] => [item, 2]));
  await place(order([await onSale(), 1]));
  const usage = await platform.table.measure(() => place(body, 'a-key-of-some-length-1234567890'));
  expect(usage.result.status).toBe(201);
  expect(usage.writeUnits).toBeLessThanOrEqual(10);
  expect(usage.requests).toEqual({ GetItem: 1, BatchGetItem: 1, TransactWriteItems: 1 });
});
it('keeps what the product cost at the moment of the order', async () => {
  const item = await onSale();
  const { json } = await place(order([item, 1]));
  const db = seed();
  await db.write(db.stock.update({ productId: item.productId }, { set: { unitPrice: 999 } }));
  expect((await db.orders.get({ id: json.data.id }))?.lines[0]?.u).toBe(255);
});
it('takes nothing from stock that is not counted', async () => {
  const item = await onSale({ trackInventory: false, stock: 0 });
  expect((await place(order([item, 500]))).status).toBe(201);
  expect(await stockOf(item)).toBe(0);
});
it('answers OUT_OF_STOCK with every line that is short, and takes nothing', async () => {
  const scarce = await onSale({ stock: 1 });
  const plenty = await onSale();
  const { status, json } = await place(order([scarce, 2], [plenty, 1]));
  expect(status).toBe(409);
  expect(json.error).toMatchObject({
    code: 'OUT_OF_STOCK',
    details: { lines: [{ productId: scarce.productId, requested: 2, available: 1 }] },
  });
  expect([await stockOf(scarce), await stockOf(plenty)]).toEqual([1, 10]);
});
it('answers PRODUCT_UNAVAILABLE for what is not for sale and for what does not exist', async () => {
  const draft = await onSale({ sellable: false });
  const missing = { ...draft, productId: newId('product') };
  const { status, json } = await place(order([draft, 1], [missing, 1], [await onSale(), 1]));
  expect(status).toBe(409);
  expect(json.error).toMatchObject({
    code: 'PRODUCT_UNAVAILABLE',
    details: { lines: [{ productId: draft.productId }, { productId: missing.productId }] },
  });
});
it('answers MIXED_SELLERS with the orders that would work', async () => {
  const house = await onSale();
  const other = await onSale({ seller: newId('user') });
  const { status, json } = await place(order([house, 1], [other, 2]));
  expect(status).toBe(409);
  expect(json.error.code).toBe('MIXED_SELLERS');
  for (const part of json.error.details.split) expect((await place({ lines: part.lines })).status).toBe(201);
});
it('refuses two currencies in one order', async () => {
  const { json } = await place(order([await onSale(), 1], [await onSale({ currency: 'EUR' }), 1]));
  expect(json.error).toMatchObject({ code: 'MIXED_SELLERS', message: 'An order is in one currency.' });
});
it('answers a repeat with the same order, even when nothing is left', async () => {
  const item = await onSale({ stock: 2 });
  const key = newId('event');
  const first = await place(order([item, 2]), key);
  const again = await place(order([item, 2]), key);
  expect(again.status).toBe(201);
  expect(again.json.data).toEqual(first.json.data);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(await stockOf(item)).toBe(0);
});
it('makes one order of fifty simultaneous requests with one key', async () => {
  const item = await onSale({ stock: 100 });
  const key = newId('event');
  const replies = await Promise.all(Array.from({ length: 50 }, () => place(order([item, 1]), key)));
  expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([201]));
  expect(new Set(replies.map((reply) => JSON.stringify(reply.json.data))).size).toBe(1);
  expect(await stockOf(item)).toBe(99);
}, 30_000);
it('never sells more than there is', async () => {
  const item = await onSale({ stock: 5 });
  const replies = await Promise.all(Array.from({ length: 20 }, () => place(order([item, 1]))));
  const codes = replies.map((reply) => reply.json.error?.code ?? reply.status);
  expect(codes.filter((code) => code === 201)).toHaveLength(5);
  expect(codes.filter((code) => code === 'OUT_OF_STOCK')).toHaveLength(15);
  expect(await stockOf(item)).toBe(0);
}, 30_000);
it('answers another body under the same key with IDEMPOTENCY_CONFLICT', async () => {
  const item = await onSale();
  const key = newId('event');
  await place(order([item, 1]), key);
  const { status, json } = await place(order([item, 2]), key);
  expect([status, json.error.code]).toEqual([422, 'IDEMPOTENCY_CONFLICT']);
  expect(await stockOf(item)).toBe(9);
});
it('keeps the keys of different callers apart', async () => {
  const item = await onSale();
  const key = newId('event');
  const mine = await place(order([item, 1]), key);
  const theirs = await place(order([item, 1]), key, await platform.person('user'));
  expect(theirs.json.data.id).not.toBe(mine.json.data.id);
});
it('names every field that is wrong', async () => {
  const item = await onSale();
  const line = { productId: item.productId, quantity: 1 };
  const { status, json } = await place({
    lines: [line, line, { productId: 'prd_1', quantity: 10_001 }],
    shippingAddress: { country: 'GBR' },
    total: '0.01',
  });
  expect(status).toBe(400);
  expect(json.error.details.fields.map((field: { path: string }) => field.path).sort()).toEqual(
    expect.arrayContaining([
      'body.lines[1].productId',
      'body.lines[2].productId',
      'body.lines[2].quantity',
      'body.shippingAddress.country',
      'body.shippingAddress.name',
      'body.total',
    ]),
  );
});
it('is for those who are signed in', async () => {
  const { status, json } = await platform.call(handler, { body: order([await onSale(), 1]) });
  expect([status, json.error.code]).toEqual([401, 'UNAUTHENTICATED']);
});
it('refuses somebody who was suspended a moment ago', async () => {
  const suspended = await platform.person('user', { status: 'suspended' });
  expect((await place(order([await onSale(), 1]), undefined, suspended)).status).toBe(401);
});
