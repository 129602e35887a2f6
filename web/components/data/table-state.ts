/**
 * What a table shows, as it stands in the address: search, filters, sort, page and columns. Pure, so that reading and writing are each other's
 * inverse. Names of filters are the API's own query parameters; what is as by default is left out.
 */
import { formatCount } from './format.ts';

export type Order = 'asc' | 'desc';

export interface TableState {
  search: string;
  /** Query parameter → value, as the API takes it. */
  filters: Readonly<Record<string, string>>;
  sort: string;
  order: Order;
  /** From 1. */
  page: number;
  limit: number;
  /** Where a page begins that lies deeper than `page` may reach. */
  cursor?: string;
  /** Ids of hidden columns, sorted. */
  hidden: readonly string[];
}

export interface TableDefaults {
  sort: string;
  order: Order;
  limit: number;
  hidden: readonly string[];
  /** Query parameters that filters use. */
  filterParams: readonly string[];
  sorts: readonly string[];
  columns: readonly string[];
  /** Whether the API would take the value: an address is typed by people. */
  isValid: (param: string, value: string) => boolean;
}

export const PAGE_SIZES = [10, 25, 50, 100] as const;
/** Deepest item that a page number reaches; beyond it the API wants a cursor. */
export const MAX_PAGE_DEPTH = 10_000;

/** The last page that a number reaches. */
const lastNumbered = (limit: number) => Math.floor(MAX_PAGE_DEPTH / limit);

const sorted = (names: Iterable<string>) => [...new Set(names)].sort();
const sameNames = (a: readonly string[], b: readonly string[]) => a.join(' ') === b.join(' ');

/** The state that an address holds; what does not fit is taken as left out. */
export function readTableState(params: URLSearchParams, defaults: TableDefaults): TableState {
  const filters: Record<string, string> = {};
  for (const param of defaults.filterParams) {
    const value = params.get(param)?.trim();
    if (value && defaults.isValid(param, value)) filters[param] = value;
  }
  const sort = params.get('sort') ?? '';
  const isKnownSort = defaults.sorts.includes(sort);
  const order = params.get('order');
  const limit = Number(params.get('limit'));
  const size = PAGE_SIZES.find((known) => known === limit) ?? defaults.limit;
  const page = Number(params.get('page') ?? 1);
  const cursor = params.get('cursor') ?? undefined;
  const isPage = Number.isInteger(page) && page >= 1;
  // Without its cursor a page beyond the numbered ones can't be read: the nearest is the last of them.
  const reachable = isPage && cursor === undefined ? Math.min(page, lastNumbered(size)) : page;
  const columns = params.get('hide');
  return {
    search: params.get('search')?.trim() ?? '',
    filters,
    sort: isKnownSort ? sort : defaults.sort,
    order: order === 'asc' || order === 'desc' ? order : defaults.order,
    page: isPage ? reachable : 1,
    limit: size,
    ...(cursor !== undefined && isPage && page > 1 && { cursor }),
    hidden:
      columns === null
        ? sorted(defaults.hidden)
        : sorted(columns.split(',').filter((column) => defaults.columns.includes(column))),
  };
}

/** The search part of the address, without "?"; parameters that are not the table's stay. */
export function writeTableState(
  state: TableState,
  defaults: TableDefaults,
  others: URLSearchParams = new URLSearchParams(),
): string {
  const own = new Set(['search', 'sort', 'order', 'page', 'limit', 'cursor', 'hide', ...defaults.filterParams]);
  const params = new URLSearchParams([...others].filter(([name]) => !own.has(name)));
  if (state.search) params.set('search', state.search);
  for (const param of defaults.filterParams) {
    const value = state.filters[param];
    if (value) params.set(param, value);
  }
  if (state.sort !== defaults.sort) params.set('sort', state.sort);
  if (state.order !== defaults.order) params.set('order', state.order);
  if (state.limit !== defaults.limit) params.set('limit', String(state.limit));
  if (state.page > 1) params.set('page', String(state.page));
  if (state.page > 1 && state.cursor) params.set('cursor', state.cursor);
  const hidden = sorted(state.hidden);
  if (!sameNames(hidden, sorted(defaults.hidden))) params.set('hide', hidden.join(','));
  return params.toString();
}

/** What belongs to the rows changed: the first page of the new rows. */
export function withRows(
  state: TableState,
  change: Partial<Pick<TableState, 'search' | 'filters' | 'sort' | 'order' | 'limit'>>,
): TableState {
  const { cursor: _, ...rest } = state;
  return { ...rest, ...change, page: 1 };
}

/**
 * The state of another page; a cursor is used only where page numbers end. `cursor` is that page's own: when it is not known, the way on ends
 * here, and the way back leads to the last page that has a number.
 */
export function withPage(state: TableState, page: number, cursor?: string): TableState {
  const { cursor: _, ...rest } = state;
  if (page <= lastNumbered(state.limit)) return { ...rest, page };
  if (cursor !== undefined) return { ...rest, page, cursor };
  return page < state.page ? { ...rest, page: lastNumbered(state.limit) } : state;
}

/** Parameters of the request. A search that the API would refuse (too short, say) is not sent. */
export function requestOf(
  state: TableState,
  { isSearchable = true, dayAfter = [] }: { isSearchable?: boolean; dayAfter?: readonly string[] } = {},
): Record<string, string> {
  const query: Record<string, string> = { limit: String(state.limit), sort: state.sort, order: state.order };
  if (state.cursor !== undefined) query.cursor = state.cursor;
  else if (state.page > 1) query.page = String(state.page);
  if (state.search && isSearchable) query.search = state.search;
  for (const [param, value] of Object.entries(state.filters))
    query[param] = dayAfter.includes(param) ? nextDay(value) : value;
  return query;
}

/** People mean "until and with that day", the API means "before". */
export function nextDay(day: string): string {
  const at = new Date(`${day}T00:00:00.000Z`);
  at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString().slice(0, 10);
}

export function isFiltered(state: TableState): boolean {
  return state.search !== '' || Object.keys(state.filters).length > 0;
}

/** "1–25 of 1,204"; "26–50 of 10,000+" when the API has stopped counting. */
export function rangeText(pagination: {
  currentPage: number;
  itemsPerPage: number;
  totalItems: number;
  totalIsExact: boolean;
  shown: number;
}): string {
  const { currentPage, itemsPerPage, totalItems, totalIsExact, shown } = pagination;
  if (shown === 0) return 'None';
  const first = (currentPage - 1) * itemsPerPage + 1;
  const last = first + shown - 1;
  // The API counts to 10,000; a filtered list is not counted, then it is known only that more follow.
  const known = totalItems >= MAX_PAGE_DEPTH ? Math.max(last, totalItems) : last;
  const total = totalIsExact ? formatCount(totalItems) : `${formatCount(known)}+`;
  return `${formatCount(first)}–${formatCount(last)} of ${total}`;
}
