import { event } from '../event.ts';
import { productData, productExample } from './product-data.ts';

export const productUpdated = event({
  name: 'ProductUpdated',
  version: 1,
  area: 'products',
  subject: 'Product',
  summary: 'A product has changed: its words, its price, its status or what it belongs to.',
  data: productData,
  producers: ['products.update-product'],
  example: { ...productExample, price: 295 },
});
