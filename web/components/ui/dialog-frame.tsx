'use client';
/** What a dialog and a sheet share: scrim, focus, title, body that scrolls, and buttons at the end. */
import { X } from 'lucide-react';
import * as Radix from 'radix-ui/dialog';
import type { ComponentProps, ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';
import { focusFirstField } from './first-field';
import { InDialog } from './floating-host';

export interface DialogFrameProps {
  open?: boolean;
  defaultOpen?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The button that opens it, if it isn't opened by `open`. */
  trigger?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, the main one last. `DialogClose` around a button closes. */
  footer?: ReactNode;
  children?: ReactNode;
}

interface Looks {
  /** Where it stands, and how it comes. */
  look: string;
  headerLook?: string | undefined;
  bodyLook?: string | undefined;
  /** The title is for screen readers only. */
  bare?: boolean;
  content?: ComponentProps<typeof Radix.Content>;
}

export function DialogFrame({
  trigger,
  title,
  description,
  footer,
  look,
  headerLook,
  bodyLook,
  bare = false,
  content,
  children,
  ...root
}: DialogFrameProps & Looks) {
  return (
    <Radix.Root {...root}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <div data-scrim="" aria-hidden className="fixed inset-0 z-50 animate-fade bg-scrim" />
        <Radix.Content
          aria-modal="true"
          onOpenAutoFocus={focusFirstField}
          {...(!description && { 'aria-describedby': undefined })}
          {...content}
          className={cn('fixed z-50 flex flex-col bg-raised shadow-modal outline-none', look)}
        >
          <InDialog value={true}>
            {bare ? (
              <Radix.Title className="sr-only">{title}</Radix.Title>
            ) : (
              <header className={cn('flex items-start gap-4 px-5 pt-4 pb-3', headerLook)}>
                <div className="min-w-0 flex-1">
                  <Radix.Title className="pt-1 text-lg font-semibold text-balance">{title}</Radix.Title>
                  {description && (
                    <Radix.Description className="mt-1 text-pretty text-muted">{description}</Radix.Description>
                  )}
                </div>
                <Radix.Close asChild>
                  <Button
                    variant="ghost"
                    size="icon-sm"
                    aria-label="Close"
                    icon={<X aria-hidden />}
                    className="-me-1.5 mt-0.5"
                  />
                </Radix.Close>
              </header>
            )}
            {children && <div className={cn('min-h-0 flex-1 overflow-y-auto', bodyLook)}>{children}</div>}
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
