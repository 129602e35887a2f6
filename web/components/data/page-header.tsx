/** What a page is, and what can be done on it. */
import type { ReactNode } from 'react';

export interface PageHeaderProps {
  title: ReactNode;
  /** Beside the title: a state. */
  badge?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, badge, description, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-2xl font-semibold text-pretty wrap-anywhere">{title}</h1>
          {badge}
        </div>
        {description && <p className="mt-0.5 text-pretty text-muted max-sm:text-sm">{description}</p>}
      </div>
      {actions && <div className="flex shrink-0 flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
