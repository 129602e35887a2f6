import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { event } from '../event.ts';

export const stockLow = event({
  name: 'StockLow',
  version: 1,
  area: 'products',
  subject: 'Inventory',
  summary: 'The stock of a product has fallen to its threshold or below; told once per fall.',
  data: z.object({
    productId: idSchema('product'),
    seller: z.string().meta({ description: 'Id of the user who sells it, or house for the company itself' }),
    name: z.string(),
    stock: z.number().int().min(0),
    threshold: z.number().int().min(0),
  }),
  producers: ['products.on-order-changed.stock', 'products.update-product'],
  example: {
    productId: 'prd_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
    seller: 'house',
    name: 'White hanging heart T-light holder',
    stock: 4,
    threshold: 5,
  },
});
