import { Skeleton } from '../ui/skeleton';
import { ConnectionNotice } from './connection-notice';
import { Logo } from './logo';

/** The frame of the app before the user is known: the same places, so that nothing moves when it fills. */
export function ShellSkeleton() {
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
        <div className="flex flex-col gap-3 px-4 py-3">
          {['w-24', 'w-20', 'w-16', 'w-20'].map((width, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they never change
            <Skeleton key={i} className={`h-5 max-w-full ${width}`} />
          ))}
        </div>
      </div>
      <div aria-hidden className="flex min-w-0 flex-1 flex-col">
        <div className="flex h-13 items-center justify-between border-b px-4 md:px-6">
          <Skeleton className="h-4 w-28" />
          <Skeleton className="size-7" round />
        </div>
        <div className="flex flex-col gap-6 px-4 py-6 md:px-6 lg:px-8">
          <Skeleton className="h-7 w-44" />
          <Skeleton className="h-64 w-full" />
        </div>
      </div>
      <ConnectionNotice />
    </div>
  );
}
