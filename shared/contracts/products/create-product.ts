import * as z from 'zod';
import { amountInput, currencySchema } from '../../money.ts';
import { contract } from '../contract.ts';
import {
  productCategory,
  productDescription,
  productExample,
  productName,
  productSchema,
  productSku,
  productStatus,
  productTags,
  stockCount,
} from './product.ts';

export const createProduct = contract({
  id: 'products.create-product',
  method: 'POST',
  path: '/products',
  summary: 'Create a product',
  description: 'Products of staff belong to the company (seller house), those of a seller to the seller.',
  permission: 'products:write',
  partner: true,
  body: z.strictObject({
    name: productName,
    description: productDescription.prefault(''),
    price: amountInput,
    currency: currencySchema.prefault('GBP'),
    category: productCategory,
    tags: productTags.prefault([]),
    sku: productSku.optional(),
    status: productStatus.prefault('draft'),
    inventory: z
      .strictObject({
        stock: stockCount.prefault(0),
        lowStockThreshold: stockCount.prefault(5),
        trackInventory: z.boolean().prefault(true),
      })
      .prefault({}),
  }),
  success: 201,
  output: productSchema,
  errors: ['DUPLICATE_ENTITY'],
  example: {
    body: {
      name: 'White hanging heart T-light holder',
      description: 'Hangs from a ribbon; holds one tea light.',
      price: '2.55',
      currency: 'GBP',
      category: 'lighting',
      tags: ['candle', 'gift'],
      sku: '85123A',
      status: 'published',
      inventory: { stock: 120, lowStockThreshold: 10, trackInventory: true },
    },
    output: productExample,
  },
});
