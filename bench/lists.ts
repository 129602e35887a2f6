/**
 * Every documented filter, sort and search of the lists, alone and in the combinations that people use. Each must cost exactly the same
 * requests and read units however much there is.
 */
import { handler as listOrders } from '../functions/orders/list-orders.ts';
import type { DeclaredHandler, HttpDeclaration } from '../functions/platform/declaration.ts';
import type { Operations } from '../functions/platform/testing/operations.ts';
import { handler as listProducts } from '../functions/products/list-products.ts';
import { handler as listUsers } from '../functions/users/list-users.ts';
import type { User } from '../functions/users/user.table.ts';
import { buyer, seller } from './catalogue.ts';
import { type OperationUnits, unitsOf } from './measure.ts';

type Query = Record<string, string>;
const both = (sorts: readonly string[]): Query[] =>
  sorts.flatMap((sort) => [
    { sort, order: 'asc' },
    { sort, order: 'desc' },
  ]);

const products: Query[] = [
  {},
  ...both(['createdAt', 'name', 'price', 'stock']),
  { page: '3' },
  { search: 'amber' },
  { search: 'am' },
  { search: 'amber mug' },
  { search: 'amber', sort: 'price', order: 'asc' },
  { category: 'kitchen' },
  { category: 'kitchen', sort: 'stock' },
  { tag: 'classic' },
  { tag: 'classic', category: 'kitchen' },
  { creator: 'house' },
  { creator: seller, sort: 'name' },
  { status: 'archived' },
  { status: 'published', sort: 'price' },
  { inStock: 'true' },
  { inStock: 'false' },
  { minPrice: '20', maxPrice: '80', sort: 'price' },
  { minPrice: '20', maxPrice: '80' },
  { category: 'kitchen', minPrice: '20', sort: 'price' },
  { search: 'amber', inStock: 'true', minPrice: '20' },
  { expand: 'inventory' },
  { fields: 'id,name' },
];
const orders: Query[] = [
  {},
  ...both(['createdAt', 'total']),
  { page: '3' },
  { search: 'MW-0' },
  { status: 'cancelled' },
  { status: 'pending', sort: 'total' },
  { user: buyer },
  { user: buyer, status: 'pending' },
  { createdAfter: '2026-01-01T00:10:00.000Z' },
  { createdAfter: '2026-01-01T00:00:00.000Z', sort: 'total' },
  { createdBefore: '2026-01-01T00:30:00.000Z' },
  { minTotal: '20', maxTotal: '80', sort: 'total' },
  { minTotal: '20', maxTotal: '80' },
];
const users: Query[] = [
  {},
  ...both(['createdAt', 'name', 'email', 'lastLoginAt']),
  { page: '3' },
  { search: 'amber' },
  { search: 'am' },
  { search: 'amber mug' },
  { search: 'amber', sort: 'name', order: 'asc' },
  { search: 'coral', role: 'enterprise' },
  { search: 'amber', status: 'active', plan: 'Pro', sort: 'email' },
  { role: 'user' },
  { role: 'enterprise' },
  { role: 'enterprise', sort: 'lastLoginAt' },
  { role: 'enterprise', plan: 'Pro' },
  { role: 'enterprise', status: 'pending' },
  { plan: 'Free' },
  { plan: 'Pro', sort: 'email' },
  { plan: 'Pro', status: 'active' },
  { status: 'pending' },
  { status: 'active' },
  { status: 'inactive' },
  { status: 'active', sort: 'lastLoginAt', order: 'desc' },
  { role: 'enterprise', plan: 'Pro', status: 'active', sort: 'name' },
  { createdAfter: '2026-01-01T00:10:00.000Z' },
  { createdBefore: '2026-01-01T00:30:00.000Z' },
  { createdAfter: '2026-01-01T00:01:00.000Z', createdBefore: '2026-01-01T00:30:00.000Z' },
  { createdAfter: '2026-01-01T00:01:00.000Z', role: 'user' },
  { createdAfter: '2026-01-01T00:01:00.000Z', sort: 'name' },
];

export const listQueries: readonly {
  name: string;
  handler: DeclaredHandler<HttpDeclaration>;
  queries: readonly Query[];
}[] = [
  { name: 'products', handler: listProducts, queries: products },
  { name: 'orders', handler: listOrders, queries: orders },
  { name: 'users', handler: listUsers, queries: users },
];

/** Whether entries of the list are read that the page does not show: more than one thing is asked for that no facet says together. */
export function isFiltered({ page, order, expand, fields, sort, ...asked }: Query): boolean {
  const { minPrice, maxPrice, createdAfter, createdBefore, ...facets } = asked;
  const ranged = minPrice ?? maxPrice ?? createdAfter ?? createdBefore;
  const inOrder = sort === 'price' || ((createdAfter ?? createdBefore) !== undefined && sort === undefined);
  const words = (facets.search ?? '').split(' ').length;
  return words > 1 || Object.keys(facets).length > 1 || (ranged !== undefined && !inOrder);
}

/** Cost of every query, by `products ?search=amber`, with pages of `limit`; each also its second page by cursor. */
export async function listCosts(
  platform: Operations,
  as: User,
  limit: string,
  wanted: (list: string, query: Query) => boolean = () => true,
): Promise<ReadonlyMap<string, OperationUnits>> {
  const costs = new Map<string, OperationUnits>();
  for (const { name, handler, queries } of listQueries) {
    for (const asked of queries) {
      if (!wanted(name, asked)) continue;
      const query: Query = { limit, ...asked };
      const label = `${name} ?${new URLSearchParams(asked)}`;
      costs.set(label, await unitsOf(platform, handler, { as, query }));
      if (query.page !== undefined) continue;
      const { json } = await platform.call(handler, { as, query });
      const cursor = json.pagination.nextCursor;
      if (cursor === undefined)
        throw new Error(`${label} has no second page: the catalogue is too small to say anything`);
      costs.set(`${label} (second page)`, await unitsOf(platform, handler, { as, query: { ...query, cursor } }));
    }
  }
  return costs;
}
