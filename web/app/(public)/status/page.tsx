import type { Metadata } from 'next';
import { ApiOverview } from '../../../components/public/api-overview';

export const metadata: Metadata = {
  title: 'Status',
  description: 'Whether everything that Mewayz stands on answers, measured now.',
};

export default function StatusPage() {
  return (
    // As high as the window before the answer is there: the foot of the page must not move when it comes.
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto min-h-dvh w-full max-w-3xl flex-1 px-5 pt-8 pb-20 outline-none sm:px-8 sm:pt-12"
    >
      <h1 className="text-3xl font-semibold">Status</h1>
      <p className="mt-2 mb-8 text-lg text-pretty text-muted">Measured by this page, from your browser, right now.</p>
      <ApiOverview />
    </main>
  );
}
