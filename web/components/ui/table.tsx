import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

/** The frame that scrolls: sideways always, and down when it has a `max-h-*`; then the head sticks. */
export function TableFrame({ className, label, ...props }: ComponentProps<'div'> & { label: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a region that scrolls needs the focus and a name; section has no tabindex of its own either
    <div
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className={cn('relative w-full overflow-auto focus-visible:-outline-offset-2', className)}
      {...props}
    />
  );
}

/** Dense, with figures that align. Inside: `THead`, `TBody`, `TFoot` of `TRow` of `TH` and `TD`. */
export function Table({ className, ...props }: ComponentProps<'table'>) {
  return <table className={cn('numeric w-full border-separate border-spacing-0 text-base', className)} {...props} />;
}

export function THead({ className, ...props }: ComponentProps<'thead'>) {
  return <thead className={cn('sticky top-0 z-10', className)} {...props} />;
}
export function TBody(props: ComponentProps<'tbody'>) {
  return <tbody {...props} />;
}
export function TFoot({ className, ...props }: ComponentProps<'tfoot'>) {
  return <tfoot className={cn('font-medium', className)} {...props} />;
}

export type TRowProps = ComponentProps<'tr'> & {
  selected?: boolean;
  /** The whole row goes somewhere or does something when pressed (a link inside does it for the keyboard). */
  interactive?: boolean;
};

export function TRow({ selected, interactive = false, className, ...props }: TRowProps) {
  return (
    <tr
      aria-selected={selected}
      data-selected={selected || undefined}
      className={cn(
        'group/row data-selected:bg-accent-soft [tbody_&]:last:[&>td]:border-b-0 [tbody_&]:last:[&>th]:border-b-0',
        interactive && 'cursor-pointer transition-colors hover:not-data-selected:bg-hover',
        className,
      )}
      {...props}
    />
  );
}

const aligns = { start: 'text-start', center: 'text-center', end: 'text-end' } as const;
interface Cell {
  align?: keyof typeof aligns;
}

export type SortDirection = 'asc' | 'desc';
export type THProps = Omit<ComponentProps<'th'>, 'align'> &
  Cell & {
    /** The heading is a button that sorts. */
    onSort?: () => void;
    /** How the table is sorted by this column now. */
    sorted?: SortDirection | false;
    children?: ReactNode;
  };

export function TH({ align = 'start', onSort, sorted = false, className, children, scope = 'col', ...props }: THProps) {
  const Icon = sorted === 'asc' ? ArrowUp : sorted === 'desc' ? ArrowDown : ChevronsUpDown;
  return (
    <th
      scope={scope}
      aria-sort={onSort ? (sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none') : undefined}
      className={cn(
        'h-9 border-b bg-canvas px-cell text-xs font-medium whitespace-nowrap text-muted first:ps-card last:pe-card',
        aligns[align],
        className,
      )}
      {...props}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className={cn(
            'group/sort -mx-1.5 inline-flex h-6 items-center gap-1 rounded-sm px-1.5 hover:text-fg',
            sorted && 'text-fg',
            align === 'end' && 'flex-row-reverse',
          )}
        >
          {children}
          <Icon aria-hidden className={cn('size-3.5', !sorted && 'opacity-50 group-hover/sort:opacity-100')} />
        </button>
      ) : (
        children
      )}
    </th>
  );
}

export type TDProps = Omit<ComponentProps<'td'>, 'align'> &
  Cell & {
    /** Secondary to the other cells of the row. */
    quiet?: boolean;
  };

export function TD({ align = 'start', quiet = false, className, ...props }: TDProps) {
  return (
    <td
      className={cn(
        'h-row border-b px-cell py-1 first:ps-card last:pe-card',
        aligns[align],
        quiet && 'text-muted',
        className,
      )}
      {...props}
    />
  );
}
