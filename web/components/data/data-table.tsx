'use client';
/**
 * Every list of the app: read from the API page by page, sorted, filtered and searched there. What it shows stands in the address, so back,
 * forward, reload and a copied address give the same. Rows are links; keys walk and select them (see use-row-keys.ts).
 */
import {
  type ColumnVisibilityState,
  createColumnHelper,
  type RowSelectionState,
  type SortingState,
  useTable,
} from '@tanstack/react-table';
import { SearchX, SlidersHorizontal } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type * as z from 'zod';
import type { ListPage } from '../../../shared/client.ts';
import type { Contract } from '../../../shared/contracts/contract.ts';
import { type Reading, useOperation } from '../../lib/operations.ts';
import { wordsFor } from '../../lib/problems.ts';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { cn } from '../ui/cn';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import type BulkBarOf from './bulk-bar.tsx';
import { type BulkAction, type Column, type Filter, paramsOf } from './column.ts';
import { ExportMenu } from './export-menu.tsx';
import { FilterBar } from './filter-bar.tsx';
import { OnDemand } from './on-demand.tsx';
import { SearchBox } from './search-box.tsx';
import { features } from './table-features.ts';
import { TableFooter } from './table-footer.tsx';
import { CardRows, CardSkeleton, TableRows, TableSkeleton } from './table-rows.tsx';
import { isFiltered, type Order, rangeText, requestOf, type TableDefaults, withPage, withRows } from './table-state.ts';
import { TroubleNotice } from './trouble-notice.tsx';
import { useIsPhone } from './use-is-phone.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useTableState } from './use-table-state.ts';

// Loaded when they are reached for.
const loadViewMenu = () => import('./view-menu.tsx');
const ViewMenu = lazy(loadViewMenu);
const BulkBar = lazy(() => import('./bulk-bar.tsx')) as typeof BulkBarOf;

export interface DataTableProps<T extends { id: string }> {
  /** A list operation. */
  contract: Contract;
  /** Name of the list in the plural, lower case: "products". */
  name: string;
  /** The first column carries the link of the row and can't be hidden. Must be stable, as all arrays here. */
  columns: readonly Column<T>[];
  filters?: readonly Filter[];
  search?: { label: string; placeholder: string; hint: string };
  /** What the list is asked for besides: a fixed filter of the page. */
  fixed?: Readonly<Record<string, string>>;
  expand?: readonly string[];
  sort: string;
  order: Order;
  limit?: number;
  /** The page of a row; without it, rows lead nowhere. */
  hrefOf?: (row: T) => string;
  labelOf: (row: T) => string;
  /** Told when somebody follows the link of a row. */
  onOpen?: (row: T) => void;
  /** A row as it shows on a phone, inside its link. */
  card: (row: T) => ReactNode;
  actions?: readonly BulkAction<T>[];
  /** Other operations whose answers a bulk action makes out of date; the list itself always is. */
  invalidates?: readonly Contract[];
  /** Least width of the table (`min-w-…`): beneath it, it scrolls sideways. */
  minWidth?: string;
  empty: { icon: ReactNode; title: string; description: string; action?: ReactNode };
  /** Milliseconds after which it is read again while it is looked at. */
  refetchInterval?: number;
}

const noFilters: readonly Filter[] = [];
const noActions: readonly BulkAction<never>[] = [];
const none: readonly never[] = [];
const noFixed: Readonly<Record<string, string>> = {};
const noContracts: readonly Contract[] = [];

export function DataTable<T extends { id: string }>({
  contract,
  name,
  columns,
  filters = noFilters,
  search,
  fixed = noFixed,
  expand,
  sort,
  order,
  limit = 25,
  hrefOf,
  labelOf,
  onOpen,
  card,
  actions = noActions as readonly BulkAction<T>[],
  invalidates = noContracts,
  minWidth = 'min-w-240',
  empty,
  refetchInterval,
}: DataTableProps<T>) {
  const defaults = useMemo<TableDefaults>(() => {
    const query = contract.query as z.ZodObject;
    return {
      sort,
      order,
      limit,
      hidden: columns.filter(({ isHidden }) => isHidden).map(({ id }) => id),
      filterParams: filters.flatMap(paramsOf),
      sorts: contract.list?.sorts ?? [],
      columns: columns.slice(1).map(({ id }) => id),
      isValid: (param, value) => query.shape[param]?.safeParse(value).success ?? false,
    };
  }, [contract, columns, filters, sort, order, limit]);
  const [state, setState] = useTableState(defaults);

  const isSearchable = state.search === '' || defaults.isValid('search', state.search);
  const query = useMemo(
    () => ({
      ...requestOf(state, {
        isSearchable,
        dayAfter: filters.flatMap((filter) => (filter.kind === 'days' ? [filter.to] : [])),
      }),
      ...fixed,
    }),
    [state, isSearchable, filters, fixed],
  );
  const list = useOperation(contract, { query, ...(expand && { expand }) } as never, {
    keepPrevious: true,
    ...(refetchInterval !== undefined && { refetchInterval }),
  }) as unknown as Reading<ListPage<T>>;
  const rows = list.data?.items ?? (none as readonly T[]);
  const isStale = list.isPlaceholderData && list.isFetching;

  // Chosen rows stay chosen from page to page, until other rows are asked for.
  const asked = JSON.stringify([state.search, state.filters, fixed]);
  const [chosen, setChosen] = useState<{ asked: string; ids: RowSelectionState; rows: ReadonlyMap<string, T> }>({
    asked,
    ids: {},
    rows: new Map(),
  });
  const selection = chosen.asked === asked ? chosen : { asked, ids: {}, rows: new Map<string, T>() };
  const selectionNow = useRef(selection);
  selectionNow.current = selection;
  const setSelection = (change: RowSelectionState | ((ids: RowSelectionState) => RowSelectionState)) => {
    const before = selectionNow.current;
    const ids = typeof change === 'function' ? change(before.ids) : change;
    const known = new Map([...before.rows, ...rows.map((row) => [row.id, row] as const)]);
    setChosen({ asked, ids, rows: new Map([...known].filter(([id]) => ids[id])) });
  };
  const clearSelection = useCallback(() => setChosen({ asked: '', ids: {}, rows: new Map() }), []);

  const sorting = useMemo<SortingState>(
    () =>
      columns.filter((column) => column.sort === state.sort).map(({ id }) => ({ id, desc: state.order === 'desc' })),
    [columns, state.sort, state.order],
  );
  const columnVisibility = useMemo<ColumnVisibilityState>(
    () => Object.fromEntries(state.hidden.map((id) => [id, false])),
    [state.hidden],
  );
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, T>();
    return helper.columns(
      columns.map((column, index) =>
        // What is sorted is the API's business; the value only makes the column one that can be.
        helper.accessor((row) => row.id, {
          id: column.id,
          header: column.header,
          cell: ({ row }) => column.cell(row.original),
          enableSorting: column.sort !== undefined,
          enableHiding: index > 0,
          sortDescFirst: column.firstOrder === 'desc',
        }),
      ),
    );
  }, [columns]);
  const table = useTable<typeof features, T>({
    features,
    columns: definitions,
    data: rows,
    getRowId: (row) => row.id,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    enableRowSelection: actions.length > 0,
    state: { sorting, columnVisibility, rowSelection: selection.ids },
    onSortingChange: (change) => {
      const [next] = typeof change === 'function' ? change(sorting) : change;
      const column = columns.find(({ id }) => id === next?.id);
      if (column?.sort && next) {
        const sort = column.sort;
        setState((before) => withRows(before, { sort, order: next.desc ? 'desc' : 'asc' }));
      }
    },
    onColumnVisibilityChange: (change) => {
      const next = typeof change === 'function' ? change(columnVisibility) : change;
      const hidden = Object.keys(next).filter((id) => next[id] === false);
      setState((before) => ({ ...before, hidden }), 'replace');
    },
    onRowSelectionChange: setSelection,
  });

  // A cursor leads on, never back: those of deep pages that were passed on the way are remembered.
  const way = useRef({ asked: '', cursors: new Map<number, string>() });
  const rowsAsked = JSON.stringify([asked, state.sort, state.order, state.limit]);
  if (way.current.asked !== rowsAsked) way.current = { asked: rowsAsked, cursors: new Map() };
  if (state.cursor !== undefined) way.current.cursors.set(state.page, state.cursor);

  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef(table);
  latest.current = table;
  const selectRow = useCallback((id: string) => latest.current.getRow(id)?.toggleSelected(), []);
  useRowKeys(frame, selectRow);

  const isPhone = useIsPhone();
  const pagination = list.data?.pagination;
  const chosenRows = [...selection.rows.values()];
  const total =
    pagination && rangeText({ ...pagination, currentPage: state.page, shown: rows.length }).split(' of ')[1];
  const reset = () => setState((before) => withRows(before, { search: '', filters: {} }));

  return (
    <div className="flex min-w-0 flex-col gap-3">
      <search aria-label={`Find ${name}`} className="flex flex-wrap items-center gap-2">
        {search && (
          <SearchBox
            label={search.label}
            placeholder={search.placeholder}
            value={state.search}
            onSearch={(text) => setState((before) => withRows(before, { search: text }), 'replace')}
            note={isSearchable ? undefined : search.hint}
          />
        )}
        <FilterBar
          filters={filters}
          values={state.filters}
          isValid={defaults.isValid}
          onChange={(values) => setState((before) => withRows(before, { filters: values }))}
        />
        <div className="ms-auto flex items-center gap-2">
          <ExportMenu contract={contract} query={query} name={name} total={total} />
          <div className="max-md:hidden">
            <OnDemand
              load={loadViewMenu}
              trigger={(reach) => (
                <Button size="sm" icon={<SlidersHorizontal aria-hidden />} {...reach}>
                  View
                </Button>
              )}
            >
              {(trigger, open, onOpenChange) => (
                <ViewMenu
                  trigger={trigger}
                  open={open}
                  onOpenChange={onOpenChange}
                  columns={table
                    .getAllLeafColumns()
                    .filter((column) => column.getCanHide())
                    .map((column) => ({
                      id: column.id,
                      label: String(column.columnDef.header),
                      isVisible: column.getIsVisible(),
                    }))}
                  onToggle={(id, isVisible) => table.getColumn(id)?.toggleVisibility(isVisible)}
                  onReset={
                    state.hidden.join(' ') === [...defaults.hidden].sort().join(' ')
                      ? undefined
                      : () => setState((before) => ({ ...before, hidden: defaults.hidden }), 'replace')
                  }
                />
              )}
            </OnDemand>
          </div>
        </div>
      </search>
      <Card aria-label={`List of ${name}`}>
        {list.trouble && list.data && (
          <TroubleNotice error={list.trouble} isTryingAgain={list.isTryingAgain} onRetry={() => void list.refetch()} />
        )}
        <div
          ref={frame}
          aria-busy={list.isFetching}
          className={cn('transition-opacity duration-200', isStale && 'opacity-60')}
        >
          {!list.data && list.trouble ? (
            <ListTrouble error={list.trouble} isTryingAgain={list.isTryingAgain} onRetry={() => void list.refetch()} />
          ) : !list.data ? (
            <>
              <div className="max-md:hidden">
                <TableSkeleton
                  columns={columns.filter(({ id }) => !state.hidden.includes(id))}
                  rows={state.limit}
                  minWidth={minWidth}
                  isSelectable={actions.length > 0}
                />
              </div>
              <div className="md:hidden">
                <CardSkeleton rows={state.limit} />
              </div>
              <p role="status" className="sr-only">
                Loading {name}
              </p>
            </>
          ) : rows.length === 0 ? (
            isFiltered(state) || state.page > 1 ? (
              <EmptyState
                icon={<SearchX aria-hidden />}
                title={state.page > 1 ? 'This page is empty' : `No ${name} match`}
                description={state.page > 1 ? 'The list ends before it.' : 'Try fewer filters or another search.'}
                action={
                  <Button size="sm" onClick={reset}>
                    Show all {name}
                  </Button>
                }
              />
            ) : (
              <EmptyState {...empty} />
            )
          ) : isPhone ? (
            <CardRows
              rows={rows}
              label={`List of ${name}`}
              hrefOf={hrefOf}
              labelOf={labelOf}
              onOpen={onOpen}
              card={card}
            />
          ) : (
            <TableRows
              table={table}
              columns={columns}
              minWidth={minWidth}
              label={`Table of ${name}`}
              hrefOf={hrefOf}
              labelOf={labelOf}
              onOpen={onOpen}
            />
          )}
        </div>
        {pagination && rows.length > 0 && (
          <TableFooter
            pagination={pagination}
            page={state.page}
            limit={state.limit}
            shown={rows.length}
            onPage={(page) =>
              setState((before) =>
                withPage(before, page, page > before.page ? pagination.nextCursor : way.current.cursors.get(page)),
              )
            }
            onLimit={(size) => setState((before) => withRows(before, { limit: size }))}
          />
        )}
      </Card>
      {chosenRows.length > 0 && (
        <Suspense>
          <BulkBar
            rows={chosenRows}
            actions={actions}
            labelOf={labelOf}
            invalidates={[contract, ...invalidates]}
            onClear={clearSelection}
          />
        </Suspense>
      )}
    </div>
  );
}

function ListTrouble({ error, isTryingAgain, onRetry }: { error: Error; isTryingAgain: boolean; onRetry: () => void }) {
  const { title, text, requestId } = wordsFor(error);
  return (
    <ErrorState
      title={title}
      description={isTryingAgain ? `${text} Trying again by itself.` : text}
      onRetry={onRetry}
      {...(requestId && { requestId })}
    />
  );
}
