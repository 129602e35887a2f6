import { event } from '../event.ts';
import { productData, productExample } from './product-data.ts';

export const productCreated = event({
  name: 'ProductCreated',
  version: 1,
  area: 'products',
  subject: 'Product',
  summary: 'A product has been created, perhaps still as a draft.',
  data: productData,
  producers: ['products.create-product'],
  example: productExample,
});
