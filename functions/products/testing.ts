/** For tests: products as the API makes them. */
import type { Answered, Operations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler as createProduct } from './create-product.ts';

export const aProduct = {
  name: 'White hanging heart',
  price: '2.55',
  category: 'Lighting',
  tags: ['Gift'],
  status: 'published',
  inventory: { stock: 12, lowStockThreshold: 3 },
};

export async function create(platform: Operations, as: User, changes: object = {}): Promise<Answered> {
  return platform.call(createProduct, { as, body: { ...aProduct, ...changes } });
}
