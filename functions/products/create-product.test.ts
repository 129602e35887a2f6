import { type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler } from './create-product.ts';
import { inventories, products } from './product.table.ts';
import { aProduct, create } from './testing.ts';

let platform: Operations;
let manager: User;
let seller: User;
beforeAll(async () => {
  platform = await startOperations();
  [manager, seller] = [await platform.person('manager'), await platform.person('enterprise')];
});
afterAll(() => platform.stop());

it('makes a product of the seller who creates it, with its stock and its event', async () => {
  const reply = await create(platform, seller, { sku: 'HEART-1' });
  expect(reply.json.data ?? reply.json).toMatchObject({
    seller: seller.id,
    name: 'White hanging heart',
    price: '2.55',
    currency: 'GBP',
    tags: ['gift'],
    sku: 'HEART-1',
    status: 'published',
    inventory: { stock: 12, lowStockThreshold: 3, trackInventory: true, state: 'in_stock' },
    createdBy: seller.id,
    version: 1,
    _links: { self: {}, update: { method: 'PATCH' }, delete: { method: 'DELETE' } },
  });
  expect(reply.status).toBe(201);
  const { id } = reply.json.data;
  expect(reply.headers.location).toBe(`/api/v1/products/${id}`);
  expect(await platform.ridingOn(products, { id })).toEqual(['ProductCreated']);
  expect(await platform.ridingOn(inventories, { productId: id })).toEqual([]);
});
it('gives what staff create to the house', async () => {
  const { json } = await create(platform, manager);
  expect(json.data).toMatchObject({ seller: 'house', createdBy: manager.id });
});
it('begins as a draft without stock when nothing else is said', async () => {
  const body = { name: 'Mug', price: 3, category: 'Kitchen' };
  const { json } = await platform.call(handler, { as: seller, body });
  expect(json.data).toMatchObject({ status: 'draft', price: '3.00', inventory: { stock: 0, state: 'out_of_stock' } });
});
it('refuses a stock code that another product of the seller has, in whatever case', async () => {
  await create(platform, seller, { sku: 'TWICE' });
  const { status, json } = await create(platform, seller, { sku: 'twice' });
  expect([status, json.error.code, json.error.details]).toEqual([409, 'DUPLICATE_ENTITY', { field: 'body.sku' }]);
});
it('leaves stock codes to each seller', async () => {
  await create(platform, seller, { sku: 'SHARED' });
  expect((await create(platform, manager, { sku: 'SHARED' })).status).toBe(201);
});
it('refuses a price with more decimals than the currency has', async () => {
  const { status, json } = await create(platform, seller, { price: '100.50', currency: 'JPY' });
  expect([status, json.error.details.fields[0].path]).toEqual([400, 'body.price']);
});
it('names every field that is wrong, and takes no field that is not its own', async () => {
  const { status, json } = await platform.call(handler, {
    as: seller,
    body: { ...aProduct, name: ' ', price: '-1', seller: 'house', inventory: { stock: 1.5 } },
  });
  expect(status).toBe(400);
  expect(json.error.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
    'body.inventory.stock',
    'body.name',
    'body.price',
    'body.seller',
  ]);
});
it('refuses half a character, which no table can hold', async () => {
  const { status, json } = await create(platform, seller, { name: 'A \ud800 lamp' });
  expect([status, json.error.code]).toEqual([400, 'MALFORMED_BODY']);
  expect((await create(platform, seller, { name: 'A \ud83d\ude00 lamp' })).json.data.name).toBe('A 😀 lamp');
});
it('makes one product of a request that is sent twice with one key', async () => {
  const headers = { 'idempotency-key': 'create-a-heart-once' };
  const first = await platform.call(handler, { as: seller, body: aProduct, headers });
  const again = await platform.call(handler, { as: seller, body: aProduct, headers });
  expect(again.json.data.id).toBe(first.json.data.id);
});
it.each([undefined, 'LOST-1'])(
  'makes one product (stock code: %s) when the reply to the first request was lost',
  async (sku) => {
    const headers = { 'idempotency-key': `create-a-heart-${sku}` };
    const body = { ...aProduct, sku };
    const first = await platform.call(handler, { as: seller, body, headers });
    await platform.loseReply(handler, seller, headers['idempotency-key']);
    const again = await platform.call(handler, { as: seller, body, headers });
    expect([again.status, again.json.data]).toEqual([201, first.json.data]);
    expect(again.headers).not.toHaveProperty('idempotency-replayed');
  },
);
it('is for sellers and staff', async () => {
  expect((await platform.call(handler, { body: aProduct })).status).toBe(401);
  const { status, json } = await create(platform, await platform.person('user'));
  expect([status, json.error.details]).toEqual([403, { permission: 'products:write' }]);
});
