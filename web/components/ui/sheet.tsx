'use client';

import { X } from 'lucide-react';
import * as Radix from 'radix-ui/dialog';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { focusFirstField } from './first-field';
import { InDialog } from './floating-host';
import { IconButton } from './icon-button';

const sides = {
  start: 'inset-y-0 start-0 w-[min(20rem,calc(100vw-3rem))] animate-slide-left border-e',
  end: 'inset-y-0 end-0 w-full animate-slide-right border-s sm:w-[min(30rem,calc(100vw-3rem))]',
  bottom: 'inset-x-0 bottom-0 max-h-[88dvh] animate-slide-up rounded-t-xl',
} as const;

export interface SheetProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  side?: keyof typeof sides;
  /** The title is for screen readers only, and there is no room around the content: navigation on a phone. */
  bare?: boolean;
  children?: ReactNode;
}

/** A dialog at the edge: details or a form beside the list that it belongs to. `DialogClose` closes it. */
export function Sheet({
  trigger,
  title,
  description,
  footer,
  side = 'end',
  bare = false,
  children,
  ...root
}: SheetProps) {
  return (
    <Radix.Root {...root}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <div data-scrim="" aria-hidden className="fixed inset-0 z-50 animate-fade bg-scrim" />
        <Radix.Content
          aria-modal="true"
          onOpenAutoFocus={focusFirstField}
          {...(!description && { 'aria-describedby': undefined })}
          className={cn('fixed z-50 flex flex-col bg-raised shadow-modal outline-none', sides[side])}
        >
          <InDialog value={true}>
            {bare ? (
              <Radix.Title className="sr-only">{title}</Radix.Title>
            ) : (
              <header className="flex items-start gap-4 border-b px-5 pt-4 pb-3">
                <div className="min-w-0 flex-1">
                  <Radix.Title className="pt-1 text-lg font-semibold text-balance">{title}</Radix.Title>
                  {description && (
                    <Radix.Description className="mt-0.5 text-pretty text-muted">{description}</Radix.Description>
                  )}
                </div>
                <Radix.Close asChild>
                  <IconButton label="Close" plain icon={<X aria-hidden />} size="sm" className="-me-1.5 mt-0.5" />
                </Radix.Close>
              </header>
            )}
            <div className={cn('min-h-0 flex-1 overflow-y-auto', !bare && 'p-5')}>{children}</div>
            {footer && (
              <footer className="flex flex-col-reverse gap-2 border-t px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:flex-row sm:justify-end">
                {footer}
              </footer>
            )}
          </InDialog>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
