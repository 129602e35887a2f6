import type { ReactNode } from 'react';
import type { Words } from '../../lib/problems.ts';
import { Alert } from '../ui/alert';

/** What is wrong with the form as a whole; announced when it appears. */
export function FormProblem({ problem, children }: { problem: Words | undefined; children?: ReactNode }) {
  return (
    <div role="alert" className="empty:hidden">
      {problem && (
        <Alert tone="bad" title={problem.title}>
          {problem.text}
          {children}
          {problem.requestId && (
            <p className="mt-1 text-xs">
              Request <span className="font-mono break-all select-all">{problem.requestId}</span>
            </p>
          )}
        </Alert>
      )}
    </div>
  );
}
