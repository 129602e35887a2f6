import { newId } from '../../shared/ids.ts';
import { grant } from '../platform/entity.ts';
import { aUser, type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler } from './list-products.ts';
import { productList, productStockList } from './product.list.ts';
import { inventories, type ProductStatus } from './product.table.ts';
import type { ProductWithStock } from './product.ts';

let platform: Operations;
let seller: User;
let user: User;
let manager: User;

const made = (name: string, price: number, stock: number, changes: Partial<ProductWithStock['product']> = {}) => {
  const at = new Date().toISOString();
  const id = newId('product');
  const product = {
    id,
    seller: 'house',
    name,
    description: '',
    price,
    currency: 'GBP' as const,
    category: 'Lighting',
    tags: [] as string[],
    status: 'published' as ProductStatus,
    createdAt: at,
    createdBy: manager.id,
    updatedAt: at,
    updatedBy: manager.id,
    version: 1,
    ...changes,
  };
  const inventory = {
    productId: id,
    seller: product.seller,
    name,
    unitPrice: price,
    currency: product.currency,
    sellable: true,
    trackInventory: true,
    stock,
    lowStockThreshold: 2,
    stockState: 'in_stock' as const,
  };
  return { product, inventory };
};

beforeAll(async () => {
  platform = await startOperations();
  manager = await platform.person('manager');
  seller = await platform.person('enterprise');
  user = await platform.person('user');
  const items: ProductWithStock[] = [
    made('White hanging heart', 255, 12, { sku: '85123A', tags: ['gift'] }),
    made('Crème candle', 1_000, 0, { tags: ['candle', 'gift'] }),
    made('Heart of wicker', 95, 3, { category: 'Home' }),
    made('Yen mug', 300, 7, { currency: 'JPY', category: 'Kitchen' }),
    made('Seller lamp', 4_000, 1, { seller: seller.id, createdBy: seller.id }),
    made('Secret heart', 500, 5, { seller: seller.id, createdBy: seller.id, status: 'draft' }),
    made('House heart draft', 600, 5, { status: 'draft' }),
    made('Gone heart', 700, 5, { status: 'archived', deletedAt: '2026-01-01T00:00:00.000Z' }),
  ];
  const db = platform.table.db({
    table: {
      rows: grant(productList.entity, 'put'),
      stock: grant(productStockList.entity, 'put'),
      inventories: grant(inventories, 'put'),
    },
  });
  for (const row of productList.rowsOf(items)) await db.write(db.rows.put(row));
  for (const row of productStockList.rowsOf(items)) await db.write(db.stock.put(row));
  for (const { inventory } of items) await db.write(db.inventories.put(inventory));
});
afterAll(() => platform.stop());

const list = (query: Record<string, string> = {}, as: User | undefined = user) =>
  platform.call(handler, { as, query: { sort: 'name', order: 'asc', ...query } });
const names = async (query: Record<string, string> = {}, as: User = user) => {
  const { status, json } = await list(query, as);
  expect(json.error ?? status).toBe(200);
  return json.data.map((item: { name: string }) => item.name);
};
const published = ['Crème candle', 'Heart of wicker', 'Seller lamp', 'White hanging heart', 'Yen mug'];

it('lists what is published, with a total and links', async () => {
  const { json } = await list({ limit: '2' });
  expect(json.data.map((item: { name: string }) => item.name)).toEqual(published.slice(0, 2));
  expect(json.pagination).toMatchObject({ totalItems: 5, totalIsExact: true, totalPages: 3, hasNextPage: true });
  expect(json.data[0]).toMatchObject({
    price: '10.00',
    stockState: 'out_of_stock',
    _links: { self: { method: 'GET' } },
  });
  expect(json.data[0]._links.update).toBeUndefined();
});
it('walks all of it by cursor, each item once', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { json } = await list({ limit: '2', ...(cursor && { cursor }) });
    seen.push(...json.data.map((item: { name: string }) => item.name));
    cursor = json.pagination.nextCursor;
  } while (cursor);
  expect(seen).toEqual(published);
});
it.each([
  [{ search: 'heart' }, ['Heart of wicker', 'White hanging heart']],
  [{ search: 'HEA' }, ['Heart of wicker', 'White hanging heart']],
  [{ search: 'whi hear' }, ['White hanging heart']],
  [{ search: 'creme' }, ['Crème candle']],
  [{ search: '85123a' }, ['White hanging heart']],
  [{ search: '--' }, []],
  [{ search: 'heart', sort: 'stock' }, ['Heart of wicker', 'White hanging heart']],
  [{ category: 'lighting' }, ['Crème candle', 'Seller lamp', 'White hanging heart']],
  [{ tag: 'gift' }, ['Crème candle', 'White hanging heart']],
  [{ tag: 'gift', inStock: 'true' }, ['White hanging heart']],
  [{ inStock: 'false' }, ['Crème candle']],
  [{ creator: 'house', category: 'Home' }, ['Heart of wicker']],
  [{ minPrice: '3', maxPrice: '40.00' }, ['Crème candle', 'Seller lamp']],
  [{ minPrice: '2.55', maxPrice: '10', sort: 'price', order: 'desc' }, ['Crème candle', 'White hanging heart']],
  [{ sort: 'price' }, ['Heart of wicker', 'White hanging heart', 'Crème candle', 'Seller lamp', 'Yen mug']],
  [
    { sort: 'stock', order: 'desc' },
    ['White hanging heart', 'Yen mug', 'Heart of wicker', 'Seller lamp', 'Crème candle'],
  ],
  [{ sort: 'stock', creator: 'house', category: 'Lighting' }, ['Crème candle', 'White hanging heart']],
  [{ sort: 'stock', tag: 'gift' }, ['Crème candle', 'White hanging heart']],
])('answers %j', async (query, expected) => {
  expect(await names(query)).toEqual(expected);
});
it('shows staff everything that is not deleted, by one list over all states', async () => {
  expect(await names({ search: 'heart' }, manager)).toEqual([
    'Heart of wicker',
    'House heart draft',
    'Secret heart',
    'White hanging heart',
  ]);
  expect(await names({ status: 'draft' }, manager)).toEqual(['House heart draft', 'Secret heart']);
});
it('shows drafts to their seller only', async () => {
  expect(await names({ status: 'draft' }, seller)).toEqual(['Secret heart']);
  expect(await names({ status: 'draft', creator: 'house' }, seller)).toEqual([]);
  expect(await names({ status: 'draft' })).toEqual([]);
});
it('orders what somebody created by stock', async () => {
  expect(await names({ sort: 'stock', creator: 'me' }, seller)).toEqual(['Seller lamp']);
  expect(await names({ sort: 'stock', creator: 'house' }, seller)).toEqual([
    'Crème candle',
    'Heart of wicker',
    'Yen mug',
    'White hanging heart',
  ]);
});
it('gives the exact stock when it is asked for', async () => {
  const { json } = await list({ expand: 'inventory', search: 'wicker' });
  expect(json.data[0].inventory).toEqual({ stock: 3, lowStockThreshold: 2, trackInventory: true });
});
it('costs one query and one read of the count, whatever is asked', async () => {
  await list();
  for (const query of [{}, { search: 'heart' }, { tag: 'gift', minPrice: '1' }]) {
    const { requests, readUnits } = await platform.table.measure(() => list(query as Record<string, string>));
    expect(requests.Query).toBe(1);
    expect(requests.BatchGetItem ?? 0).toBeLessThanOrEqual(1);
    expect(readUnits).toBeLessThanOrEqual(3);
  }
});
it('gives the list as CSV', async () => {
  const reply = await platform.call(handler, { as: user, headers: { accept: 'text/csv' } });
  expect(reply.headers['content-type']).toContain('text/csv');
  expect(reply.body.split('\r\n')).toHaveLength(7);
});
it('names parameters that are wrong', async () => {
  const { status, json } = await list({ minPrice: '3', maxPrice: '2', status: 'x', colour: 'red' });
  expect(status).toBe(400);
  expect(json.error.details.fields.map(({ path }: { path: string }) => path)).toEqual(
    expect.arrayContaining(['query.status', 'query.colour']),
  );
  expect((await list({ minPrice: '3', maxPrice: '2' })).json.error.details.fields[0].path).toBe('query.maxPrice');
});
it('is for those who are signed in', async () => {
  expect((await platform.call(handler, {})).status).toBe(401);
  expect((await platform.call(handler, { as: aUser('user') })).status).toBe(401);
});
