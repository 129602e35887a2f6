'use client';

import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useSession } from '../../lib/session';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { Link } from '../ui/link';
import { type Destination, destinationsFor, isAt } from './destinations.ts';
import { Logo } from './logo';

export interface SideNavigationProps {
  narrow: boolean;
  onNarrow: (narrow: boolean) => void;
}

/** The app's pages at the left: a column of names, or a rail of icons where the room is needed. */
export function SideNavigation({ narrow, onNarrow }: SideNavigationProps) {
  const { role } = useSession();
  const path = usePathname();
  const pages = destinationsFor(role);
  return (
    <aside
      className={cn(
        'sticky top-0 z-20 hidden h-dvh shrink-0 flex-col border-e bg-canvas md:flex',
        narrow ? 'w-15' : 'w-58',
      )}
    >
      <div className={cn('flex h-13 items-center', narrow ? 'justify-center' : 'px-4')}>
        <Link href="/dashboard" className="flex items-center gap-2.5 rounded-md text-lg font-semibold tracking-tight">
          <Logo />
          <span className={narrow ? 'sr-only' : ''}>Mewayz</span>
        </Link>
      </div>
      <nav aria-label="Main" className="flex flex-1 flex-col px-2.5 py-1">
        <ul className="flex flex-1 flex-col gap-0.5">
          {pages.map((page) => (
            <li key={page.href} className={cn(page.href === '/settings' && 'mt-auto')}>
              <Entry page={page} isCurrent={isAt(path, page.href)} narrow={narrow} />
            </li>
          ))}
        </ul>
      </nav>
      <div className={cn('flex px-2.5 pb-3', narrow ? 'justify-center' : 'justify-start')}>
        <Button
          size="icon-sm"
          variant="ghost"
          aria-label={narrow ? 'Show the names of the pages' : 'Make the navigation narrow'}
          aria-expanded={!narrow}
          onClick={() => onNarrow(!narrow)}
        >
          {narrow ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
        </Button>
      </div>
    </aside>
  );
}

function Entry({ page, isCurrent, narrow }: { page: Destination; isCurrent: boolean; narrow: boolean }) {
  return (
    <Link
      href={page.href}
      aria-current={isCurrent ? 'page' : undefined}
      className={cn(
        'group relative flex h-9 items-center gap-3 rounded-md text-base transition-colors',
        narrow ? 'justify-center' : 'px-2.5',
        isCurrent ? 'bg-pressed font-medium text-fg' : 'text-muted hover:bg-hover hover:text-fg',
      )}
    >
      <page.icon aria-hidden className={cn('size-4.5 shrink-0', isCurrent && 'text-accent')} strokeWidth={1.75} />
      <span className={narrow ? 'sr-only' : 'truncate'}>{page.label}</span>
      {narrow && (
        // By CSS alone: a tooltip's machinery would weigh on every page of the app.
        <span
          aria-hidden
          className="pointer-events-none absolute start-full z-30 ms-3 hidden rounded-md bg-raised px-2 py-1 text-sm font-medium whitespace-nowrap text-fg shadow-float group-hover:block group-focus-visible:block"
        >
          {page.label}
        </span>
      )}
    </Link>
  );
}
