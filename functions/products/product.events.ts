/** What events say of a product and of its stock. */
import { productArchived } from '../../events/products/product-archived.v1.ts';
import { productCreated } from '../../events/products/product-created.v1.ts';
import { productUpdated } from '../../events/products/product-updated.v1.ts';
import { stockLow } from '../../events/products/stock-low.v1.ts';
import { eventSource } from '../platform/event-data.ts';
import { inventories, type Product, products } from './product.table.ts';

const productData = ({ id, seller, name, status, category, tags, price, currency }: Product) => ({
  productId: id,
  seller,
  name,
  status,
  category,
  tags,
  price,
  currency,
});

export const productEvents = eventSource(
  products,
  (product) => product.id,
  (on) => [on(productCreated, productData), on(productUpdated, productData), on(productArchived, productData)],
);

export const inventoryEvents = eventSource(
  inventories,
  (inventory) => `${inventory.productId}/stock`,
  (on) => [
    on(stockLow, ({ productId, seller, name, stock, lowStockThreshold }) => ({
      productId,
      seller,
      name,
      stock,
      threshold: lowStockThreshold,
    })),
  ],
);
