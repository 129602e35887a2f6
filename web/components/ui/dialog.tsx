'use client';

import { X } from 'lucide-react';
import * as Radix from 'radix-ui/dialog';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { focusFirstField } from './first-field';
import { InDialog } from './floating-host';
import { IconButton } from './icon-button';

const widths = { sm: 'sm:max-w-sm', md: 'sm:max-w-lg', lg: 'sm:max-w-2xl', xl: 'sm:max-w-4xl' } as const;

export interface DialogProps {
  open?: boolean;
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The button that opens it, if it isn't opened by `open`. */
  trigger?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, the main one last. `DialogClose` around a button closes. */
  footer?: ReactNode;
  width?: keyof typeof widths;
  /** Keeps it open on Escape and on a press outside: for forms with unsaved input. */
  keepOpen?: boolean;
  children?: ReactNode;
}

/** Asks for attention in front of the page. The focus stays inside, Escape closes, and it goes back to where it came from. */
export function Dialog({
  trigger,
  title,
  description,
  footer,
  width = 'md',
  keepOpen = false,
  children,
  ...root
}: DialogProps) {
  return (
    <Radix.Root {...root}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <div data-scrim="" aria-hidden className="fixed inset-0 z-50 animate-fade bg-scrim" />
        <Radix.Content
          aria-modal="true"
          onOpenAutoFocus={focusFirstField}
          {...(!description && { 'aria-describedby': undefined })}
          onEscapeKeyDown={keepOpen ? (event) => event.preventDefault() : undefined}
          onInteractOutside={keepOpen ? (event) => event.preventDefault() : undefined}
          className={cn(
            'fixed z-50 flex flex-col bg-raised shadow-modal outline-none',
            'inset-x-0 bottom-0 max-h-[92dvh] animate-slide-up rounded-t-xl',
            'sm:inset-x-4 sm:top-[12dvh] sm:bottom-auto sm:mx-auto sm:max-h-[76dvh] sm:animate-pop sm:rounded-xl',
            widths[width],
          )}
        >
          <InDialog value={true}>
            <header className="flex items-start gap-4 px-5 pt-4 pb-3">
              <div className="min-w-0 flex-1">
                <Radix.Title className="pt-1 text-lg font-semibold text-balance">{title}</Radix.Title>
                {description && (
                  <Radix.Description className="mt-1 text-pretty text-muted">{description}</Radix.Description>
                )}
              </div>
              <Radix.Close asChild>
                <IconButton label="Close" plain icon={<X aria-hidden />} size="sm" className="-me-1.5 mt-0.5" />
              </Radix.Close>
            </header>
            {children && <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>}
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

/** Closes the dialog or sheet around it when the one button inside is pressed. */
export function DialogClose({ children }: { children: ReactNode }) {
  return <Radix.Close asChild>{children}</Radix.Close>;
}
