'use client';

import { usePathname } from 'next/navigation';
import { useSession } from '../../lib/session';
import { cn } from '../ui/cn';
import { Link } from '../ui/link';
import { destinationsFor, isAt } from './destinations.ts';

/** The app's pages at the bottom of a phone, within reach of the thumb. */
export function PhoneNavigation() {
  const { role } = useSession();
  const path = usePathname();
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="flex">
        {destinationsFor(role).map(({ href, label, icon: Icon }) => {
          const isCurrent = isAt(path, href);
          return (
            <li key={href} className="min-w-0 flex-1">
              <Link
                href={href}
                aria-current={isCurrent ? 'page' : undefined}
                className={cn(
                  'flex h-14 flex-col items-center justify-center gap-1 text-[0.6875rem] tracking-tight -outline-offset-2',
                  isCurrent ? 'font-medium text-accent' : 'text-muted',
                )}
              >
                <Icon aria-hidden className="size-5" strokeWidth={isCurrent ? 2 : 1.75} />
                <span className="max-w-full truncate px-0.5">{label}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
