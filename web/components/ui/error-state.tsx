import { CloudOff, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';

export interface ErrorStateProps {
  title?: ReactNode;
  /** What happened in the reader's words, and what holds nevertheless. */
  description?: ReactNode;
  /** Asks again. */
  onRetry?: () => void;
  retrying?: boolean;
  /** What support asks for. */
  requestId?: string;
  compact?: boolean;
  /** `h1` when nothing else stands on the page. */
  titleAs?: 'p' | 'h1';
  className?: string;
}

/** Says that something could not be shown, and how to go on. */
export function ErrorState({
  title = 'This could not be loaded',
  description = 'The service did not answer as it should. Nothing is lost.',
  onRetry,
  retrying = false,
  requestId,
  compact = false,
  titleAs: Title = 'p',
  className,
}: ErrorStateProps) {
  return (
    <div
      role="alert"
      className={cn(
        'flex flex-col items-center justify-center text-center',
        compact ? 'gap-2 px-4 py-8' : 'gap-3 px-6 py-16',
        className,
      )}
    >
      <span
        aria-hidden
        className="grid size-10 place-items-center rounded-lg bg-bad-soft text-bad inset-ring-1 inset-ring-bad-line [&_svg]:size-5"
      >
        <CloudOff />
      </span>
      <div className="flex max-w-sm flex-col gap-1">
        <Title className="font-medium text-balance text-fg">{title}</Title>
        {description && <p className="text-pretty text-muted">{description}</p>}
      </div>
      {onRetry && (
        <Button className="mt-1" size="sm" icon={<RotateCw aria-hidden />} loading={retrying} onClick={onRetry}>
          Try again
        </Button>
      )}
      {requestId && (
        <p className="text-xs text-subtle">
          Request <span className="font-mono select-all">{requestId}</span>
        </p>
      )}
    </div>
  );
}
