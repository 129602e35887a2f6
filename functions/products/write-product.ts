/** Writes a changed product with its stock and stock code: all of it or nothing. */
import { stockLow } from '../../events/products/stock-low.v1.ts';
import { AppError } from '../../shared/errors.ts';
import { type Db, type Ride, ride, type WriteOp } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { inventories, productSkus, products } from './product.table.ts';
import { differences, type ProductWithStock } from './product.ts';

export const productWriting = {
  products: grant(products, 'get', 'update'),
  inventories: grant(inventories, 'get', 'update'),
  skus: grant(productSkus, 'put', 'delete'),
} as const;

/** Errors: DUPLICATE_ENTITY when the stock code is taken, CONFLICT when product or stock changed since `before` was read. */
export async function writeProduct(
  db: Db<{ table: typeof productWriting }>,
  before: ProductWithStock,
  after: ProductWithStock,
  event: Ride,
): Promise<void> {
  const { id, seller } = after.product;
  const { version: _, ...set } = differences(before.product, after.product);
  const ops: WriteOp[] = [
    db.products.update(
      { id },
      {
        set,
        remove: before.product.sku !== undefined && after.product.sku === undefined ? ['sku'] : [],
        version: before.product.version,
        events: [event],
      },
    ),
  ];
  const stock = differences(before.inventory, after.inventory);
  if (Object.keys(stock).length > 0) {
    // A new figure is only right against the one that was read: an order in between would be undone by it.
    const when = 'stock' in stock || 'stockState' in stock ? { stock: before.inventory.stock } : undefined;
    const fell = before.inventory.stockState === 'in_stock' && after.inventory.stockState !== 'in_stock';
    ops.push(db.inventories.update({ productId: id }, { set: stock, when, events: fell ? [ride(stockLow)] : [] }));
  }
  const [oldSku, newSku] = [before.product.sku, after.product.sku];
  if (oldSku?.toLowerCase() !== newSku?.toLowerCase()) {
    const taken = () => new AppError('DUPLICATE_ENTITY', { details: { field: 'body.sku' } });
    if (oldSku) ops.push(db.skus.delete({ seller, sku: oldSku }));
    if (newSku) ops.push(db.skus.put({ seller, sku: newSku, productId: id }, { otherwise: taken }));
  }
  await db.write(...ops);
}
