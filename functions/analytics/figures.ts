/** Rules of the figures: what an event adds to which steps, and what sums make of them. Pure. */
import { type Currency, currencies } from '../../shared/money.ts';
import type { Figures, Step } from './figures.table.ts';

/** The scope that sums over all sellers. No seller's id is like it. */
export const ALL = 'all';
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

export type Sums = Omit<Figures, 'scope' | 'step' | 'at'>;
/** What an event adds to one step of one scope. */
export interface Addition {
  scope: string;
  step: Step;
  at: string;
  add: Sums;
}
/** The facts that count, whatever the event is called. */
export type Counted =
  | { kind: 'placed' | 'cancelled'; seller: string; currency: Currency; total: number; placedAt: string }
  | { kind: 'registered'; at: string };

const hourOf = (at: string) => at.slice(0, 13);
export const dayOf = (at: string) => at.slice(0, 10);

/**
 * Additions of one event. A cancelled order is taken back from the steps in which it was placed, so the order in which events arrive
 * does not matter, and sums only.
 */
export function additionsOf(counted: Counted): Addition[] {
  const [moment, scopes, add] = factsOf(counted);
  return scopes.flatMap((scope) => [
    { scope, step: 'hour', at: hourOf(moment), add },
    { scope, step: 'day', at: dayOf(moment), add },
  ]);
}
function factsOf(counted: Counted): [moment: string, scopes: string[], add: Sums] {
  if (counted.kind === 'registered') return [counted.at, [ALL], { newUsers: 1 }];
  const sign = counted.kind === 'placed' ? 1 : -1;
  const add: Sums = {
    orders: sign,
    [`orders${counted.currency}`]: sign,
    [`revenue${counted.currency}`]: sign * counted.total,
    ...(counted.kind === 'cancelled' && { cancelledOrders: 1 }),
  };
  return [counted.placedAt, [ALL, counted.seller], add];
}

/** Sums of several, name by name. */
export function sum(parts: readonly Sums[]): Sums {
  const total: Record<string, number> = {};
  for (const part of parts)
    for (const [name, value] of Object.entries(part))
      if (typeof value === 'number') total[name] = (total[name] ?? 0) + value;
  return total as Sums;
}

/** Additions to the same step become one. */
export function gather(additions: readonly Addition[]): Addition[] {
  const steps = new Map<string, Addition>();
  for (const addition of additions) {
    const key = `${addition.scope}#${addition.step}#${addition.at}`;
    const before = steps.get(key);
    steps.set(key, before ? { ...before, add: sum([before.add, addition.add]) } : addition);
  }
  return [...steps.values()];
}

/** Whole-number division, half up; 0 when there is nothing to divide by. */
export function average(total: number, count: number): number {
  return count > 0 ? Math.floor((2 * total + count) / (2 * count)) : 0;
}

/** Change in percent to one decimal; null when there was nothing before. */
export function changeOf(value: number, previous: number): number | null {
  return previous === 0 ? null : Math.round(((value - previous) * 1_000) / Math.abs(previous)) / 10;
}

/** Currencies that occur in any of the sums, in the order of the currency table. */
export function currenciesIn(...sums: readonly Sums[]): Currency[] {
  return currencies.filter((currency) => sums.some((part) => part[`orders${currency}`] !== undefined));
}

/** Both days of the period asked for, and of the one of equal length before it. Days are `YYYY-MM-DD`, UTC, both ends count. */
export function periodsOf(query: { from?: string; to?: string }, now: Date, defaultDays: number) {
  const to =
    query.to ?? (query.from ? later(query.from, defaultDays - 1, dayOf(now.toISOString())) : dayOf(now.toISOString()));
  const from = query.from ?? shift(to, 1 - defaultDays);
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return { from, to, days, previous: { from: shift(from, -days), to: shift(from, -1) } };
}
/** `days` after a day, but not after `latest` unless the day itself is. */
function later(day: string, days: number, latest: string): string {
  const end = shift(day, days);
  return end > latest && day <= latest ? latest : end;
}
/** The day so many days later. */
export function shift(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * DAY_MS).toISOString());
}

export type Granularity = 'hour' | 'day' | 'week' | 'month';

/** Begin of the step that a counted step belongs to, as an ISO moment. */
export function stepBegin(at: string, granularity: Granularity): string {
  const day = dayOf(at);
  if (granularity === 'hour') return `${at}:00:00.000Z`;
  if (granularity === 'month') return `${day.slice(0, 7)}-01T00:00:00.000Z`;
  if (granularity === 'day') return `${day}T00:00:00.000Z`;
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return `${shift(day, -sinceMonday)}T00:00:00.000Z`;
}

/** Begins of all steps of a period, in order, also of those in which nothing happened. */
export function stepsOf(from: string, to: string, granularity: Granularity): string[] {
  const begins = new Set<string>();
  const stride = granularity === 'hour' ? HOUR_MS : DAY_MS;
  for (let time = Date.parse(from); time < Date.parse(to) + DAY_MS; time += stride) {
    const moment = new Date(time).toISOString();
    begins.add(stepBegin(granularity === 'hour' ? hourOf(moment) : dayOf(moment), granularity));
  }
  return [...begins];
}
