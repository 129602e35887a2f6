'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from './button';
import { cn } from './cn';
import { Select } from './select';

export interface PaginationProps {
  /** From 1. */
  page: number;
  pages: number;
  limit: number;
  total: number;
  /** There are more than `total`: it is shown as "10,000+". */
  more?: boolean;
  onPage: (page: number) => void;
  onLimit?: (limit: number) => void;
  limits?: readonly number[];
  /** What is counted: "products". */
  noun?: string;
  className?: string;
}

/** The pages to offer: the ends, this one and its neighbours; `undefined` is a gap. */
export function pageWindow(page: number, pages: number): (number | undefined)[] {
  if (pages <= 7) return Array.from({ length: pages }, (_, index) => index + 1);
  const from = Math.max(2, Math.min(page - 1, pages - 4));
  const to = Math.min(pages - 1, Math.max(page + 1, 5));
  const middle = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return [1, ...(from > 2 ? [undefined] : []), ...middle, ...(to < pages - 1 ? [undefined] : []), pages];
}

const figures = new Intl.NumberFormat('en');

/** Walks through the pages of a list. */
export function Pagination({
  page,
  pages,
  limit,
  total,
  more = false,
  onPage,
  onLimit,
  limits = [10, 25, 50, 100],
  noun = 'results',
  className,
}: PaginationProps) {
  const first = total === 0 ? 0 : (page - 1) * limit + 1;
  const last = more ? page * limit : Math.min(page * limit, total);
  return (
    <div className={cn('flex flex-wrap items-center justify-between gap-x-6 gap-y-2', className)}>
      <p role="status" className="numeric text-sm text-muted">
        {figures.format(first)}–{figures.format(last)} of {figures.format(total)}
        {more && '+'} {noun}
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {onLimit && (
          <Select
            aria-label="Results on a page"
            controlSize="sm"
            className="w-auto!"
            value={limit}
            onChange={(event) => onLimit(Number(event.target.value))}
            options={limits.map((each) => ({ value: String(each), label: `${each} a page` }))}
          />
        )}
        <nav aria-label={`Pages of ${noun}`} className="numeric flex items-center gap-0.5">
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Previous page"
            disabled={page <= 1}
            onClick={() => onPage(page - 1)}
            icon={<ChevronLeft aria-hidden />}
          />
          {pageWindow(page, pages).map((each, index) =>
            each === undefined ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: a gap has nothing else
              <span key={`gap-${index}`} aria-hidden className="hidden w-6 text-center text-subtle sm:inline">
                …
              </span>
            ) : (
              <Button
                key={each}
                variant={each === page ? 'secondary' : 'ghost'}
                size="sm"
                aria-label={`Page ${each}`}
                aria-current={each === page ? 'page' : undefined}
                onClick={() => onPage(each)}
                className={cn('min-w-control-sm', each !== page && 'max-sm:hidden!')}
              >
                {figures.format(each)}
              </Button>
            ),
          )}
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Next page"
            disabled={page >= pages}
            onClick={() => onPage(page + 1)}
            icon={<ChevronRight aria-hidden />}
          />
        </nav>
      </div>
    </div>
  );
}
