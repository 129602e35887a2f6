import type { ReactNode } from 'react';
import { cn } from './cn';

export interface EmptyStateProps {
  /** One lucide icon. */
  icon?: ReactNode;
  /** What is not here. */
  title: ReactNode;
  /** Why, and what to do about it. */
  description?: ReactNode;
  /** A button or two. */
  action?: ReactNode;
  /** Less room around: inside a card or a menu. */
  compact?: boolean;
  /** `h1` when nothing else stands on the page. */
  titleAs?: 'p' | 'h1';
  className?: string;
}

/** Says that there is nothing, why, and what to do next. */
export function EmptyState({
  icon,
  title,
  description,
  action,
  compact = false,
  titleAs: Title = 'p',
  className,
}: EmptyStateProps) {
  return (
    <div
      className={cn(
        'flex flex-col items-center justify-center text-center',
        compact ? 'gap-2 px-4 py-8' : 'gap-3 px-6 py-16',
        className,
      )}
    >
      {icon && (
        <span
          aria-hidden
          className="grid size-10 place-items-center rounded-lg border bg-surface text-subtle shadow-rest [&_svg]:size-5"
        >
          {icon}
        </span>
      )}
      <div className="flex max-w-sm flex-col gap-1">
        <Title className="font-medium text-balance text-fg">{title}</Title>
        {description && <p className="text-pretty text-muted">{description}</p>}
      </div>
      {action && <div className="mt-1 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
