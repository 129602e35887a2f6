/** What a list shows of each row. */
import type { ReactNode } from 'react';
import { lazily } from './format.ts';
import type { Order } from './table-state.ts';

export interface Column<T> {
  id: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** Name of the API's sort, where it has one for this column. */
  sort?: string;
  /** Direction of the first press; `asc` unless the greatest or newest is what people look for. */
  firstOrder?: Order;
  align?: 'end';
  /** Less weight than the other columns. */
  quiet?: boolean;
  /** Width (`w-…`); the one column without takes the rest. Widths are fixed so that nothing moves from page to page. */
  width?: string;
  /** Not shown until somebody chooses it. */
  isHidden?: boolean;
  /** Shown only where the table has its whole width: the others stand without scrolling on a tablet. */
  isWideOnly?: boolean;
}

export interface BulkAction<T> {
  label: string;
  icon?: ReactNode;
  tone?: 'danger';
  /** Whether a row takes part; the others are left as they are, and it is said how many. */
  can: (row: T) => boolean;
  /** Does it to one row. The key stays the same through all tries of that row. */
  run: (row: T, idempotencyKey: string) => Promise<unknown>;
  /** Asked before; without it, the action starts at once. */
  confirm?: { title: (count: number) => string; description: string; confirmLabel: string };
  /** What is said afterwards: "3 orders cancelled". */
  done: (count: number) => string;
}

export type Filter =
  | {
      kind: 'choice';
      param: string;
      label: string;
      options: readonly { value: string; label: string }[];
    }
  | { kind: 'text'; param: string; label: string; hint?: string; placeholder?: string }
  | { kind: 'amounts'; from: string; to: string; label: string }
  | { kind: 'days'; from: string; to: string; label: string };

/** Query parameters that a filter sets. */
export function paramsOf(filter: Filter): string[] {
  return 'param' in filter ? [filter.param] : [filter.from, filter.to];
}

/** What a filter is set to, in words; undefined when it is not set. */
export function filterText(filter: Filter, values: Readonly<Record<string, string>>): string | undefined {
  if (filter.kind === 'choice')
    return filter.options.find(({ value }) => value === values[filter.param])?.label ?? values[filter.param];
  if (filter.kind === 'text') return values[filter.param];
  const [from, to] = [values[filter.from], values[filter.to]].map((value) =>
    value === undefined || filter.kind === 'amounts' ? value : dayText(value),
  );
  if (from !== undefined && to !== undefined) return from === to ? from : `${from} – ${to}`;
  if (from !== undefined) return filter.kind === 'days' ? `since ${from}` : `from ${from}`;
  return to === undefined ? undefined : filter.kind === 'days' ? `until ${to}` : `up to ${to}`;
}

const day = lazily(
  () => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
);
function dayText(value: string): string {
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? value : day().format(at);
}
