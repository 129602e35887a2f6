import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

/** A part of a page with a ground of its own. Put `CardHeader`, `CardBody`, `CardFooter` inside, or a table as it is. */
export function Card({ className, ...props }: ComponentProps<'section'>) {
  return (
    <section className={cn('min-w-0 overflow-clip rounded-lg border bg-surface shadow-rest', className)} {...props} />
  );
}

export interface CardHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons at the far end. */
  actions?: ReactNode;
  /** The level of the heading in the page's outline. */
  level?: 2 | 3 | 4;
  /** A line below, where a table or a list follows. */
  divided?: boolean;
  /** For the card's `aria-labelledby`. */
  titleId?: string;
}

export function CardHeader({ title, description, actions, level = 2, divided = false, titleId }: CardHeaderProps) {
  const Heading = `h${level}` as const;
  return (
    <header
      className={cn(
        'flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-card pt-card',
        divided ? 'border-b pb-3' : 'pb-1',
      )}
    >
      <div className="min-w-0">
        <Heading id={titleId} className="text-base font-semibold text-balance">
          {title}
        </Heading>
        {description && <p className="mt-0.5 text-sm text-pretty text-muted">{description}</p>}
      </div>
      {actions && <div className="-my-1 flex shrink-0 items-center gap-2">{actions}</div>}
    </header>
  );
}

export function CardBody({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('p-card', className)} {...props} />;
}

export function CardFooter({ className, ...props }: ComponentProps<'footer'>) {
  return (
    <footer
      className={cn('flex flex-wrap items-center justify-end gap-2 border-t bg-canvas/60 px-card py-3', className)}
      {...props}
    />
  );
}
