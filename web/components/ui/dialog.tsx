'use client';

import { cn } from './cn';
import { DialogFrame, type DialogFrameProps } from './dialog-frame';

export { DialogClose } from './dialog-frame';

const widths = { sm: 'sm:max-w-sm', md: 'sm:max-w-lg', lg: 'sm:max-w-2xl', xl: 'sm:max-w-4xl' } as const;

export interface DialogProps extends DialogFrameProps {
  width?: keyof typeof widths;
  /** Keeps it open on Escape and on a press outside: for forms with unsaved input. */
  keepOpen?: boolean;
}

const stay = (event: Event) => event.preventDefault();

/** Asks for attention in front of the page. The focus stays inside, Escape closes, and it goes back to where it came from. */
export function Dialog({ width = 'md', keepOpen = false, ...frame }: DialogProps) {
  return (
    <DialogFrame
      {...frame}
      {...(keepOpen && { content: { onEscapeKeyDown: stay, onInteractOutside: stay } })}
      bodyLook="px-5 pt-1 pb-5"
      look={cn(
        'inset-x-0 bottom-0 max-h-[92dvh] animate-slide-up rounded-t-xl',
        'sm:inset-x-4 sm:top-[12dvh] sm:bottom-auto sm:mx-auto sm:max-h-[76dvh] sm:animate-pop sm:rounded-xl',
        widths[width],
      )}
    />
  );
}
