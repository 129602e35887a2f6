import { overview } from '../../shared/contracts/analytics/overview.ts';
import { toDecimal } from '../../shared/money.ts';
import { sellerOf } from '../../shared/permissions.ts';
import { http, links } from '../platform/http.ts';
import { ALL, average, changeOf, currenciesIn, periodsOf, sum } from './figures.ts';
import { figuresReading, readFigures } from './read-figures.ts';

const DEFAULT_DAYS = 30;

export const handler = http(overview, {
  access: { table: figuresReading },
  errorImpact: 'Dashboards show no figures.',
  run: async (context) => {
    const { query, actor, scope, db, now } = context;
    const { from, to, previous } = periodsOf(query, now, DEFAULT_DAYS);
    const whose = scope === 'any' ? ALL : sellerOf(actor);
    const days = await readFigures(db, { scope: whose, step: 'day', from: previous.from, to });
    const present = sum(days.filter(({ at }) => at >= from));
    const past = sum(days.filter(({ at }) => at < from));

    const used = currenciesIn(present, past);
    const figure = (name: 'orders' | 'cancelledOrders' | 'newUsers') => {
      const [value, before] = [present[name] ?? 0, past[name] ?? 0];
      return { value, previous: before, change: changeOf(value, before) };
    };
    const amounts = (of: (sums: typeof present, currency: (typeof used)[number]) => number) =>
      used.map((currency) => {
        const [value, before] = [of(present, currency), of(past, currency)];
        const change = changeOf(value, before);
        return { currency, value: toDecimal(value, currency), previous: toDecimal(before, currency), change };
      });
    return {
      period: { from, to },
      previousPeriod: previous,
      revenue: amounts((sums, currency) => sums[`revenue${currency}`] ?? 0),
      orders: figure('orders'),
      cancelledOrders: figure('cancelledOrders'),
      averageOrderValue: amounts((sums, currency) =>
        average(sums[`revenue${currency}`] ?? 0, sums[`orders${currency}`] ?? 0),
      ),
      ...(whose === ALL && { newUsers: figure('newUsers') }),
      _links: links(context, { self: [overview] }),
    };
  },
});
