import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { currencySchema } from '../../shared/money.ts';
import { event } from '../event.ts';

export const orderCancelled = event({
  name: 'OrderCancelled',
  version: 1,
  area: 'orders',
  subject: 'Order',
  summary: 'An order has been cancelled and its stock given back.',
  data: z.object({
    orderId: idSchema('order'),
    number: z.string(),
    seller: z.string().meta({ description: 'Id of the user who sells, or house for the company itself' }),
    buyer: idSchema('user'),
    currency: currencySchema,
    total: z.number().int().min(0).meta({ description: 'Minor units of the currency' }),
    lines: z.array(z.object({ productId: idSchema('product'), quantity: z.number().int().min(1) })).min(1),
    placedAt: z.iso
      .datetime()
      .meta({ description: 'When the order had been placed: figures are taken back from then' }),
    cancelledAt: z.iso.datetime(),
    reason: z.string().optional(),
    fromStatus: z.string().meta({ description: 'The state that the order was in' }),
  }),
  producers: ['orders.cancel-order'],
  example: {
    orderId: 'ord_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
    number: 'MW-4R3Q2-P1N0X',
    seller: 'house',
    buyer: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
    currency: 'GBP',
    total: 510,
    lines: [{ productId: 'prd_01JD3Z5QW8X7V6T5S4R3Q2P1N0', quantity: 2 }],
    placedAt: '2026-11-21T09:30:00.000Z',
    cancelledAt: '2026-11-21T09:45:00.000Z',
    reason: 'Ordered twice',
    fromStatus: 'pending',
  },
});
