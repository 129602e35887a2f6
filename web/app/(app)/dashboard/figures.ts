/** What the dashboard shows, from what the API answers. Pure. */
import type * as z from 'zod';
import type { overview } from '../../../../shared/contracts/analytics/overview.ts';
import type { Currency } from '../../../../shared/money.ts';

export const ranges = [7, 30, 90] as const;
export type Range = (typeof ranges)[number];
export const DEFAULT_RANGE: Range = 30;

export type Granularity = 'hour' | 'day';

/** The range that an address names. */
export function rangeOf(text: string | null): Range {
  return ranges.find((days) => String(days) === text) ?? DEFAULT_RANGE;
}

/** Hours over more than a month would be more points than a chart has pixels, and more than the API gives. */
export function granularityOf(text: string | null, range: Range): Granularity {
  return text === 'hour' && range === 7 ? 'hour' : 'day';
}

/** The last `range` days, today among them; days are UTC as the API counts them. */
export function periodOf(range: Range, now: Date): { from: string; to: string } {
  const to = now.toISOString().slice(0, 10);
  const first = new Date(`${to}T00:00:00.000Z`);
  first.setUTCDate(first.getUTCDate() - (range - 1));
  return { from: first.toISOString().slice(0, 10), to };
}

type Overview = z.output<typeof overview.output>;

/** Currencies in which something was sold, the one with the most revenue first. Amounts of unlike currencies compare only roughly. */
export function currenciesOf({ revenue }: Overview): Currency[] {
  return [...revenue].sort((a, b) => Number(b.value) - Number(a.value)).map(({ currency }) => currency);
}

export function amountIn(
  amounts: Overview['revenue'],
  currency: Currency,
): { value: string; change: number | null } | undefined {
  return amounts.find((amount) => amount.currency === currency);
}

/** Points of a series as a chart draws them: an approximate number for the height, the exact text for the reader. */
export function pointsOf(
  points: readonly { at: string; value: string }[],
): { at: string; value: number; text: string }[] {
  return points.map(({ at, value }) => ({ at, value: Number(value), text: value }));
}
