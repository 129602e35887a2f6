import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { productCreated } from '../../events/products/product-created.v1.ts';
import { productExample } from '../../events/products/product-data.ts';
import { grant } from '../platform/entity.ts';
import { envelopeOf, type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler as deleteProduct } from './delete-product.ts';
import { handler as listProducts } from './list-products.ts';
import { handler } from './on-order-changed.stock.ts';
import { handler as index } from './on-product-changed.index.ts';
import { inventories } from './product.table.ts';
import { create } from './testing.ts';

let platform: Operations;
let manager: User;
beforeAll(async () => {
  platform = await startOperations();
});
beforeEach(async () => {
  await platform.table.clear();
  manager = await platform.person('manager');
});
afterAll(() => platform.stop());

const inventoryDb = () => platform.table.db({ table: { stock: grant(inventories, 'get', 'update') } });
async function made(stock: number): Promise<string> {
  const inventory = { stock, lowStockThreshold: 3 };
  const { id } = (await create(platform, manager, { inventory })).json.data;
  await platform.deliver(index, envelopeOf(productCreated, { ...productExample, productId: id }));
  return id;
}
async function setStock(productId: string, stock: number): Promise<void> {
  const db = inventoryDb();
  await db.write(db.stock.update({ productId }, { set: { stock } }));
}
const placed = (productId: string) =>
  envelopeOf(orderPlaced, { lines: [{ productId, name: 'x', quantity: 1, unitPrice: 1, total: 1 }] });
const cancelled = (productId: string) => envelopeOf(orderCancelled, { lines: [{ productId, quantity: 1 }] });
const listed = async (query: Record<string, string> = {}) =>
  (await platform.call(listProducts, { as: manager, query })).json.data;
const riding = (productId: string) => platform.ridingOn(inventories, { productId });

it('tells once when stock falls to the threshold, however often the message comes', async () => {
  const id = await made(10);
  await setStock(id, 3);
  expect(await platform.deliver(handler, placed(id), placed(id))).toBe(0);
  expect(await riding(id)).toEqual(['StockLow']);
  expect((await inventoryDb().stock.get({ productId: id }))?.stockState).toBe('low_stock');
  const db = inventoryDb();
  await db.write(db.stock.update({ productId: id }, { add: { stock: -1 } }));
  await platform.deliver(handler, placed(id));
  expect(await riding(id)).toEqual([]);
});
it('tells when stock falls to nothing at once, and not again on the way there by steps', async () => {
  const id = await made(10);
  await setStock(id, 0);
  await platform.deliver(handler, placed(id));
  expect(await riding(id)).toEqual(['StockLow']);
  expect((await listed())[0].stockState).toBe('out_of_stock');
  await setStock(id, 2);
  await platform.deliver(handler, cancelled(id));
  expect(await riding(id)).toEqual([]);
  expect((await listed())[0].stockState).toBe('low_stock');
});
it('restores the state after a cancellation, so that the next fall is told again', async () => {
  const id = await made(10);
  await setStock(id, 1);
  await platform.deliver(handler, placed(id));
  await setStock(id, 10);
  await platform.deliver(handler, cancelled(id));
  expect((await listed())[0].stockState).toBe('in_stock');
  await setStock(id, 1);
  await platform.deliver(handler, placed(id));
  expect(await riding(id)).toEqual(['StockLow']);
});
it('keeps the order by stock up to date', async () => {
  const [first, second] = [await made(5), await made(8)];
  const order = async () => (await listed({ sort: 'stock', order: 'asc' })).map((item: { id: string }) => item.id);
  expect(await order()).toEqual([first, second]);
  await setStock(second, 4);
  await platform.deliver(handler, placed(second));
  expect(await order()).toEqual([second, first]);
});
it('takes deleted products out of every list', async () => {
  const id = await made(5);
  await platform.call(deleteProduct, { as: manager, params: { id } });
  await platform.deliver(index, envelopeOf(productCreated, { ...productExample, productId: id }));
  expect([await listed(), await listed({ sort: 'stock' })]).toEqual([[], []]);
});
it.each(['𠀀𠀁𠀂 \u{1d49c}', '\ufdfa'.repeat(60), 'a'.repeat(60)])(
  'lists and lists again what has odd characters: %j',
  async (odd) => {
    const reply = await create(platform, manager, { name: `${odd} x`, category: odd, tags: [odd.slice(0, 40)] });
    expect(reply.status).toBe(201);
    const { id } = reply.json.data;
    const event = envelopeOf(productCreated, { ...productExample, productId: id });
    expect(await platform.deliver(index, event)).toBe(0);
    await setStock(id, 0);
    expect(await platform.deliver(handler, placed(id))).toBe(0);
    expect(await platform.deliver(index, event)).toBe(0);
    expect(await listed({ category: odd })).toMatchObject([{ id, stockState: 'out_of_stock' }]);
  },
);
