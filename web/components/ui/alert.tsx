'use client';

import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

const looks = {
  info: { Icon: Info, box: 'border-info-line bg-info-soft', icon: 'text-info' },
  good: { Icon: CircleCheck, box: 'border-good-line bg-good-soft', icon: 'text-good' },
  warn: { Icon: TriangleAlert, box: 'border-warn-line bg-warn-soft', icon: 'text-warn' },
  bad: { Icon: CircleAlert, box: 'border-bad-line bg-bad-soft', icon: 'text-bad' },
} as const;

export interface AlertProps {
  tone?: keyof typeof looks;
  title: ReactNode;
  /** A button or a link. */
  action?: ReactNode;
  onDismiss?: () => void;
  /** Across the whole width, above the page: no corners, one line. */
  banner?: boolean;
  /** Announced when it appears: `alert` at once (errors of a form), `status` at the next pause. */
  role?: 'alert' | 'status';
  className?: string;
  children?: ReactNode;
}

/** Something to know, in its place on the page and for as long as it holds. */
export function Alert({
  tone = 'info',
  title,
  action,
  onDismiss,
  banner = false,
  role,
  className,
  children,
}: AlertProps) {
  const { Icon, box, icon } = looks[tone];
  return (
    <div
      role={role}
      className={cn(
        'flex items-start gap-3',
        banner ? 'border-b px-4 py-2' : 'rounded-lg border px-3.5 py-3',
        box,
        className,
      )}
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', icon)} />
      <div className={cn('min-w-0 flex-1', banner && 'flex flex-wrap gap-x-2')}>
        <p className="font-medium text-pretty">{title}</p>
        {children && <div className={cn('text-pretty text-muted', !banner && 'mt-0.5')}>{children}</div>}
        {action && !banner && <div className="mt-2.5 flex flex-wrap gap-2">{action}</div>}
      </div>
      {action && banner && <div className="-my-1 shrink-0">{action}</div>}
      {onDismiss && (
        <button
          type="button"
          aria-label="Dismiss"
          onClick={onDismiss}
          className="-m-1 grid size-7 shrink-0 place-items-center rounded-sm text-muted hover:bg-pressed/60 hover:text-fg"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </div>
  );
}
