/** Brings the lists of products up to what the table says at this moment: twice, late or out of order makes no difference. */
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { productList, productStockList } from './product.list.ts';
import { inventories, products } from './product.table.ts';
import type { ProductWithStock } from './product.ts';

export const productIndexing = {
  products: grant(products, 'get'),
  inventories: grant(inventories, 'get'),
  list: productList.writing,
  stockList: productStockList.writing,
} as const;
type IndexDb = Db<{ table: typeof productIndexing }>;

async function load(db: IndexDb, id: string): Promise<ProductWithStock | undefined> {
  const [product, inventory] = await Promise.all([
    db.products.get({ id }, { consistent: true }),
    db.inventories.get({ productId: id }, { consistent: true }),
  ]);
  return product && inventory && { product, inventory };
}

export async function indexProduct(db: IndexDb, id: string): Promise<void> {
  await Promise.all([productList.reindex(db, db.list, id, () => load(db, id)), indexStock(db, id)]);
}

/** Only the order by stock: what every order of the product changes. */
export async function indexStock(db: IndexDb, id: string): Promise<void> {
  await productStockList.reindex(db, db.stockList, id, () => load(db, id));
}
