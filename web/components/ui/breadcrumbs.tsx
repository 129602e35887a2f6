import { ChevronRight } from 'lucide-react';
import { cn } from './cn';
import { Link } from './link';

export interface BreadcrumbsProps {
  /** Only where a page has more than one. */
  label?: string;
  /** From the top to this page, which needs no `href`. */
  items: readonly { label: string; href?: string }[];
  className?: string;
}

/** Where this page stands, and the way up. */
export function Breadcrumbs({ label = 'Breadcrumb', items, className }: BreadcrumbsProps) {
  return (
    <nav aria-label={label} className={cn('min-w-0', className)}>
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {items.map((item, index) => {
          const last = index === items.length - 1;
          return (
            <li
              key={item.href ?? item.label}
              // Where room is short, what lies between the top and this page gives way first.
              className={cn('flex min-w-0 items-center gap-1', index === 0 ? 'shrink-0' : !last && 'shrink-9999')}
            >
              {index > 0 && <ChevronRight aria-hidden className="size-3.5 shrink-0 text-subtle rtl:-scale-x-100" />}
              {item.href && !last ? (
                <Link
                  href={item.href}
                  className="block h-6 truncate rounded-sm px-1 leading-6 text-muted transition-colors hover:bg-hover hover:text-fg"
                >
                  {item.label}
                </Link>
              ) : (
                <span aria-current="page" className="truncate px-1 font-medium text-fg">
                  {item.label}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
