import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { contract } from '../contract.ts';
import { orderExample, orderSchema, shippingAddressSchema } from './order.ts';

export const MAX_LINES = 50;
export const MAX_QUANTITY = 10_000;

/** What is ordered. */
export const placedOrder = z.strictObject({
  lines: z
    .array(z.strictObject({ productId: idSchema('product'), quantity: z.number().int().min(1).max(MAX_QUANTITY) }))
    .min(1)
    .max(MAX_LINES)
    .superRefine((lines, context) => {
      const seen = new Set<string>();
      for (const [index, { productId }] of lines.entries()) {
        if (seen.has(productId))
          context.addIssue({
            code: 'custom',
            path: [index, 'productId'],
            message: 'is on another line already: give each product one line',
          });
        seen.add(productId);
      }
    }),
  shippingAddress: shippingAddressSchema.optional(),
  note: z.string().trim().min(1).max(500).optional(),
});

export const placeOrder = contract({
  id: 'orders.place-order',
  method: 'POST',
  path: '/orders',
  summary: 'Place an order',
  description:
    'Takes the stock, fixes the prices and writes the order: all of it or nothing. The order is placed for the caller. All products must be of one seller and in one currency.',
  permission: 'orders:place',
  partner: true,
  body: placedOrder,
  success: 201,
  output: orderSchema,
  errors: ['OUT_OF_STOCK', 'PRODUCT_UNAVAILABLE', 'MIXED_SELLERS', 'CONFLICT'],
  idempotency: 'natural',
  example: {
    body: { lines: [{ productId: 'prd_01JD3Z5QW8X7V6T5S4R3Q2P1N0', quantity: 2 }] },
    output: orderExample,
  },
});
