/** The state of a table as the address holds it: back, forward and reload restore it, and a copied address shows the same. */
import { useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { readTableState, type TableDefaults, type TableState, writeTableState } from './table-state.ts';

export type SetTableState = (change: (state: TableState) => TableState, how?: 'push' | 'replace') => void;

/**
 * `push` (default) makes a step that "back" undoes; `replace` is for what changes many times on the way, as typing does. `defaults` must be
 * stable.
 */
export function useTableState(defaults: TableDefaults): [TableState, SetTableState] {
  const params = useSearchParams();
  const text = params.toString();
  const state = useMemo(() => readTableState(new URLSearchParams(text), defaults), [text, defaults]);
  const set = useCallback<SetTableState>(
    (change, how = 'push') => {
      // From the address itself: two changes may come before the next rendering.
      const { pathname, search, hash } = window.location;
      const now = new URLSearchParams(search);
      const next = writeTableState(change(readTableState(now, defaults)), defaults, now);
      const url = `${pathname}${next ? `?${next}` : ''}${hash}`;
      if (url === `${pathname}${search}${hash}`) return;
      if (how === 'replace') window.history.replaceState(null, '', url);
      else window.history.pushState(null, '', url);
    },
    [defaults],
  );
  return [state, set];
}
