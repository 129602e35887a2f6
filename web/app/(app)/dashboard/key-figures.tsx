'use client';
import type * as z from 'zod';
import type { overview } from '../../../../shared/contracts/analytics/overview.ts';
import type { Currency } from '../../../../shared/money.ts';
import { formatCount, formatMoney } from '../../../components/data/format.ts';
import { cn } from '../../../components/ui/cn';
import { Stat } from '../../../components/ui/stat';
import { useCan } from '../../../lib/session.tsx';
import { amountIn } from './figures.ts';

type Overview = z.output<typeof overview.output>;

/** Percent as the API gives it → the ratio that a Stat takes. */
const ratio = (percent: number | null | undefined) =>
  percent === undefined || percent === null ? null : percent / 100;

export interface KeyFiguresProps {
  /** Undefined while they load: the places are kept. */
  figures: Overview | undefined;
  currency: Currency;
  days: number;
}

export function KeyFigures({ figures, currency, days }: KeyFiguresProps) {
  // Sellers see figures of their own sales: who registers is the company's business.
  const countsUsers = useCan('analytics:read') === 'any';
  const compared = `against the ${days} days before`;
  const count = (figure: Overview['orders'] | undefined) =>
    figure && { value: formatCount(figure.value), change: ratio(figure.change) };
  const amount = (amounts: Overview['revenue'] | undefined) => {
    if (!amounts) return undefined;
    const found = amountIn(amounts, currency);
    return { value: formatMoney(found?.value ?? '0', currency), change: ratio(found?.change) };
  };
  return (
    <div
      className={cn(
        'grid grid-cols-2 gap-px bg-line *:bg-surface',
        countsUsers ? 'md:grid-cols-3 xl:grid-cols-5 max-xl:[&>*:nth-child(5)]:col-span-2' : 'lg:grid-cols-4',
      )}
    >
      <Stat label="Revenue" compared={compared} {...amount(figures?.revenue)} />
      <Stat label="Orders" compared={compared} {...count(figures?.orders)} />
      <Stat label="Average order" compared={compared} {...amount(figures?.averageOrderValue)} />
      <Stat label="Cancelled orders" better="down" compared={compared} {...count(figures?.cancelledOrders)} />
      {countsUsers && <Stat label="New users" compared={compared} {...count(figures?.newUsers)} />}
    </div>
  );
}
