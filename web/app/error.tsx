'use client';

import { PageProblem } from '../components/shell/page-problem';

export default function RootError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <PageProblem {...props} />
    </main>
  );
}
