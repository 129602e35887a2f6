import { cn } from './cn';

const bars = {
  accent: '[&::-moz-progress-bar]:bg-accent-solid [&::-webkit-progress-value]:bg-accent-solid',
  good: '[&::-moz-progress-bar]:bg-good [&::-webkit-progress-value]:bg-good',
  warn: '[&::-moz-progress-bar]:bg-series-3 [&::-webkit-progress-value]:bg-series-3',
  bad: '[&::-moz-progress-bar]:bg-bad [&::-webkit-progress-value]:bg-bad',
} as const;

export interface ProgressProps {
  /** What goes on, for screen readers. */
  label: string;
  /** Leave it out while nobody knows. */
  value?: number;
  max?: number;
  tone?: keyof typeof bars;
  className?: string;
}

/** How far something is. */
export function Progress({ label, value, max = 100, tone = 'accent', className }: ProgressProps) {
  return (
    <progress
      aria-label={label}
      value={value}
      max={max}
      className={cn(
        'block h-1.5 w-full appearance-none overflow-clip rounded-full border-none bg-pressed',
        '[&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:transition-[inline-size]',
        'indeterminate:animate-pulse motion-reduce:animate-none',
        bars[tone],
        className,
      )}
    />
  );
}
