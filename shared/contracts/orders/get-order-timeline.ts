import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { contract } from '../contract.ts';
import { linksSchema, moment } from '../list.ts';
import { orderExample, orderStatus } from './order.ts';

export const getOrderTimeline = contract({
  id: 'orders.get-order-timeline',
  method: 'GET',
  path: '/orders/{id}/timeline',
  summary: 'Read what happened to an order',
  permission: 'orders:read',
  partner: true,
  params: z.strictObject({ id: idSchema('order') }),
  success: 200,
  output: z.object({
    orderId: idSchema('order'),
    entries: z.array(
      z.object({
        at: moment,
        what: z.enum(['placed', 'cancelled']),
        status: orderStatus.meta({ description: 'The state that it led to' }),
        by: z.string().meta({ description: 'Id of the user who did it, or system' }),
        reason: z.string().optional(),
      }),
    ),
    _links: linksSchema,
  }),
  errors: ['ENTITY_NOT_FOUND'],
  example: {
    params: { id: orderExample.id },
    output: {
      orderId: orderExample.id,
      entries: [{ at: '2026-11-21T09:30:00.000Z', what: 'placed', status: 'pending', by: orderExample.buyer }],
      _links: { order: { href: `/api/v1/orders/${orderExample.id}`, method: 'GET' } },
    },
  },
});
