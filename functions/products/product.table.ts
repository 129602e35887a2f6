/** How products are kept: master data, stock beside it, and the guard of stock codes. */
import type { Currency } from '../../shared/money.ts';
import { entity } from '../platform/entity.ts';

export const productStatuses = ['draft', 'published', 'archived'] as const;
export type ProductStatus = (typeof productStatuses)[number];

/** Master data: what people edit. What orders need stands in the inventory item. */
export interface Product {
  id: string;
  /** Id of the user who sells it, or `house`. */
  seller: string;
  name: string;
  description: string;
  /** Minor units of the currency. */
  price: number;
  currency: Currency;
  category: string;
  tags: string[];
  sku?: string;
  status: ProductStatus;
  createdAt: string;
  createdBy: string;
  updatedAt: string;
  updatedBy: string;
  deletedAt?: string;
  version: number;
}

export const products = entity<Product>()({
  name: 'Product',
  partition: 'PRODUCT',
  describes: 'Something that is sold: its words, price and state',
  keyShape: 'PRODUCT#<id> / PRODUCT',
  key: (k: { id: string }) => ({ pk: `PRODUCT#${k.id}`, sk: 'PRODUCT' }),
  keyOf: (product) => ({ id: product.id }),
  patterns: {},
});

export const stockStates = ['in_stock', 'low_stock', 'out_of_stock'] as const;
export type StockState = (typeof stockStates)[number];

/** What an order reads and takes from: small, because every order writes it. */
export interface Inventory {
  productId: string;
  seller: string;
  name: string;
  /** Minor units of the currency. */
  unitPrice: number;
  currency: Currency;
  /** Published and not deleted. */
  sellable: boolean;
  /** False: `stock` is not counted, there is always enough. */
  trackInventory: boolean;
  stock: number;
  lowStockThreshold: number;
  /** As last told: follows `stock` by a reaction, so that each fall is told once. */
  stockState: StockState;
}

export const inventories = entity<Inventory>()({
  name: 'Inventory',
  partition: 'INVENTORY',
  describes: 'Stock, price and availability of one product, as orders see them',
  keyShape: 'INVENTORY#<product id> / INVENTORY',
  key: (k: { productId: string }) => ({ pk: `INVENTORY#${k.productId}`, sk: 'INVENTORY' }),
  keyOf: (inventory) => ({ productId: inventory.productId }),
  patterns: {},
});

export interface ProductSku {
  seller: string;
  sku: string;
  productId: string;
}

export const productSkus = entity<ProductSku>()({
  name: 'ProductSku',
  partition: 'PRODUCTSKU',
  describes: 'Guard: a stock code belongs to one product of a seller',
  keyShape: 'PRODUCTSKU#<seller>#<sku, lower case> / PRODUCTSKU',
  key: (k: { seller: string; sku: string }) => ({
    pk: `PRODUCTSKU#${k.seller}#${k.sku.toLowerCase()}`,
    sk: 'PRODUCTSKU',
  }),
  keyOf: (guard) => ({ seller: guard.seller, sku: guard.sku }),
  patterns: {},
});
