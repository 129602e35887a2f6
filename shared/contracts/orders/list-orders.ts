import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { contract } from '../contract.ts';
import { listQuery, momentFilter } from '../list.ts';
import { orderStatus, orderSummaryExample, orderSummarySchema } from './order.ts';

export const orderSorts = ['createdAt', 'total'] as const;
const amountFilter = z
  .string()
  .regex(/^\d{1,10}(\.\d{1,3})?$/, 'must be a decimal amount such as "12.50"')
  .meta({ example: '12.50' });

/** What lists of orders take. */
export const orderQueryFields = {
  ...listQuery(orderSorts),
  search: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^(MW-?)?[0-9A-Z-]{2,12}$/, 'must be the beginning of an order number')
    .optional()
    .meta({ description: 'Beginning of an order number', example: 'MW-S4R3Q' }),
  status: orderStatus.optional(),
  createdAfter: momentFilter.optional().meta({ description: 'At this moment or later' }),
  createdBefore: momentFilter.optional().meta({ description: 'Before this moment' }),
  minTotal: amountFilter.optional(),
  maxTotal: amountFilter.optional(),
};
export function demandRange(
  { minTotal, maxTotal }: { minTotal?: string; maxTotal?: string },
  context: z.RefinementCtx,
): void {
  if (minTotal !== undefined && maxTotal !== undefined && Number(minTotal) > Number(maxTotal))
    context.addIssue({ code: 'custom', path: ['maxTotal'], message: 'must not be below minTotal' });
}

export const listOrders = contract({
  id: 'orders.list-orders',
  method: 'GET',
  path: '/orders',
  summary: 'List orders',
  description:
    'Who may read only their own orders sees those that they placed and those that were placed with them as the seller. `search` finds order numbers by their beginning, and answers in the order of the numbers. Amounts are compared as numbers, whatever the currency.',
  permission: 'orders:read',
  partner: true,
  query: z
    .strictObject({ ...orderQueryFields, user: idSchema('user').optional().meta({ description: 'Who placed it' }) })
    .superRefine(demandRange),
  success: 200,
  list: { sorts: orderSorts },
  output: orderSummarySchema,
  errors: [],
  example: { query: { status: 'pending' }, output: orderSummaryExample },
});
