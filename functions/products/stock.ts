/** What other areas may do with stock: read it, take from it, give back. The rights that it needs stand beside each function. */
import type { Db, WriteOp } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { type Inventory, inventories } from './product.table.ts';

export type { Inventory };

export const stockTaking = { stock: grant(inventories, 'batchGet', 'update') } as const;
export const stockReturning = { stock: grant(inventories, 'update') } as const;

/** Stock, price and seller of products, as they stand at this moment; undefined for one that does not exist. */
export function readStock(
  db: Db<{ table: typeof stockTaking }>,
  productIds: readonly string[],
): Promise<(Inventory | undefined)[]> {
  return db.stock.batchGet(
    productIds.map((productId) => ({ productId })),
    { consistent: true },
  );
}

/** Takes `quantity`, on condition that the product is still for sale, at the price that was read, and that there is enough. */
export function takeStock(db: Db<{ table: typeof stockReturning }>, read: Inventory, quantity: number): WriteOp {
  const { productId, unitPrice, currency, trackInventory } = read;
  return db.stock.update(
    { productId },
    {
      add: trackInventory ? { stock: -quantity } : {},
      when: {
        sellable: true,
        unitPrice,
        currency,
        trackInventory,
        ...(trackInventory && { stock: { gte: quantity } }),
      },
    },
  );
}

/** Gives back what was taken. */
export function returnStock(db: Db<{ table: typeof stockReturning }>, productId: string, quantity: number): WriteOp {
  return db.stock.update({ productId }, { add: { stock: quantity } });
}
