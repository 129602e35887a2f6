import { event } from '../event.ts';
import { productData, productExample } from './product-data.ts';

export const productArchived = event({
  name: 'ProductArchived',
  version: 1,
  area: 'products',
  subject: 'Product',
  summary: 'A product has been taken off sale for good; it can be restored.',
  data: productData,
  producers: ['products.delete-product', 'products.update-product'],
  example: { ...productExample, status: 'archived' },
});
