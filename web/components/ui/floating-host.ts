'use client';

import { createContext, useContext } from 'react';

/** True inside a dialog or a sheet, which hides the page behind it from screen readers. */
export const InDialog = createContext(false);

/**
 * Where menus, lists and tooltips are put: into the page's `main`, because all that can be read belongs to a landmark; from inside a
 * dialog to the end of the body, because the page behind the dialog is hidden.
 */
export function useFloatingHost(): HTMLElement | undefined {
  const inDialog = useContext(InDialog);
  if (inDialog || typeof document === 'undefined') return undefined;
  return document.querySelector('main') ?? undefined;
}
