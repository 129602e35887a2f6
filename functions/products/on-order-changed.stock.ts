/**
 * Follows the stock after orders. Each fall to the threshold or below is told once: the state of the stock changes on condition that it
 * is what was read, and StockLow rides on that change.
 */
import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { stockLow } from '../../events/products/stock-low.v1.ts';
import { AppError } from '../../shared/errors.ts';
import { type Db, ride } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { queue } from '../platform/queue.ts';
import { indexProduct, indexStock, productIndexing } from './index-product.ts';
import { inventories } from './product.table.ts';
import { stockStateOf } from './product.ts';

const table = { ...productIndexing, inventories: grant(inventories, 'get', 'update') } as const;
const TRIES = 5;
/** Products that are worked on at the same time. */
const AT_ONCE = 8;

async function follow(db: Db<{ table: typeof table }>, productId: string): Promise<void> {
  let stateChanged = false;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const inventory = await db.inventories.get({ productId }, { consistent: true });
    if (!inventory) return;
    const state = stockStateOf(inventory);
    stateChanged ||= state !== inventory.stockState;
    // The lists first: when this is cut off in between, the state still differs and all of it is done again.
    if (!stateChanged) return indexStock(db, productId);
    await indexProduct(db, productId);
    if (state === inventory.stockState) return;
    const fell = inventory.stockState === 'in_stock';
    const failures = await db.tryWrite(
      db.inventories.update(
        { productId },
        {
          set: { stockState: state },
          when: { stockState: inventory.stockState, stock: inventory.stock },
          events: fell ? [ride(stockLow)] : [],
        },
      ),
    );
    if (failures.length === 0) return;
  }
  throw new AppError('CONFLICT');
}

export const handler = queue({
  id: 'products.on-order-changed.stock',
  on: [orderPlaced, orderCancelled],
  access: { table },
  errorImpact: 'Lists show old stock, and nobody is told that stock runs low.',
  batchSize: 5,
  runBatch: async ({ events, db }) => {
    const products = [...new Set(events.flatMap((event) => event.data.lines.map((line) => line.productId)))];
    for (let i = 0; i < products.length; i += AT_ONCE)
      await Promise.all(products.slice(i, i + AT_ONCE).map((productId) => follow(db, productId)));
  },
});
