import { Skeleton } from '../../../components/ui/skeleton';

/** Holds the place of rows that load. */
export function RowSkeleton({ rows }: { rows: number }) {
  return (
    <div aria-hidden className="divide-y">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same and never move
        <div key={row} className="flex min-h-row items-center justify-between gap-4 px-card py-1">
          <Skeleton className="h-3.5 w-2/5" />
          <Skeleton className="h-3.5 w-16" />
        </div>
      ))}
    </div>
  );
}
