/** What every event about a product's master data carries. */
import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { currencySchema } from '../../shared/money.ts';

export const productData = z.object({
  productId: idSchema('product'),
  seller: z.string().meta({ description: 'Id of the user who sells it, or house for the company itself' }),
  name: z.string(),
  status: z.enum(['draft', 'published', 'archived']),
  category: z.string(),
  tags: z.array(z.string()),
  price: z.number().int().min(0).meta({ description: 'Minor units of the currency' }),
  currency: currencySchema,
});

export const productExample = {
  productId: 'prd_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  seller: 'house',
  name: 'White hanging heart T-light holder',
  status: 'published',
  category: 'home',
  tags: ['candle', 'gift'],
  price: 255,
  currency: 'GBP',
} satisfies z.input<typeof productData>;
