'use client';
/** Says above what is shown that it could not be brought up to date, and whether that is being tried again. */
import { TriangleAlert } from 'lucide-react';
import { wordsFor } from '../../lib/problems.ts';
import { Button } from '../ui/button';

export interface TroubleNoticeProps {
  error: Error;
  isTryingAgain: boolean;
  onRetry: () => void;
}

export function TroubleNotice({ error, isTryingAgain, onRetry }: TroubleNoticeProps) {
  const { title, text } = wordsFor(error);
  return (
    <div role="status" className="flex items-center gap-3 border-b border-warn-line bg-warn-soft px-card py-2 text-sm">
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />
      <p className="min-w-0 flex-1 text-pretty">
        {title}. {isTryingAgain ? 'What you see may be out of date; trying again.' : text}
      </p>
      {!isTryingAgain && (
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
