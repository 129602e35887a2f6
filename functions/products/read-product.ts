/** Reads a product with its stock, in one step. */
import { notFound } from '../../shared/errors.ts';
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { inventories, products } from './product.table.ts';
import type { ProductWithStock } from './product.ts';

export const productReading = { products: grant(products, 'get'), inventories: grant(inventories, 'get') } as const;

/** Errors: ENTITY_NOT_FOUND. */
export async function readProduct(
  db: Db<{ table: typeof productReading }>,
  id: string,
  options: { consistent: boolean },
): Promise<ProductWithStock> {
  const [product, inventory] = await Promise.all([
    db.products.get({ id }, options),
    db.inventories.get({ productId: id }, options),
  ]);
  if (!product || !inventory) throw notFound();
  return { product, inventory };
}
