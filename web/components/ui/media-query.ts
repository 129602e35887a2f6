'use client';

import { useSyncExternalStore } from 'react';

/** Whether a media query holds; false on the server. For what CSS can't decide: another component on a phone. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}
