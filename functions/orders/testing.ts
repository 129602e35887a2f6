/** For tests: stock to order from, and orders as the API makes them. */
import { newId } from '../../shared/ids.ts';
import { grant } from '../platform/entity.ts';
import type { Operations } from '../platform/testing/operations.ts';
import { type Inventory, inventories } from '../products/product.table.ts';
import type { User } from '../users/user.table.ts';
import { handler as placeOrder } from './place-order.ts';

export async function onSale(platform: Operations, changes: Partial<Inventory> = {}): Promise<Inventory> {
  const item: Inventory = {
    productId: newId('product'),
    seller: 'house',
    name: 'White hanging heart T-light holder',
    unitPrice: 255,
    currency: 'GBP',
    sellable: true,
    trackInventory: true,
    stock: 10,
    lowStockThreshold: 2,
    stockState: 'in_stock',
    ...changes,
  };
  const db = platform.table.db({ table: { stock: grant(inventories, 'put') } });
  await db.write(db.stock.put(item));
  return item;
}

export async function stockOf(platform: Operations, { productId }: Inventory): Promise<number | undefined> {
  const db = platform.table.db({ table: { stock: grant(inventories, 'get') } });
  return (await db.stock.get({ productId }, { consistent: true }))?.stock;
}

/** `data` of the placed order. */
export async function placed(platform: Operations, as: User, item: Inventory, quantity = 2) {
  const { json } = await platform.call(placeOrder, {
    as,
    body: { lines: [{ productId: item.productId, quantity }] },
  });
  return json.data;
}
