import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { contract } from '../contract.ts';
import { orderExample, orderSchema } from './order.ts';

export const cancelOrder = contract({
  id: 'orders.cancel-order',
  method: 'POST',
  path: '/orders/{id}/cancel',
  summary: 'Cancel an order',
  description: 'Gives the stock back in the same moment. Possible while the order is pending or paid.',
  permission: 'orders:cancel',
  partner: true,
  params: z.strictObject({ id: idSchema('order') }),
  body: z.strictObject({ reason: z.string().trim().min(1).max(300).optional() }),
  success: 200,
  output: orderSchema,
  errors: ['ENTITY_NOT_FOUND', 'INVALID_STATE', 'PRECONDITION_FAILED', 'CONFLICT'],
  example: {
    params: { id: orderExample.id },
    body: { reason: 'Ordered twice' },
    output: {
      ...orderExample,
      status: 'cancelled',
      cancelledAt: '2026-11-21T09:45:00.000Z',
      cancelReason: 'Ordered twice',
      updatedAt: '2026-11-21T09:45:00.000Z',
      version: 2,
      _links: { self: orderExample._links.self },
    },
  },
});
