'use client';

import { usePathname } from 'next/navigation';
import { PageHeader } from '../data/page-header';
import { Breadcrumbs } from '../ui/breadcrumbs';
import { Skeleton } from '../ui/skeleton';
import { ConnectionNotice } from './connection-notice';
import { destinationOf } from './destinations.ts';
import { Logo } from './logo';

/**
 * The frame of the app before the user is known, which is what the exported HTML holds: the same places, so that nothing moves when it fills,
 * and the words that do not depend on who is signed in, so that the page can be read from its first paint.
 */
export function ShellSkeleton() {
  const path = usePathname();
  // A record's own path is not known when the page is exported: only what it has in common with that of all others may be drawn.
  const page = destinationOf(path);
  const isTop = page?.href === path;
  return (
    <div className="flex min-h-dvh">
      <p role="status" className="sr-only">
        Loading…
      </p>
      <div aria-hidden className="hidden h-dvh w-15 shrink-0 flex-col border-e md:flex lg:w-58">
        <div className="flex h-13 items-center gap-2.5 px-4 text-lg font-semibold tracking-tight">
          <Logo />
          <span className="hidden lg:inline">Mewayz</span>
        </div>
        <div className="flex flex-col gap-0.5 px-2.5 py-1">
          {['w-24', 'w-20', 'w-16', 'w-20'].map((width, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they never change
            <div key={i} className="flex h-9 items-center gap-3 px-2.5">
              <Skeleton className="size-4.5 shrink-0" />
              <Skeleton className={`hidden h-3.5 lg:block ${width}`} />
            </div>
          ))}
        </div>
      </div>
      <div aria-hidden className="flex min-w-0 flex-1 flex-col">
        <div className="flex h-13 items-center justify-between border-b px-4 md:px-6 lg:px-8">
          {page ? <Breadcrumbs items={[{ label: page.label }]} /> : <Skeleton className="h-4 w-28" />}
          <Skeleton className="size-7" round />
        </div>
        <div className="mx-auto flex w-full max-w-7xl flex-1 flex-col gap-5 px-4 py-6 md:px-6 lg:px-8">
          {isTop ? <PageHeader title={page.label} description={page.about} /> : <Skeleton className="my-1 h-7 w-44" />}
          <Skeleton className="h-64 w-full rounded-lg!" />
        </div>
      </div>
      <div aria-hidden className="fixed inset-x-0 bottom-0 h-14.25 border-t bg-surface md:hidden" />
      <ConnectionNotice />
    </div>
  );
}
