'use client';

import * as Radix from 'radix-ui/tabs';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { Link } from './link';

const strip = 'flex gap-1 overflow-x-auto border-b [scrollbar-width:none]';
const tab =
  'relative inline-flex h-10 shrink-0 items-center gap-1.5 rounded-t-md px-2.5 font-medium whitespace-nowrap text-muted transition-colors hover:text-fg focus-visible:-outline-offset-2 after:absolute after:inset-x-2.5 after:-bottom-px after:h-0.5 after:rounded-full [&_svg]:size-4';
const current = 'text-fg after:bg-accent-solid';

export interface Tab {
  value: string;
  label: ReactNode;
  /** How many things are behind it. */
  count?: number;
  content: ReactNode;
  disabled?: boolean;
}

export interface TabsProps {
  /** What the tabs are about, for screen readers. */
  label: string;
  tabs: readonly Tab[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  className?: string;
}

function Count({ count }: { count: number | undefined }) {
  if (count === undefined) return null;
  return <span className="numeric rounded-sm bg-sunken px-1 text-xs font-medium text-muted">{count}</span>;
}

/** Views of one thing, one at a time, on one page. Arrows move between the tabs. For views with an address use `TabLinks`. */
export function Tabs({ label, tabs, className, ...root }: TabsProps) {
  return (
    <Radix.Root
      {...root}
      defaultValue={root.defaultValue ?? (root.value ? undefined : tabs[0]?.value)}
      className={className}
    >
      <Radix.List aria-label={label} className={strip}>
        {tabs.map((each) => (
          <Radix.Trigger
            key={each.value}
            value={each.value}
            disabled={each.disabled}
            className={cn(
              tab,
              'disabled:opacity-50 data-[state=active]:text-fg data-[state=active]:after:bg-accent-solid',
            )}
          >
            {each.label}
            <Count count={each.count} />
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((each) => (
        <Radix.Content key={each.value} value={each.value} className="pt-5">
          {each.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

export interface TabLinksProps {
  label: string;
  tabs: readonly { href: string; label: ReactNode; count?: number }[];
  /** The address of the page that is shown. */
  currentHref: string;
  className?: string;
}

/** The same look for pages with addresses of their own: settings, the parts of a record. */
export function TabLinks({ label, tabs, currentHref, className }: TabLinksProps) {
  return (
    <nav aria-label={label} className={cn(strip, className)}>
      {tabs.map((each) => (
        <Link
          key={each.href}
          href={each.href}
          aria-current={each.href === currentHref ? 'page' : undefined}
          className={cn(tab, each.href === currentHref && current)}
        >
          {each.label}
          <Count count={each.count} />
        </Link>
      ))}
    </nav>
  );
}
