import { productArchived } from '../../events/products/product-archived.v1.ts';
import { productCreated } from '../../events/products/product-created.v1.ts';
import { productUpdated } from '../../events/products/product-updated.v1.ts';
import { queue } from '../platform/queue.ts';
import { indexProduct, productIndexing } from './index-product.ts';

export const handler = queue({
  id: 'products.on-product-changed.index',
  on: [productCreated, productUpdated, productArchived],
  access: { table: productIndexing },
  errorImpact: 'Lists of products show old words, prices and states; they catch up when the messages are redriven.',
  run: ({ event, db }) => indexProduct(db, event.data.productId),
});
