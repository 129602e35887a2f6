import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { amountOutput, currencySchema } from '../../money.ts';
import { linksSchema, moment } from '../list.ts';
import { orderStatuses } from './states.ts';

export const orderStatus = z.enum(orderStatuses);
const sellerField = z
  .string()
  .meta({ description: 'Id of the user who sells, or house for the company itself', example: 'house' });

const line = (max: number) => z.string().trim().min(1).max(max);
export const shippingAddressSchema = z.strictObject({
  name: line(100),
  line1: line(120),
  line2: line(120).optional(),
  city: line(80),
  region: line(80).optional(),
  postalCode: line(20),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, 'must be a country code of two letters (ISO 3166-1)')
    .meta({ example: 'GB' }),
});

/** An order as lists show it. */
export const orderSummarySchema = z.object({
  id: idSchema('order'),
  number: z.string().meta({ description: 'What people call the order', example: 'MW-4R3Q2-P1N0X' }),
  status: orderStatus,
  seller: sellerField,
  buyer: idSchema('user'),
  currency: currencySchema,
  total: amountOutput,
  itemCount: z.number().int().meta({ description: 'Units over all lines' }),
  placedAt: moment,
  version: z.number().int(),
  _links: linksSchema,
});

export const orderSchema = z.object({
  ...orderSummarySchema.omit({ _links: true }).shape,
  lines: z.array(
    z.object({
      productId: idSchema('product'),
      name: z.string(),
      quantity: z.number().int(),
      unitPrice: amountOutput,
      total: amountOutput,
    }),
  ),
  note: z.string().optional(),
  shippingAddress: shippingAddressSchema.optional(),
  cancelledAt: moment.optional(),
  cancelReason: z.string().optional(),
  createdAt: moment,
  createdBy: z.string(),
  updatedAt: moment,
  updatedBy: z.string(),
  _links: linksSchema,
});

export const orderSummaryExample = {
  id: 'ord_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  number: 'MW-S4R3Q-2P1N0',
  status: 'pending',
  seller: 'house',
  buyer: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  currency: 'GBP',
  total: '5.10',
  itemCount: 2,
  placedAt: '2026-11-21T09:30:00.000Z',
  version: 1,
  _links: {
    self: { href: '/api/v1/orders/ord_01JD3Z5QW8X7V6T5S4R3Q2P1N0', method: 'GET' },
    cancel: { href: '/api/v1/orders/ord_01JD3Z5QW8X7V6T5S4R3Q2P1N0/cancel', method: 'POST' },
  },
} satisfies z.input<typeof orderSummarySchema>;

export const orderExample = {
  ...orderSummaryExample,
  lines: [
    {
      productId: 'prd_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
      name: 'White hanging heart T-light holder',
      quantity: 2,
      unitPrice: '2.55',
      total: '5.10',
    },
  ],
  createdAt: '2026-11-21T09:30:00.000Z',
  createdBy: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  updatedAt: '2026-11-21T09:30:00.000Z',
  updatedBy: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
} satisfies z.input<typeof orderSchema>;
