import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { amountOutput, currencySchema } from '../../money.ts';
import { linksSchema, moment } from '../list.ts';

export const productStatus = z.enum(['draft', 'published', 'archived']);
export const stockState = z.enum(['in_stock', 'low_stock', 'out_of_stock']);

export const productName = z.string().trim().min(1).max(200).meta({ example: 'White hanging heart T-light holder' });
export const productDescription = z.string().trim().max(5_000);
export const productCategory = z.string().trim().min(1).max(60).meta({ example: 'lighting' });
/** Kept in lower case, each once. */
export const productTags = z
  .array(z.string().trim().toLowerCase().min(1).max(40))
  .max(8)
  .transform((tags) => [...new Set(tags)])
  .meta({ example: ['candle', 'gift'] });
export const productSku = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/, 'must be up to 40 letters, digits, dots, dashes, slashes or underscores')
  .meta({ example: '85123A' });
export const MAX_STOCK = 10_000_000;
export const stockCount = z.number().int().min(0).max(MAX_STOCK);

const sellerField = z.string().meta({
  description: 'Id of the user who sells it, or house for the company itself',
  example: 'house',
});

/** A product as lists show it. */
export const productSummarySchema = z.object({
  id: idSchema('product'),
  name: z.string(),
  price: amountOutput,
  currency: currencySchema,
  category: z.string(),
  tags: z.array(z.string()),
  sku: z.string().optional(),
  seller: sellerField,
  status: productStatus,
  stockState,
  inventory: z
    .object({ stock: z.number().int(), lowStockThreshold: z.number().int(), trackInventory: z.boolean() })
    .optional()
    .meta({ description: 'With expand=inventory: the exact figures of this moment' }),
  createdAt: moment,
  updatedAt: moment,
  version: z.number().int(),
  _links: linksSchema,
});

export const productSchema = z.object({
  ...productSummarySchema.omit({ inventory: true, stockState: true, _links: true }).shape,
  description: z.string(),
  inventory: z.object({
    stock: z.number().int(),
    lowStockThreshold: z.number().int(),
    trackInventory: z.boolean(),
    state: stockState,
  }),
  createdBy: z.string(),
  updatedBy: z.string(),
  deletedAt: moment.optional(),
  _links: linksSchema,
});

export const productSummaryExample = {
  id: 'prd_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  name: 'White hanging heart T-light holder',
  price: '2.55',
  currency: 'GBP',
  category: 'lighting',
  tags: ['candle', 'gift'],
  sku: '85123A',
  seller: 'house',
  status: 'published',
  stockState: 'in_stock',
  createdAt: '2026-11-20T09:30:00.000Z',
  updatedAt: '2026-11-20T09:30:00.000Z',
  version: 1,
  _links: { self: { href: '/api/v1/products/prd_01JD3Z5QW8X7V6T5S4R3Q2P1N0', method: 'GET' } },
} satisfies z.input<typeof productSummarySchema>;

const { stockState: exampleState, ...summary } = productSummaryExample;
export const productExample = {
  ...summary,
  description: 'Hangs from a ribbon; holds one tea light.',
  inventory: { stock: 120, lowStockThreshold: 10, trackInventory: true, state: exampleState },
  createdBy: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  updatedBy: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
} satisfies z.input<typeof productSchema>;
