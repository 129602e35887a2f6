'use client';

import { Bell, FileUser, History, KeyRound, MonitorSmartphone, Palette, ShieldCheck, UserRound } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { cn } from '../../../components/ui/cn';
import { Link } from '../../../components/ui/link';

/** The sections of the settings. A new one is a line here and a page beside. */
const sections = [
  { href: '/settings', label: 'Profile', icon: UserRound },
  { href: '/settings/password', label: 'Password', icon: KeyRound },
  { href: '/settings/two-factor', label: 'Two-factor authentication', icon: ShieldCheck },
  { href: '/settings/sessions', label: 'Sessions', icon: MonitorSmartphone },
  { href: '/settings/activity', label: 'Security activity', icon: History },
  { href: '/settings/notifications', label: 'Notifications', icon: Bell },
  { href: '/settings/appearance', label: 'Appearance', icon: Palette },
  { href: '/settings/my-data', label: 'My data', icon: FileUser },
] as const;

export function SettingsNavigation() {
  const path = usePathname();
  const list = useRef<HTMLUListElement>(null);
  // On a phone they stand in a row that is longer than the screen.
  useEffect(() => {
    const current = list.current?.querySelector(`[href="${path}"]`);
    current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  return (
    <nav aria-label="Settings" className="shrink-0 lg:w-56">
      <ul
        ref={list}
        className="-mx-1 flex gap-1 overflow-x-auto border-b px-1 pb-2 lg:mx-0 lg:flex-col lg:gap-0.5 lg:border-0 lg:px-0"
      >
        {sections.map(({ href, label, icon: Icon }) => {
          const isCurrent = path === href;
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={isCurrent ? 'page' : undefined}
                className={cn(
                  'flex h-9 items-center gap-2.5 rounded-md px-2.5 whitespace-nowrap transition-colors pointer-coarse:h-11',
                  isCurrent ? 'bg-pressed font-medium' : 'text-muted hover:bg-hover hover:text-fg',
                )}
              >
                <Icon aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
                {label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
