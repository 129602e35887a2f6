/** The basket of the order that is being written; it outlives a reload of the tab. */
import { useEffect, useState } from 'react';
import type { BasketLine } from '../basket.ts';

export function useBasket(
  name: string,
): [readonly BasketLine[], (change: (lines: readonly BasketLine[]) => BasketLine[]) => void] {
  const key = `mewayz.draft.${name}`;
  const [lines, setLines] = useState<readonly BasketLine[]>(() => {
    try {
      return (JSON.parse(sessionStorage.getItem(key) ?? '[]') as BasketLine[]) ?? [];
    } catch {
      return [];
    }
  });
  useEffect(() => {
    try {
      if (lines.length === 0) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(lines));
    } catch {
      // Storage is full or closed: the basket lives as long as the page.
    }
  }, [key, lines]);
  return [lines, setLines];
}
