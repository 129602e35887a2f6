import type { ReactNode } from 'react';
import { cn } from './cn';
import { CopyButton } from './copy-button';

export interface KeyValueItem {
  label: string;
  /** Nothing is shown as a dash. */
  value: ReactNode;
  /** What the copy button copies, if there is to be one. */
  copy?: string;
}

export interface KeyValueProps {
  items: readonly KeyValueItem[];
  /** `rows`: the label beside the value; `columns`: the label above it, as many beside each other as fit. */
  layout?: 'rows' | 'columns';
  className?: string;
}

/** The facts of a record. */
export function KeyValue({ items, layout = 'rows', className }: KeyValueProps) {
  return (
    <dl
      className={cn(
        layout === 'rows'
          ? 'flex flex-col gap-y-2.5'
          : 'grid grid-cols-[repeat(auto-fill,minmax(min(9rem,100%),1fr))] gap-x-6 gap-y-4',
        className,
      )}
    >
      {items.map((item) => (
        <div
          key={item.label}
          className={cn('min-w-0', layout === 'rows' && 'grid grid-cols-[minmax(7rem,2fr)_5fr] gap-x-4')}
        >
          <dt className="text-sm text-muted">{item.label}</dt>
          <dd className={cn('numeric flex min-w-0 items-start gap-1', layout === 'columns' && 'mt-0.5')}>
            <span className="min-w-0 wrap-anywhere">
              {item.value === undefined || item.value === null || item.value === '' ? (
                <span className="text-subtle">
                  <span aria-hidden>—</span>
                  <span className="sr-only">none</span>
                </span>
              ) : (
                item.value
              )}
            </span>
            {item.copy !== undefined && (
              <CopyButton value={item.copy} label={`Copy ${item.label}`} className="-my-1 text-subtle" />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
