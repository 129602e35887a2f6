import { cn } from '../../../components/ui/cn';
import { Skeleton } from '../../../components/ui/skeleton';

/** Heights of a row that stands on one line, or on a phone on two: the same for what loads and for what comes. */
export const rowHeights = { one: 'min-h-row', two: 'min-h-row max-sm:min-h-15' } as const;
export type RowLines = keyof typeof rowHeights;

/** Holds the place of rows that load. */
export function RowSkeleton({ rows, lines = 'one' }: { rows: number; lines?: RowLines }) {
  return (
    <div aria-hidden className="divide-y">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same and never move
        <div key={row} className={cn('flex items-center justify-between gap-4 px-card py-1', rowHeights[lines])}>
          <Skeleton className="h-3.5 w-2/5" />
          <Skeleton className="h-3.5 w-16" />
        </div>
      ))}
    </div>
  );
}
