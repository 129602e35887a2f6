import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { contract } from '../contract.ts';
import { orderExample, orderSchema } from './order.ts';

export const getOrder = contract({
  id: 'orders.get-order',
  method: 'GET',
  path: '/orders/{id}',
  summary: 'Read an order',
  permission: 'orders:read',
  partner: true,
  params: z.strictObject({ id: idSchema('order') }),
  success: 200,
  output: orderSchema,
  errors: ['ENTITY_NOT_FOUND'],
  example: { params: { id: orderExample.id }, output: orderExample },
});
