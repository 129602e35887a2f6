'use client';

import { type ReactNode, startTransition, useId, useOptimistic } from 'react';
import { cn } from './cn';

export interface SegmentedProps<V extends string> {
  /** What is chosen, for screen readers. */
  label: string;
  options: readonly { value: V; label: ReactNode }[];
  value: V;
  onChange: (value: V) => void;
  size?: 'sm' | 'md';
  className?: string;
}

/** One of two to five, side by side: the granularity of a chart, list or grid. */
export function Segmented<V extends string>({
  label,
  options,
  value,
  onChange,
  size = 'sm',
  className,
}: SegmentedProps<V>) {
  const name = useId();
  // What depends on the choice may take a moment to draw; the choice itself follows the press at once.
  const [shown, setShown] = useOptimistic(value);
  const choose = (next: V) =>
    startTransition(() => {
      setShown(next);
      onChange(next);
    });
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cn('inline-flex w-fit rounded-md bg-sunken p-0.5 inset-ring-1 inset-ring-line', className)}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            'relative inline-flex cursor-pointer items-center justify-center gap-1.5 rounded-sm px-2.5 font-medium whitespace-nowrap text-muted transition-colors hover:text-fg has-checked:bg-raised has-checked:text-fg has-checked:shadow-rest has-checked:inset-ring-1 has-checked:inset-ring-line-strong/60 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-ring [&_svg]:size-4',
            size === 'sm' ? 'h-[calc(var(--control-sm)-4px)] text-sm' : 'h-[calc(var(--control-md)-4px)]',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === shown}
            onChange={() => choose(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-sm outline-none"
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
