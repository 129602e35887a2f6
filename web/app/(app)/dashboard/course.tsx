'use client';
/** One figure over time, beside the period before. */
import { series } from '../../../../shared/contracts/analytics/series.ts';
import { type Currency, currencyDecimals } from '../../../../shared/money.ts';
import { chartHeights } from '../../../components/charts/chart-frame';
import { LineChart } from '../../../components/charts/line-chart';
import { formatCount, formatMoney, formatMoneyShort } from '../../../components/data/format.ts';
import { TroubleNotice } from '../../../components/data/trouble-notice.tsx';
import { Card, CardBody, CardHeader } from '../../../components/ui/card';
import { cn } from '../../../components/ui/cn';
import { ErrorState } from '../../../components/ui/error-state';
import { useOperation } from '../../../lib/operations.ts';
import { type Granularity, linePoints, type Period, periodBefore } from './figures.ts';
import { wordsAsState } from './list-card.tsx';
import { LIVE_MS } from './live.ts';

const titles = { revenue: 'Revenue', orders: 'Orders' } as const;
const A_DAY_MS = 86_400_000;

export interface CourseProps {
  metric: keyof typeof titles;
  period: Period;
  granularity: Granularity;
  currency: Currency;
}

export function Course({ metric, period, granularity, currency }: CourseProps) {
  const ask = { metric, granularity, ...(metric === 'revenue' && { currency }) };
  const now = useOperation(series, { query: { ...ask, ...period } }, { refetchInterval: LIVE_MS, keepPrevious: true });
  // Days that are over change only by cancellations: they are read once a visit.
  const before = useOperation(series, { query: { ...ask, ...periodBefore(period) } }, { staleTime: A_DAY_MS });
  const money = (value: number) => formatMoney(value.toFixed(currencyDecimals[currency]), currency);
  const title = titles[metric];
  return (
    <Card aria-label={`${title} over time`}>
      <CardHeader title={title} description={granularity === 'hour' ? 'By hour, UTC' : 'By day, UTC'} />
      {now.data && now.trouble && (
        <TroubleNotice error={now.trouble} isTryingAgain={now.isTryingAgain} onRetry={() => void now.refetch()} />
      )}
      <CardBody>
        {!now.data && now.trouble ? (
          <div className={cn('grid place-items-center', chartHeights.md)}>
            <ErrorState compact {...wordsAsState(now.trouble)} onRetry={() => void now.refetch()} />
          </div>
        ) : (
          <LineChart
            label={`${title} over time`}
            loading={!now.data}
            points={now.data ? linePoints(now.data.points, before.data?.points, granularity) : []}
            names={{ value: 'This period', before: 'The period before' }}
            format={metric === 'revenue' ? money : formatCount}
            axisFormat={metric === 'revenue' ? (value) => formatMoneyShort(value, currency) : formatCount}
          />
        )}
      </CardBody>
    </Card>
  );
}
