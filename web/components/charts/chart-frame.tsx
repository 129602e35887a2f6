'use client';

import { ChartLine, Table2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { EmptyState } from '../ui/empty-state';
import { Skeleton } from '../ui/skeleton';
import { Table, TableFrame, TBody, TD, TH, THead, TRow } from '../ui/table';

export const chartHeights = { sm: 'h-40', md: 'h-64', lg: 'h-80' } as const;
export type ChartHeight = keyof typeof chartHeights;

export interface ChartFrameProps<R extends { key: string }> {
  /** What the chart shows; the name of the figure. */
  label: string;
  /** The names of the columns: of the points first, then of the series. */
  columns: readonly string[];
  rows: readonly R[];
  /** What a row of the table says: asked only when it is shown. */
  cellsOf: (row: R) => readonly string[];
  legend?: ReactNode;
  height: ChartHeight;
  loading: boolean;
  children: ReactNode;
}

/** Around each chart: its legend, its room (the same while it loads), and the same figures as a table. */
export function ChartFrame<R extends { key: string }>({
  label,
  columns,
  rows,
  cellsOf,
  legend,
  height,
  loading,
  children,
}: ChartFrameProps<R>) {
  const [asTable, setAsTable] = useState(false);
  const empty = !loading && rows.length === 0;
  return (
    <figure aria-label={label} className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-control-sm items-center justify-between gap-4">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">{legend}</div>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={asTable ? 'Show as a chart' : 'Show as a table'}
          // The browser's own tooltip: the machinery of ours would be a tenth of what the dashboard loads.
          title={asTable ? 'Show as a chart' : 'Show as a table'}
          disabled={loading || empty}
          icon={asTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}
          onClick={() => setAsTable(!asTable)}
        />
      </div>
      {loading ? (
        <Skeleton className={cn('w-full rounded-md!', chartHeights[height])} />
      ) : empty ? (
        <div className={cn('grid place-items-center', chartHeights[height])}>
          <EmptyState compact icon={<ChartLine />} title="Nothing in this period" />
        </div>
      ) : asTable ? (
        <TableFrame label={label} className={cn('rounded-md border', chartHeights[height])}>
          <Table>
            <THead>
              <TRow>
                {columns.map((column, index) => (
                  <TH key={column} align={index === 0 ? 'start' : 'end'}>
                    {column}
                  </TH>
                ))}
              </TRow>
            </THead>
            <TBody>
              {rows.map((row) => (
                <TRow key={row.key}>
                  {cellsOf(row).map((cell, index) => (
                    <TD key={columns[index]} align={index === 0 ? 'start' : 'end'}>
                      {cell}
                    </TD>
                  ))}
                </TRow>
              ))}
            </TBody>
          </Table>
        </TableFrame>
      ) : (
        <div role="img" aria-label={`${label}. The figures are in the table.`} className={chartHeights[height]}>
          {children}
        </div>
      )}
    </figure>
  );
}

/** One series of a legend: its line or its ground, and its name. */
export function LegendEntry({
  colour,
  dashed = false,
  children,
}: {
  colour: string;
  dashed?: boolean;
  children: ReactNode;
}) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg aria-hidden="true" viewBox="0 0 14 4" className={cn('h-1 w-3.5', colour)}>
        <path
          d="M1 2H13"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeDasharray={dashed ? '2.5 3' : undefined}
        />
      </svg>
      {children}
    </span>
  );
}

/** What the pointer is on. */
export function ChartTip({
  title,
  lines,
}: {
  title: ReactNode;
  lines: readonly { key: string; label: ReactNode; value: string }[];
}) {
  return (
    <div className="numeric rounded-md bg-raised px-3 py-2 text-sm shadow-float">
      <p className="mb-1 font-medium">{title}</p>
      {lines.map((line) => (
        <p key={line.key} className="flex items-center justify-between gap-6 text-muted">
          {line.label}
          <span className="font-medium text-fg">{line.value}</span>
        </p>
      ))}
    </div>
  );
}
