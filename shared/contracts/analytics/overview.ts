import * as z from 'zod';
import { amountOutput, currencySchema } from '../../money.ts';
import { contract } from '../contract.ts';
import { linksSchema } from '../list.ts';
import { day } from './day.ts';

const period = z.object({ from: day, to: day });
const change = z
  .number()
  .nullable()
  .meta({ description: 'Percent against the period before, to one decimal; null when there was nothing before' });
const figure = z.object({ value: z.number().int(), previous: z.number().int(), change });
const amount = z.object({ currency: currencySchema, value: amountOutput, previous: amountOutput, change });

export const MAX_OVERVIEW_DAYS = 366;

export const overview = contract({
  id: 'analytics.overview',
  method: 'GET',
  path: '/analytics/overview',
  summary: 'Read the main figures of a period, against the period before',
  description:
    'Days are UTC, both ends count; the last 30 days when left out. Cancelled orders are taken back from the day on which they were placed. Sellers see their own sales; new users are counted for the company only.',
  permission: 'analytics:read',
  partner: true,
  query: z.strictObject({ from: day.optional(), to: day.optional() }).superRefine(({ from, to }, context) => {
    if (typeof from !== 'string' || typeof to !== 'string') return;
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
    if (days < 1) context.addIssue({ code: 'custom', path: ['to'], message: 'must not be before from' });
    if (days > MAX_OVERVIEW_DAYS)
      context.addIssue({
        code: 'custom',
        path: ['to'],
        message: `must be at most ${MAX_OVERVIEW_DAYS} days after from`,
      });
  }),
  success: 200,
  output: z.object({
    period,
    previousPeriod: period,
    revenue: z.array(amount).meta({ description: 'One figure for each currency; currencies are never added up' }),
    orders: figure,
    cancelledOrders: figure,
    averageOrderValue: z.array(amount),
    newUsers: figure.optional(),
    _links: linksSchema,
  }),
  errors: [],
  example: {
    query: { from: '2026-11-01', to: '2026-11-21' },
    output: {
      period: { from: '2026-11-01', to: '2026-11-21' },
      previousPeriod: { from: '2026-10-11', to: '2026-10-31' },
      revenue: [{ currency: 'GBP', value: '1520.40', previous: '1216.32', change: 25 }],
      orders: { value: 42, previous: 40, change: 5 },
      cancelledOrders: { value: 1, previous: 0, change: null },
      averageOrderValue: [{ currency: 'GBP', value: '36.20', previous: '30.41', change: 19 }],
      newUsers: { value: 7, previous: 5, change: 40 },
      _links: { self: { href: '/api/v1/analytics/overview', method: 'GET' } },
    },
  },
});
