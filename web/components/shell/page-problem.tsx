'use client';

import { useEffect } from 'react';
import { wordsFor } from '../../lib/problems.ts';
import { ErrorState } from '../ui/error-state';

/** A page that failed: says so, and tries again without a reload. */
export function PageProblem({ error, reset }: { error: Error; reset: () => void }) {
  useEffect(() => console.error(error), [error]);
  const { title, text, requestId } = wordsFor(error);
  return <ErrorState titleAs="h1" title={title} description={text} requestId={requestId} onRetry={reset} />;
}
