/** Rows by keyboard: j and k (or the arrows, once in the list) walk, Enter opens as any link does, x selects. */
import { type RefObject, useEffect } from 'react';

const ROW_LINK = '[data-row-link]';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}
/** Something floats above the page and has the keyboard. */
function isCovered(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}

export function useRowKeys(list: RefObject<HTMLElement | null>, onSelect: (rowId: string) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || isCovered()) return;
      const links = [...(list.current?.querySelectorAll<HTMLElement>(ROW_LINK) ?? [])];
      const at = links.indexOf(document.activeElement as HTMLElement);
      const move = (step: number) => {
        const next = links[at < 0 ? (step > 0 ? 0 : links.length - 1) : at + step];
        if (!next) return;
        event.preventDefault();
        next.focus();
        next.scrollIntoView({ block: 'nearest' });
      };
      const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
      if (event.key === 'j' || (event.key === 'ArrowDown' && at >= 0)) move(1);
      else if (event.key === 'k' || (isArrow && at >= 0)) move(-1);
      else if (event.key === 'x' && at >= 0) {
        const row = links[at]?.closest<HTMLElement>('[data-row]')?.dataset.row;
        if (row) onSelect(row);
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [list, onSelect]);
}
