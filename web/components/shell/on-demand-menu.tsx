'use client';

import { type ComponentType, lazy, type ReactElement, Suspense, useState } from 'react';

export interface OnDemandMenuProps<P extends object> {
  /** Imports the menu; its `default` opens by itself when `defaultOpen` is given. */
  load: () => Promise<{ default: ComponentType<P & { defaultOpen: boolean }> }>;
  /** The button that stands there before the menu is loaded: the same as the menu's own. */
  button: (press: () => void, prepare: () => void) => ReactElement;
  props: P;
  /** It is opened at once. */
  startsOpen?: boolean;
}

/** A menu that is loaded when somebody reaches for it: menus are heavy, and most visits open none. */
export function OnDemandMenu<P extends object>({ load, button, props, startsOpen = false }: OnDemandMenuProps<P>) {
  const [isWanted, setWanted] = useState(startsOpen);
  const [Menu] = useState(() => lazy(load));
  // Failing to prepare is no failure: opening loads it again and says so.
  const placeholder = button(
    () => setWanted(true),
    () => void load().catch(() => undefined),
  );
  if (!isWanted) return placeholder;
  return (
    <Suspense fallback={placeholder}>
      <Menu {...props} defaultOpen />
    </Suspense>
  );
}
