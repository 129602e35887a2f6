'use client';

import { PageProblem } from '../../components/shell/page-problem';

/** An error in a page leaves the shell standing: one can go on elsewhere. */
export default function AppError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return <PageProblem {...props} />;
}
