/** The keyboard shortcuts of the shell. Keys are for pages, never for fields: whoever types is left alone. */
import { useEffect, useRef } from 'react';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null)
  );
}

export interface KeyActions {
  /** The letter after `g`; answers whether it leads anywhere. */
  go: (letter: string) => boolean;
  search: () => void;
  help: () => void;
}

/** Milliseconds in which the letter must follow `g`. */
const CHORD_MS = 1_200;

/** `⌘K` and `Ctrl+K` from anywhere; `g` and a letter, `/` and `?` where nobody types. */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    let chordUntil = 0;
    const press = (event: KeyboardEvent) => {
      const { key } = event;
      if ((event.metaKey || event.ctrlKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k') {
        event.preventDefault();
        latest.current.search();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      const isChord = performance.now() < chordUntil;
      chordUntil = 0;
      if (isChord && latest.current.go(key.toLowerCase())) event.preventDefault();
      else if (key === 'g') chordUntil = performance.now() + CHORD_MS;
      else if (key === '?') latest.current.help();
      else if (key === '/') {
        event.preventDefault();
        const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
        if (field) field.focus();
        else latest.current.search();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

/** The name of the key that goes with letters for commands: ⌘ on Apple's machines, Ctrl elsewhere. */
export function commandKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';
}
