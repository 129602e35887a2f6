import * as z from 'zod';
import { contract } from '../contract.ts';
import { userParams } from '../users/fields.ts';
import { demandRange, orderQueryFields, orderSorts } from './list-orders.ts';
import { orderSummaryExample, orderSummarySchema } from './order.ts';

export const listUserOrders = contract({
  id: 'orders.list-user-orders',
  method: 'GET',
  path: '/users/{id}/orders',
  summary: 'List the orders of a user',
  description:
    'What the user ordered; not what was ordered from them. Orders of users who were deleted stay, for those who may read everybody’s.',
  permission: 'orders:read',
  partner: true,
  params: userParams,
  query: z.strictObject(orderQueryFields).superRefine(demandRange),
  success: 200,
  list: { sorts: orderSorts },
  output: orderSummarySchema,
  errors: ['ENTITY_NOT_FOUND'],
  example: { params: { id: orderSummaryExample.buyer }, query: { status: 'pending' }, output: orderSummaryExample },
});
