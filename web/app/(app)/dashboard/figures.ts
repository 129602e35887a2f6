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

export interface Period {
  /** Days, both of which count. */
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The period of the same length that ends before this one begins. */
export function periodBefore({ from, to }: Period): Period {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const days = (last - first) / DAY_MS + 1;
  return { from: dayOf(first - days * DAY_MS), to: dayOf(first - DAY_MS) };
}

/** The last `range` days, today among them; days are UTC as the API counts them. */
export function periodOf(range: Range, now: Date): Period {
  const today = Date.parse(`${now.toISOString().slice(0, 10)}T00:00:00.000Z`);
  return { from: dayOf(today - (range - 1) * DAY_MS), to: dayOf(today) };
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

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' ');

/**
 * "20 Nov", or "20 Nov, 14:00" where hours are told apart. As `Intl` writes it in the language of the app, without what its first format costs:
 * a tenth of a second on a phone, while the dashboard fills.
 */
function labelOf(at: string, granularity: Granularity): string {
  const date = `${Number(at.slice(8, 10))} ${MONTHS[Number(at.slice(5, 7)) - 1]}`;
  return granularity === 'hour' ? `${date}, ${at.slice(11, 16)}` : date;
}

interface SeriesPoint {
  at: string;
  value: string;
}

/** Points as a chart draws them, each beside the one at the same place in the period before. */
export function linePoints(
  points: readonly SeriesPoint[],
  before: readonly SeriesPoint[] | undefined,
  granularity: Granularity,
): { key: string; label: string; value: number; before?: number }[] {
  return points.map(({ at, value }, index) => {
    const earlier = before?.[index]?.value;
    return {
      key: at,
      label: labelOf(at, granularity),
      value: Number(value),
      ...(earlier !== undefined && { before: Number(earlier) }),
    };
  });
}
