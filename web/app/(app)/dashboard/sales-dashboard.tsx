'use client';
/** How the business goes: figures against the period before, their course, the latest orders and what needs attention. */
import { Plus } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { overview } from '../../../../shared/contracts/analytics/overview.ts';
import { PageHeader } from '../../../components/data/page-header.tsx';
import { TroubleNotice } from '../../../components/data/trouble-notice.tsx';
import { destinationOf } from '../../../components/shell/destinations.ts';
import { ButtonLink } from '../../../components/ui/button-link';
import { Card } from '../../../components/ui/card';
import { ErrorState } from '../../../components/ui/error-state';
import { Segmented } from '../../../components/ui/segmented';
import { Select } from '../../../components/ui/select';
import { useOperation } from '../../../lib/operations.ts';
import { wordsFor } from '../../../lib/problems.ts';
import { Attention } from './attention.tsx';
import { Course } from './course.tsx';
import { currenciesOf, DEFAULT_RANGE, granularityOf, periodOf, rangeOf, ranges } from './figures.ts';
import { KeyFigures } from './key-figures.tsx';
import { LatestOrders } from './latest-orders.tsx';
import { twoCards } from './list-card.tsx';
import { LIVE_MS } from './live.ts';

const rangeOptions = ranges.map((days) => ({ value: String(days), label: `${days} days` }));
const stepOptions = [
  { value: 'day' as const, label: 'By day' },
  { value: 'hour' as const, label: 'By hour' },
];

/** Puts a choice into the address; the default is left out. */
function remember(name: string, value: string, usual: string): void {
  const params = new URLSearchParams(window.location.search);
  if (value === usual) params.delete(name);
  else params.set(name, value);
  const text = params.toString();
  window.history.replaceState(null, '', text ? `?${text}` : window.location.pathname);
}

export function SalesDashboard() {
  const params = useSearchParams();
  const range = rangeOf(params.get('range'));
  const granularity = granularityOf(params.get('by'), range);
  // The day may change while the page stays open: then the next rendering asks for the new period.
  const period = periodOf(range, new Date());
  const figures = useOperation(overview, { query: period }, { refetchInterval: LIVE_MS, keepPrevious: true });
  const [chosen, setChosen] = useState<string>();
  const currencies = figures.data ? currenciesOf(figures.data) : [];
  const currency = currencies.find((each) => each === chosen) ?? currencies[0] ?? 'GBP';

  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Dashboard"
        description={destinationOf('/dashboard')?.about}
        actions={
          <>
            {currencies.length > 1 && (
              <Select
                aria-label="Currency"
                controlSize="sm"
                className="w-24!"
                value={currency}
                options={currencies.map((value) => ({ value, label: value }))}
                onChange={({ target }) => setChosen(target.value)}
              />
            )}
            {range === 7 && (
              <Segmented
                label="Steps of the charts"
                options={stepOptions}
                value={granularity}
                onChange={(by) => remember('by', by, 'day')}
              />
            )}
            <Segmented
              label="Period"
              options={rangeOptions}
              value={String(range)}
              onChange={(days) => remember('range', days, String(DEFAULT_RANGE))}
            />
            <ButtonLink href="/orders/new" variant="primary" size="sm" icon={<Plus aria-hidden />}>
              New order
            </ButtonLink>
          </>
        }
      />
      <Card aria-label="Key figures">
        {figures.data && figures.trouble && (
          <TroubleNotice
            error={figures.trouble}
            isTryingAgain={figures.isTryingAgain}
            onRetry={() => void figures.refetch()}
          />
        )}
        {!figures.data && figures.trouble ? (
          <ErrorState
            compact
            title={wordsFor(figures.trouble).title}
            description={`${wordsFor(figures.trouble).text}${figures.isTryingAgain ? ' Trying again by itself.' : ''}`}
            onRetry={() => void figures.refetch()}
          />
        ) : (
          <KeyFigures figures={figures.data} currency={currency} days={range} />
        )}
      </Card>
      <div className="grid gap-5 lg:grid-cols-2">
        <Course metric="revenue" period={period} granularity={granularity} currency={currency} />
        <Course metric="orders" period={period} granularity={granularity} currency={currency} />
      </div>
      <div className={twoCards}>
        <LatestOrders />
        <Attention />
      </div>
    </div>
  );
}
