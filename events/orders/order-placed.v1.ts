import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { currencySchema } from '../../shared/money.ts';
import { event } from '../event.ts';

const minor = z.number().int().min(0).meta({ description: 'Minor units of the currency' });

export const orderPlaced = event({
  name: 'OrderPlaced',
  version: 1,
  area: 'orders',
  subject: 'Order',
  summary: 'An order has been placed: its stock is taken and its prices are fixed.',
  data: z.object({
    orderId: idSchema('order'),
    number: z.string().meta({ description: 'What people call the order' }),
    seller: z.string().meta({ description: 'Id of the user who sells, or house for the company itself' }),
    buyer: idSchema('user'),
    customerId: idSchema('customer').optional(),
    currency: currencySchema,
    total: minor,
    lines: z
      .array(
        z.object({
          productId: idSchema('product'),
          name: z.string(),
          quantity: z.number().int().min(1),
          unitPrice: minor,
          total: minor,
        }),
      )
      .min(1),
    placedAt: z.iso.datetime(),
  }),
  producers: ['orders.place-order'],
  example: {
    orderId: 'ord_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
    number: 'MW-4R3Q2-P1N0X',
    seller: 'house',
    buyer: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
    currency: 'GBP',
    total: 510,
    lines: [
      {
        productId: 'prd_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
        name: 'White hanging heart T-light holder',
        quantity: 2,
        unitPrice: 255,
        total: 510,
      },
    ],
    placedAt: '2026-11-21T09:30:00.000Z',
  },
});
