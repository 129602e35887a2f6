'use client';
/** The rows of a list, as a table or as cards, and what holds their place while they load. */
import type { ReactTable, Row } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { Checkbox } from '../ui/checkbox';
import { cn } from '../ui/cn';
import { Link } from '../ui/link';
import { Skeleton } from '../ui/skeleton';
import { Table, TableFrame, TBody, TD, TH, THead, TRow } from '../ui/table';
import type { Column } from './column.ts';
import type { features } from './table-features.ts';

type Features = typeof features;

export interface TableRowsProps<T extends { id: string }> {
  table: ReactTable<Features, T>;
  columns: readonly Column<T>[];
  label: string;
  /** `min-w-…` */
  minWidth: string;
  hrefOf: ((row: T) => string) | undefined;
  labelOf: (row: T) => string;
  onOpen?: ((row: T) => void) | undefined;
}

const tableLook = 'table-fixed';
/** With the columns that it has by itself, a table fits a tablet when some of them give way there. */
const widthWith = (columns: readonly { isWideOnly?: boolean }[], minWidth: string) =>
  columns.some(({ isWideOnly }) => isWideOnly) ? 'min-w-168 lg:min-w-240' : minWidth;
const wideOnly = 'max-lg:hidden';
const choiceWidth = 'w-12';
/** Covers the whole row, so that every point of it is a real link. */
const rowLink =
  'outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring';

export function TableRows<T extends { id: string }>({
  table,
  columns,
  label,
  minWidth,
  hrefOf,
  labelOf,
  onOpen,
}: TableRowsProps<T>) {
  const columnOf = new Map(columns.map((column) => [column.id, column]));
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const rows = table.getRowModel().rows;
  const isSelectable = rows.some((row) => row.getCanSelect());
  const isUsual = columns.every(({ id, isHidden = false }) => table.getColumn(id)?.getIsVisible() === !isHidden);
  return (
    <TableFrame label={label}>
      <Table className={cn(tableLook, isUsual ? widthWith(columns, minWidth) : minWidth)}>
        <THead>
          <tr>
            {isSelectable && (
              <TH className={choiceWidth}>
                <Choice
                  label="Select all rows of this page"
                  isChecked={table.getIsAllRowsSelected()}
                  isMixed={table.getIsSomeRowsSelected()}
                  onClick={() => table.toggleAllRowsSelected(!table.getIsAllRowsSelected())}
                />
              </TH>
            )}
            {headers.map(({ column, id }) => {
              const look = columnOf.get(column.id);
              return (
                <TH
                  key={id}
                  align={look?.align}
                  className={cn(look?.width, look?.isWideOnly && wideOnly)}
                  sorted={column.getIsSorted()}
                  {...(column.getCanSort() && { onSort: () => column.toggleSorting() })}
                >
                  {String(column.columnDef.header)}
                </TH>
              );
            })}
          </tr>
        </THead>
        <TBody>
          {rows.map((row) => (
            <TableRow
              key={row.id}
              row={row}
              table={table}
              columnOf={columnOf}
              href={hrefOf?.(row.original)}
              label={labelOf(row.original)}
              onOpen={onOpen}
            />
          ))}
        </TBody>
      </Table>
    </TableFrame>
  );
}

function TableRow<T extends { id: string }>({
  row,
  table,
  columnOf,
  href,
  label,
  onOpen,
}: {
  row: Row<Features, T>;
  table: ReactTable<Features, T>;
  columnOf: ReadonlyMap<string, Column<T>>;
  href: string | undefined;
  label: string;
  onOpen: ((row: T) => void) | undefined;
}) {
  return (
    <TRow data-row={row.id} interactive={href !== undefined} selected={row.getIsSelected()} className="relative">
      {row.getCanSelect() && (
        <TD>
          <Choice label={`Select ${label}`} isChecked={row.getIsSelected()} onClick={row.getToggleSelectedHandler()} />
        </TD>
      )}
      {row.getVisibleCells().map((cell, index) => {
        const look = columnOf.get(cell.column.id);
        const content = <table.FlexRender cell={cell} />;
        return (
          <TD
            key={cell.id}
            align={look?.align}
            quiet={look?.quiet ?? false}
            className={cn('truncate [&>*]:align-middle', look?.isWideOnly && wideOnly)}
          >
            {index === 0 && href !== undefined ? (
              <Link
                data-row-link
                href={href}
                prefetch={false}
                className={rowLink}
                onClick={() => onOpen?.(row.original)}
              >
                {content}
              </Link>
            ) : (
              content
            )}
          </TD>
        );
      })}
    </TRow>
  );
}

/** Shift and a press choose all rows between. */
function Choice({
  label,
  isChecked,
  isMixed = false,
  onClick,
}: {
  label: string;
  isChecked: boolean;
  isMixed?: boolean;
  onClick: (event: unknown) => void;
}) {
  return (
    // A ground around the box takes presses that miss it a little, so that none of them opens the row.
    <span className="relative z-1 -m-2 grid size-8 cursor-default place-items-center">
      <Checkbox
        aria-label={label}
        checked={isChecked}
        indeterminate={isMixed && !isChecked}
        onClick={onClick}
        readOnly
      />
    </span>
  );
}

export interface CardRowsProps<T extends { id: string }> {
  rows: readonly T[];
  label: string;
  hrefOf: ((row: T) => string) | undefined;
  labelOf: (row: T) => string;
  card: (row: T) => ReactNode;
  onOpen?: ((row: T) => void) | undefined;
}

export function CardRows<T extends { id: string }>({ rows, label, hrefOf, card, onOpen }: CardRowsProps<T>) {
  return (
    <ul aria-label={label} className="divide-y">
      {rows.map((row) => (
        <li key={row.id} data-row={row.id}>
          {hrefOf ? (
            <Link
              data-row-link
              href={hrefOf(row)}
              prefetch={false}
              onClick={() => onOpen?.(row)}
              className="block px-4 py-3 transition-colors active:bg-pressed focus-visible:-outline-offset-2"
            >
              {card(row)}
            </Link>
          ) : (
            <div className="px-4 py-3">{card(row)}</div>
          )}
        </li>
      ))}
    </ul>
  );
}

const widths = ['w-3/5', 'w-2/5', 'w-1/2', 'w-2/3', 'w-1/3'];

/** Same columns, same heights as the rows that come. */
export function TableSkeleton<T>({
  columns,
  rows,
  minWidth,
  isSelectable,
}: {
  columns: readonly Column<T>[];
  rows: number;
  minWidth: string;
  isSelectable: boolean;
}) {
  return (
    <div aria-hidden className="overflow-hidden">
      <Table className={cn(tableLook, widthWith(columns, minWidth))}>
        <THead>
          <tr>
            {isSelectable && <TH className={choiceWidth} />}
            {columns.map(({ id, header, align, width, isWideOnly }) => (
              <TH key={id} align={align} className={cn(width, isWideOnly && wideOnly)}>
                {header}
              </TH>
            ))}
          </tr>
        </THead>
        <TBody>
          {Array.from({ length: rows }, (_, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same and never move
            <TRow key={row}>
              {isSelectable && (
                <TD>
                  <Skeleton className="size-4" />
                </TD>
              )}
              {columns.map(({ id, align, isWideOnly }, column) => (
                <TD key={id} align={align} className={cn(isWideOnly && wideOnly)}>
                  <Skeleton
                    className={cn('h-3.5', widths[(row + column * 2) % widths.length], align === 'end' && 'ms-auto')}
                  />
                </TD>
              ))}
            </TRow>
          ))}
        </TBody>
      </Table>
    </div>
  );
}

export function CardSkeleton({ rows }: { rows: number }) {
  return (
    <div aria-hidden className="divide-y">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same and never move
        <div key={row} className="flex flex-col gap-2 px-4 py-3">
          <Skeleton className="h-5 w-2/3" />
          <Skeleton className="h-5 w-2/5" />
        </div>
      ))}
    </div>
  );
}
