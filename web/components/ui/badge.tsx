import type { ReactNode } from 'react';
import { cn } from './cn';

export const tones = {
  neutral: 'bg-sunken text-muted inset-ring-line-strong/60',
  accent: 'bg-accent-soft text-accent inset-ring-accent-line',
  good: 'bg-good-soft text-good inset-ring-good-line',
  warn: 'bg-warn-soft text-warn inset-ring-warn-line',
  bad: 'bg-bad-soft text-bad inset-ring-bad-line',
  info: 'bg-info-soft text-info inset-ring-info-line',
} as const;
export type Tone = keyof typeof tones;

export interface BadgeProps {
  tone?: Tone;
  icon?: ReactNode;
  /** A dot of the tone before the words. */
  dot?: boolean;
  className?: string;
  children: ReactNode;
}

/** A short word about a state or a kind. The words carry the meaning; the colour only repeats it. */
export function Badge({ tone = 'neutral', icon, dot = false, className, children }: BadgeProps) {
  return (
    <span
      className={cn(
        'inline-flex h-5 max-w-full items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap inset-ring-1 [&_svg]:size-3 [&_svg]:shrink-0',
        tones[tone],
        className,
      )}
    >
      {dot && <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-current" />}
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
