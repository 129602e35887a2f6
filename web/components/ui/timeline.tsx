import type { ReactNode } from 'react';
import { type Tone, tones } from './badge';
import { cn } from './cn';

export interface TimelineEntry {
  id: string;
  title: ReactNode;
  /** When, for people. */
  time: string;
  /** When, for machines (ISO 8601). */
  at: string;
  description?: ReactNode;
  /** One lucide icon. */
  icon?: ReactNode;
  tone?: Tone;
  /** It is still to come. */
  ahead?: boolean;
}

/** What happened, in order. */
export function Timeline({ entries, className }: { entries: readonly TimelineEntry[]; className?: string }) {
  return (
    <ol className={cn('flex flex-col', className)}>
      {entries.map((entry, index) => (
        <li key={entry.id} className="group/entry relative flex gap-3 pb-5 last:pb-0">
          {index < entries.length - 1 && (
            <span
              aria-hidden
              className={cn(
                'absolute start-3 top-7 bottom-1 -ms-px border-s-2',
                entries[index + 1]?.ahead ? 'border-dashed border-line-strong' : 'border-line',
              )}
            />
          )}
          <span
            aria-hidden
            className={cn(
              'relative grid size-6 shrink-0 place-items-center rounded-full inset-ring-1 [&_svg]:size-3.5',
              entry.ahead ? 'bg-surface text-subtle inset-ring-line-strong' : tones[entry.tone ?? 'neutral'],
            )}
          >
            {entry.icon ?? <span className="size-1.5 rounded-full bg-current" />}
          </span>
          <div className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-4 pt-0.5">
            <p className={cn('font-medium', entry.ahead && 'font-normal text-muted')}>{entry.title}</p>
            <time dateTime={entry.at} className="numeric text-sm text-subtle">
              {entry.time}
            </time>
            {entry.description && <div className="mt-0.5 w-full text-pretty text-muted">{entry.description}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
