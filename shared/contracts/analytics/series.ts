import * as z from 'zod';
import { currencySchema } from '../../money.ts';
import { contract } from '../contract.ts';
import { linksSchema, moment } from '../list.ts';
import { day } from './day.ts';

export const seriesMetrics = ['revenue', 'orders', 'cancelledOrders', 'averageOrderValue', 'newUsers'] as const;
export const granularities = ['hour', 'day', 'week', 'month'] as const;

/** Days that one reply may span. */
export const maxDays: Readonly<Record<(typeof granularities)[number], number>> = {
  hour: 31,
  day: 366,
  week: 1_100,
  month: 1_100,
};

export const series = contract({
  id: 'analytics.series',
  method: 'GET',
  path: '/analytics/series',
  summary: 'Read one figure over time',
  description:
    'Time is UTC, both days count; the last 30 days (hours: 2 days) when left out. Every step of the period has its point, also those in which nothing happened. Weeks begin on Monday.',
  permission: 'analytics:read',
  partner: true,
  query: z
    .strictObject({
      metric: z.enum(seriesMetrics),
      granularity: z.enum(granularities).prefault('day'),
      from: day.optional(),
      to: day.optional(),
      currency: currencySchema
        .prefault('GBP')
        .meta({ description: 'Of revenue and averageOrderValue', example: 'GBP' }),
    })
    .superRefine(({ from, to, granularity }, context) => {
      if (typeof from !== 'string' || typeof to !== 'string' || !(granularity in maxDays)) return;
      const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
      if (days < 1) context.addIssue({ code: 'custom', path: ['to'], message: 'must not be before from' });
      if (days > maxDays[granularity])
        context.addIssue({
          code: 'custom',
          path: ['to'],
          message: `must be at most ${maxDays[granularity]} days after from`,
        });
    }),
  success: 200,
  output: z.object({
    metric: z.enum(seriesMetrics),
    granularity: z.enum(granularities),
    from: day,
    to: day,
    currency: currencySchema.optional(),
    points: z.array(
      z.object({
        at: moment.meta({ description: 'Begin of the step' }),
        value: z.string().meta({ description: 'A whole number, or a decimal amount', example: '42' }),
      }),
    ),
    _links: linksSchema,
  }),
  errors: [],
  example: {
    query: { metric: 'orders', granularity: 'day', from: '2026-11-20', to: '2026-11-21' },
    output: {
      metric: 'orders',
      granularity: 'day',
      from: '2026-11-20',
      to: '2026-11-21',
      points: [
        { at: '2026-11-20T00:00:00.000Z', value: '12' },
        { at: '2026-11-21T00:00:00.000Z', value: '3' },
      ],
      _links: { self: { href: '/api/v1/analytics/series', method: 'GET' } },
    },
  },
});
