'use client';
/** The first records of a list on the dashboard: rows that lead on, or why there are none. The place that they take is kept while they load. */
import type { ReactNode } from 'react';
import type { ListPage } from '../../../../shared/client.ts';
import { TroubleNotice } from '../../../components/data/trouble-notice.tsx';
import { Card, CardHeader } from '../../../components/ui/card';
import { cn } from '../../../components/ui/cn';
import { EmptyState, type EmptyStateProps } from '../../../components/ui/empty-state';
import { ErrorState } from '../../../components/ui/error-state';
import { Link } from '../../../components/ui/link';
import type { Reading } from '../../../lib/operations.ts';
import { wordsFor } from '../../../lib/problems.ts';
import { type RowLines, RowSkeleton, rowHeights } from './row-skeleton.tsx';

export interface ListCardProps<T extends { id: string }> {
  title: string;
  reading: Reading<ListPage<T>>;
  /** Rows that it shows when it is full. */
  rows: number;
  /** Lines that a row has on a phone. */
  lines?: RowLines;
  /** A button at the far end of the title. */
  action?: ReactNode;
  empty: Pick<EmptyStateProps, 'icon' | 'title' | 'description'>;
  hrefOf: (item: T) => string;
  /** The look of a row's inside: how its parts stand. */
  rowLook: string;
  children: (item: T) => ReactNode;
}

export function ListCard<T extends { id: string }>({
  title,
  reading,
  rows,
  lines = 'one',
  action,
  empty,
  hrefOf,
  rowLook,
  children,
}: ListCardProps<T>) {
  const { data, trouble } = reading;
  const retry = () => void reading.refetch();
  return (
    <Card aria-label={title} data-loading={!data && !trouble ? '' : undefined}>
      <CardHeader title={title} divided actions={action} />
      {data && trouble && <TroubleNotice error={trouble} isTryingAgain={reading.isTryingAgain} onRetry={retry} />}
      {!data && trouble ? (
        <ErrorState compact {...wordsAsState(trouble)} onRetry={retry} />
      ) : !data ? (
        <RowSkeleton rows={rows} lines={lines} />
      ) : data.items.length === 0 ? (
        <EmptyState compact {...empty} />
      ) : (
        <ul className="divide-y">
          {data.items.map((item) => (
            <li key={item.id}>
              <Link href={hrefOf(item)} prefetch={false} className={cn(rowLink, rowHeights[lines], rowLook)}>
                {children(item)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/**
 * Two cards beside each other, on a phone one below the other. There the second comes when the first knows how long it is: it would have to move.
 */
export const twoCards = 'grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem] max-lg:[&>[data-loading]~*]:hidden';

/** A row of a card that is a link as a whole. */
export const rowLink =
  'items-center gap-4 px-card py-1 transition-colors hover:bg-hover focus-visible:-outline-offset-2';

export function wordsAsState(error: Error): { title: string; description: string; requestId?: string } {
  const { title, text, requestId } = wordsFor(error);
  return { title, description: text, ...(requestId && { requestId }) };
}
