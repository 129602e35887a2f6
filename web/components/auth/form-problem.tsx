import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Words } from '../../lib/problems.ts';

/** What is wrong with the form as a whole; announced when it appears. Looks like `Alert`, without the weight of its other tones. */
export function FormProblem({ problem, children }: { problem: Words | undefined; children?: ReactNode }) {
  return (
    <div role="alert" className="empty:hidden">
      {problem && (
        <div className="flex gap-3 rounded-lg border border-bad-line bg-bad-soft px-3.5 py-3">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
          <div className="min-w-0 text-pretty text-muted">
            <p className="font-medium text-fg">{problem.title}</p>
            {problem.text}
            {children}
            {problem.requestId && (
              <p className="mt-1 text-xs">
                Request <span className="font-mono break-all select-all">{problem.requestId}</span>
              </p>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
