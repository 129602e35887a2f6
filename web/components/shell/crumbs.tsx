'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useSyncExternalStore } from 'react';
import { Breadcrumbs } from '../ui/breadcrumbs';
import { destinationsFor } from './destinations.ts';

/** Names that pages gave to the ends of their paths: a product's name instead of its id. */
const names = new Map<string, string>();
const listeners = new Set<() => void>();
let version = 0;

/**
 * Names the page one is on in breadcrumbs and in the window's title; undefined while its name is not known yet. `above` names a page on
 * the way here instead.
 */
export function usePageName(name: string | undefined, above?: string): void {
  const here = usePathname();
  useEffect(() => {
    if (name === undefined) return;
    names.set(above ?? here, name);
    version++;
    if (above === undefined) document.title = `${name} · Mewayz`;
    for (const listener of listeners) listener();
  }, [here, above, name]);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const labels = new Map(destinationsFor('admin').map(({ href, label }) => [href, label]));

function labelOf(path: string): string {
  const known = names.get(path) ?? labels.get(path);
  if (known) return known;
  const last = path.split('/').at(-1) ?? '';
  // An id says nothing; its record's name follows in a moment.
  if (/^[a-z]{3}_[0-9A-Z]{26}$/.test(last)) return '…';
  return last.charAt(0).toUpperCase() + last.slice(1).replaceAll('-', ' ');
}

/** Where one is: each step but the last leads back. */
export function Crumbs() {
  const path = usePathname();
  useSyncExternalStore(
    subscribe,
    () => version,
    () => 0,
  );
  const parts = path.split('/').filter(Boolean);
  // Nothing stands at /admin itself.
  const steps = parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`).filter((href) => href !== '/admin');
  return <Breadcrumbs items={steps.map((href) => ({ label: labelOf(href), href }))} />;
}
