import { series } from '../../shared/contracts/analytics/series.ts';
import { type Currency, toDecimal } from '../../shared/money.ts';
import { sellerOf } from '../../shared/permissions.ts';
import { http, links } from '../platform/http.ts';
import { ALL, average, periodsOf, type Sums, stepBegin, stepsOf, sum } from './figures.ts';
import { figuresReading, readFigures } from './read-figures.ts';

const DEFAULT_DAYS = 30;
const DEFAULT_DAYS_OF_HOURS = 2;

type Metric = 'revenue' | 'orders' | 'cancelledOrders' | 'averageOrderValue' | 'newUsers';

function pointValue(sums: Sums, metric: Metric, currency: Currency): string {
  const revenue = sums[`revenue${currency}`] ?? 0;
  if (metric === 'revenue') return toDecimal(revenue, currency);
  if (metric === 'averageOrderValue') return toDecimal(average(revenue, sums[`orders${currency}`] ?? 0), currency);
  return String(sums[metric] ?? 0);
}

export const handler = http(series, {
  access: { table: figuresReading },
  errorImpact: 'Charts stay empty.',
  run: async (context) => {
    const { query, actor, scope, db, now } = context;
    const { metric, granularity, currency } = query;
    const hourly = granularity === 'hour';
    const { from, to } = periodsOf(query, now, hourly ? DEFAULT_DAYS_OF_HOURS : DEFAULT_DAYS);
    const counted = await readFigures(db, {
      scope: scope === 'any' ? ALL : sellerOf(actor),
      step: hourly ? 'hour' : 'day',
      from: hourly ? `${from}T00` : from,
      to: hourly ? `${to}T23` : to,
    });
    const steps = Map.groupBy(counted, ({ at }) => stepBegin(at, granularity));
    const isAmount = metric === 'revenue' || metric === 'averageOrderValue';
    return {
      metric,
      granularity,
      from,
      to,
      ...(isAmount && { currency }),
      points: stepsOf(from, to, granularity).map((at) => ({
        at,
        value: pointValue(sum(steps.get(at) ?? []), metric, currency),
      })),
      _links: links(context, { self: [series] }),
    };
  },
});
