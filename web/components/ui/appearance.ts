'use client';

import { useSyncExternalStore } from 'react';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];
export interface Appearance {
  theme: Theme;
  density: Density;
}

const THEME_KEY = 'mewayz.theme';
const DENSITY_KEY = 'mewayz.density';
const onServer: Appearance = { theme: 'system', density: 'comfortable' };
const listeners = new Set<() => void>();
let current: Appearance | undefined;

/** `<html>` is the state: public/theme.js has filled it from the storage before the first paint. */
function read(): Appearance {
  const { theme, density } = document.documentElement.dataset;
  const next: Appearance = {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    density: density === 'compact' ? 'compact' : 'comfortable',
  };
  if (current?.theme !== next.theme || current.density !== next.density) current = next;
  return current;
}

function keep(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage is refused: the choice holds until the page is left.
  }
}

function apply(change: Partial<Appearance>): void {
  const { dataset } = document.documentElement;
  if (change.theme === 'system') delete dataset.theme;
  else if (change.theme) dataset.theme = change.theme;
  if (change.density === 'comfortable') delete dataset.density;
  else if (change.density) dataset.density = change.density;
  for (const listener of listeners) listener();
}

/** Sets theme, density or both, now and for the next visits on this browser. */
export function setAppearance(change: Partial<Appearance>): void {
  if (change.theme) keep(THEME_KEY, change.theme === 'system' ? undefined : change.theme);
  if (change.density) keep(DENSITY_KEY, change.density === 'comfortable' ? undefined : change.density);
  apply(change);
}

function subscribe(listener: () => void): () => void {
  const fromOtherTab = (event: StorageEvent) => {
    if (event.key === THEME_KEY) apply({ theme: (event.newValue as Theme | null) ?? 'system' });
    if (event.key === DENSITY_KEY) apply({ density: (event.newValue as Density | null) ?? 'comfortable' });
  };
  listeners.add(listener);
  window.addEventListener('storage', fromOtherTab);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', fromOtherTab);
  };
}

/** The chosen theme and density; follows changes in this tab and in others. */
export function useAppearance(): Appearance {
  return useSyncExternalStore(subscribe, read, () => onServer);
}
