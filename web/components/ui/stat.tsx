import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Sparkline } from '../charts/sparkline';
import { cn } from './cn';
import { Skeleton } from './skeleton';

export interface StatProps {
  label: ReactNode;
  /** Formatted; leave it out while it loads. */
  value?: string;
  /** Against the period before, as a ratio (0.124 is +12.4 %); null: there is nothing to compare with. */
  change?: number | null;
  /** Which way is good news. */
  better?: 'up' | 'down';
  /** What it is compared with: "against the 7 days before". Where the room is too small for it, it is said to screen readers alone. */
  compared?: string;
  /** The values of the period, for a small line. */
  trend?: readonly number[];
  className?: string;
}

/** To one decimal, as the API gives it: "12.4%", "1,300%". */
function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(1)).toLocaleString('en')}%`;
}

/** One figure, and how it moved. The direction is said in words too. Its height is the same while it loads. */
export function Stat({
  label,
  value,
  change,
  better = 'up',
  compared = 'against the period before',
  trend,
  className,
}: StatProps) {
  const direction = !change ? 'flat' : change > 0 ? 'up' : 'down';
  const Icon = direction === 'up' ? ArrowUpRight : direction === 'down' ? ArrowDownRight : ArrowRight;
  const colour = direction === 'flat' ? 'text-muted' : direction === better ? 'text-good' : 'text-bad';
  const word = direction === 'up' ? 'up' : direction === 'down' ? 'down' : 'unchanged';
  return (
    <div className={cn('@container flex min-w-0 flex-col gap-1 p-card', className)}>
      <p className="truncate text-sm text-muted">{label}</p>
      <div className="flex items-end justify-between gap-4">
        {value === undefined ? (
          <Skeleton className="my-0.5 h-6 w-24 max-w-full" />
        ) : (
          <p className="numeric truncate text-2xl font-semibold">{value}</p>
        )}
        {trend && trend.length > 1 && <Sparkline values={trend} className="mb-1 h-7 w-20 text-series-1" />}
      </div>
      {value === undefined ? (
        <Skeleton className="my-1 h-3 w-14" />
      ) : (
        <p className="numeric flex h-5 items-center gap-x-1.5 text-sm whitespace-nowrap text-subtle">
          {change === undefined ? null : change === null ? (
            <>No earlier figures</>
          ) : (
            <>
              <span className={cn('inline-flex items-center gap-0.5 font-medium', colour)}>
                <Icon aria-hidden className="size-3.5" />
                <span className="sr-only">{word} </span>
                {percent(Math.abs(change))}
              </span>
              <span className="sr-only @3xs:not-sr-only">{compared}</span>
            </>
          )}
        </p>
      )}
    </div>
  );
}
