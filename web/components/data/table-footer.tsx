'use client';
/** Where in the list one is, and the way on. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useId } from 'react';
import type { Pagination } from '../../../shared/contracts/list.ts';
import { Button } from '../ui/button';
import { Select } from '../ui/select';
import { PAGE_SIZES, rangeText } from './table-state.ts';

export interface TableFooterProps {
  pagination: Pagination;
  /** The page that is asked for; the rows before may still be shown. */
  page: number;
  limit: number;
  shown: number;
  onPage: (page: number) => void;
  onLimit: (limit: number) => void;
}

export function TableFooter({ pagination, page, limit, shown, onPage, onLimit }: TableFooterProps) {
  const id = useId();
  // A cursor does not say which page it leads to; the address does.
  const text = rangeText({ ...pagination, currentPage: page, shown });
  return (
    <div className="flex items-center justify-between gap-4 border-t px-card py-2">
      <p className="numeric text-sm text-muted" aria-live="polite">
        {text}
      </p>
      <div className="flex items-center gap-3">
        <div className="hidden items-center gap-2 sm:flex">
          <label htmlFor={id} className="text-sm whitespace-nowrap text-muted">
            Rows
          </label>
          <Select
            id={id}
            controlSize="sm"
            className="w-20!"
            value={String(limit)}
            onChange={({ target }) => onLimit(Number(target.value))}
            options={PAGE_SIZES.map((size) => ({ value: String(size), label: String(size) }))}
          />
        </div>
        <nav aria-label="Pages" className="flex gap-1">
          <Button
            aria-label="Previous page"
            size="icon-sm"
            icon={<ChevronLeft aria-hidden />}
            disabled={page <= 1}
            onClick={() => onPage(page - 1)}
          />
          <Button
            aria-label="Next page"
            size="icon-sm"
            icon={<ChevronRight aria-hidden />}
            disabled={!pagination.hasNextPage}
            onClick={() => onPage(page + 1)}
          />
        </nav>
      </div>
    </div>
  );
}
