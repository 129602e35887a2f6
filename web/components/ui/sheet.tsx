'use client';

import { DialogFrame, type DialogFrameProps } from './dialog-frame';

const sides = {
  start: 'inset-y-0 start-0 w-[min(20rem,calc(100vw-3rem))] animate-slide-left border-e',
  end: 'inset-y-0 end-0 w-full animate-slide-right border-s sm:w-[min(30rem,calc(100vw-3rem))]',
  bottom: 'inset-x-0 bottom-0 max-h-[88dvh] animate-slide-up rounded-t-xl',
} as const;

export interface SheetProps extends DialogFrameProps {
  side?: keyof typeof sides;
  /** The title is for screen readers only, and there is no room around the content: navigation on a phone. */
  bare?: boolean;
}

/** A dialog at the edge: details or a form beside the list that it belongs to. `DialogClose` closes it. */
export function Sheet({ side = 'end', bare = false, ...frame }: SheetProps) {
  return (
    <DialogFrame {...frame} bare={bare} headerLook="border-b" bodyLook={bare ? undefined : 'p-5'} look={sides[side]} />
  );
}
