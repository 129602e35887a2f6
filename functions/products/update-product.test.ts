import { newId } from '../../shared/ids.ts';
import { grant } from '../platform/entity.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { inventories, products } from './product.table.ts';
import { create } from './testing.ts';
import { handler } from './update-product.ts';

let platform: Operations;
let seller: User;
beforeAll(async () => {
  platform = await startOperations();
  seller = await platform.person('enterprise');
});
afterAll(() => platform.stop());
const made = async (changes: object = {}) => (await create(platform, seller, changes)).json.data;
const patch = (id: string, body: object, as: User | undefined = seller, headers: Record<string, string> = {}) =>
  platform.call(handler, { as, params: { id }, body, headers });
const inventoryOf = (productId: string) =>
  platform.table
    .db({ table: { inventories: grant(inventories, 'get') } })
    .inventories.get({ productId }, { consistent: true });

it('changes what is sent and nothing else, with its event', async () => {
  const before = await made();
  const { status, json } = await patch(before.id, { price: '3.10', tags: ['new', 'new'] });
  expect(status).toBe(200);
  expect(json.data).toEqual({
    ...before,
    price: '3.10',
    tags: ['new'],
    version: 2,
    updatedAt: json.data.updatedAt,
  });
  expect(await platform.ridingOn(products, { id: before.id })).toEqual(['ProductUpdated']);
});
it('writes and tells nothing when nothing changes', async () => {
  const before = await made();
  const { json } = await patch(before.id, { name: before.name, inventory: { stock: 12 } });
  expect(json.data).toEqual(before);
  expect(await platform.ridingOn(products, { id: before.id })).toEqual(['ProductCreated']);
});
it('lets orders see a new price and a new state at the same moment', async () => {
  const { id } = await made();
  await patch(id, { price: '9.99', status: 'draft' });
  expect(await inventoryOf(id)).toMatchObject({ unitPrice: 999, sellable: false });
});
it('tells when it makes the stock low, and not when orders did', async () => {
  const { id } = await made();
  const db = platform.table.db({ table: { stock: grant(inventories, 'update') } });
  await patch(id, { inventory: { stock: 2 } });
  expect(await platform.ridingOn(inventories, { productId: id })).toEqual(['StockLow']);
  await patch(id, { inventory: { stock: 12 } });
  await db.write(db.stock.update({ productId: id }, { add: { stock: -11 } }));
  await patch(id, { price: '3' });
  expect(await platform.ridingOn(inventories, { productId: id })).toEqual([]);
  expect(await inventoryOf(id)).toMatchObject({ stockState: 'in_stock', unitPrice: 300 });
});
it('tells that a product was archived', async () => {
  const { id } = await made();
  await patch(id, { status: 'archived' });
  expect(await platform.ridingOn(products, { id })).toEqual(['ProductArchived']);
});
it('moves the guard with the stock code', async () => {
  const { id } = await made({ sku: 'OLD-1' });
  expect((await patch(id, { sku: 'NEW-1' })).status).toBe(200);
  expect((await create(platform, seller, { sku: 'OLD-1' })).status).toBe(201);
  expect((await create(platform, seller, { sku: 'NEW-1' })).status).toBe(409);
  expect((await patch(id, { sku: null })).json.data.sku).toBeUndefined();
  expect((await create(platform, seller, { sku: 'NEW-1' })).status).toBe(201);
});
it('refuses a stock code that is taken, and changes nothing', async () => {
  await made({ sku: 'TAKEN' });
  const { id, version } = await made();
  const { status, json } = await patch(id, { sku: 'taken', name: 'Other' });
  expect([status, json.error.code]).toEqual([409, 'DUPLICATE_ENTITY']);
  expect((await patch(id, {})).json.data).toMatchObject({ name: 'White hanging heart', version });
});
it('refuses a change of what somebody else changed since it was read', async () => {
  const { id } = await made();
  const etag = '"1-12i.json"';
  expect((await patch(id, { name: 'First' }, seller, { 'if-match': etag })).status).toBe(200);
  const { status, json } = await patch(id, { name: 'Second' }, seller, { 'if-match': etag });
  expect([status, json.error.code]).toEqual([412, 'PRECONDITION_FAILED']);
});
it('does not mind that orders took stock since it was read', async () => {
  const { id } = await made();
  const db = platform.table.db({ table: { stock: grant(inventories, 'update') } });
  await db.write(db.stock.update({ productId: id }, { add: { stock: -5 } }));
  const { status, json } = await patch(id, { name: 'Heart' }, seller, { 'if-match': '"1-12i.json"' });
  expect([status, json.data.inventory.stock]).toEqual([200, 7]);
});
it('lets exactly one of many simultaneous changes of one version through each time', async () => {
  const { id } = await made();
  const replies = await Promise.all(Array.from({ length: 10 }, (_, i) => patch(id, { name: `Name ${i}` })));
  const done = replies.filter(({ status }) => status === 200);
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 409]));
  expect(new Set(done.map(({ json }) => json.data.version)).size).toBe(done.length);
});
it('needs a price with a new currency', async () => {
  const { id } = await made();
  expect((await patch(id, { currency: 'JPY' })).json.error.details.fields[0].path).toBe('body.price');
  expect((await patch(id, { currency: 'JPY', price: 300 })).json.data).toMatchObject({ price: '300', currency: 'JPY' });
});
it('lets staff change any product, sellers their own; what is foreign or missing looks the same', async () => {
  const { id } = await made();
  expect((await patch(id, { status: 'draft' }, await platform.person('moderator'))).status).toBe(200);
  const foreign = await patch(id, { name: 'Mine' }, await platform.person('enterprise'));
  const missing = await patch(newId('product'), { name: 'Mine' });
  expect([foreign.status, foreign.json.error]).toEqual([404, missing.json.error]);
});
it('is for sellers and staff, and names fields that are wrong', async () => {
  const { id } = await made();
  expect((await platform.call(handler, { params: { id }, body: {} })).status).toBe(401);
  expect((await patch(id, {}, await platform.person('user'))).status).toBe(403);
  const { json } = await patch(id, { seller: 'house', status: 'gone' });
  expect(json.error.details.fields.map(({ path }: { path: string }) => path).sort()).toEqual([
    'body.seller',
    'body.status',
  ]);
});
