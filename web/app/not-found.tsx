import type { Metadata } from 'next';
import { PublicHeader } from '../components/public/public-header';
import { buttonLook } from '../components/ui/button';

export const metadata: Metadata = { title: 'Page not found' };

export default function NotFound() {
  return (
    <div className="flex min-h-dvh flex-col">
      <PublicHeader />
      <main className="flex flex-1 flex-col items-center justify-center gap-3 px-5 pb-24 text-center">
        <p className="numeric text-sm font-medium text-accent">404</p>
        <h1 className="text-3xl font-semibold text-balance">There is no such page</h1>
        <p className="max-w-sm text-lg text-pretty text-muted">
          The address may be mistyped, or what it led to is gone or not yours to see.
        </p>
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          <a href="/dashboard" className={buttonLook({ variant: 'primary' })}>
            Go to the dashboard
          </a>
          <a href="/" className={buttonLook()}>
            Start page
          </a>
        </div>
      </main>
    </div>
  );
}
