'use client';

import * as Radix from 'radix-ui/popover';
import type { ReactElement, ReactNode } from 'react';
import { cn } from './cn';
import { useFloatingHost } from './floating-host';

export interface PopoverProps {
  /** One button that takes a ref. */
  trigger: ReactElement;
  /** Its name for screen readers. */
  label: string;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** No room inside. */
  flush?: boolean;
  /** It keeps its height and looks for the side where it fits, instead of scrolling where it is. */
  tall?: boolean;
  className?: string;
  children: ReactNode;
}

/** Something small beside its button: filters, a picker, a card about a person. Takes the focus; Escape gives it back. */
export function Popover({
  trigger,
  label,
  align = 'start',
  side = 'bottom',
  flush = false,
  tall = false,
  className,
  children,
  ...root
}: PopoverProps) {
  const host = useFloatingHost();
  return (
    <Radix.Root {...root}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={host}>
        <Radix.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            'z-60 max-w-[calc(100vw-1rem)] animate-pop overflow-y-auto rounded-lg bg-raised shadow-float outline-none',
            tall ? 'max-h-[calc(100dvh-1rem)]' : 'max-h-(--radix-popover-content-available-height)',
            !flush && 'p-3',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Closes the popover around it when the one button inside is pressed. */
export function PopoverClose({ children }: { children: ReactNode }) {
  return <Radix.Close asChild>{children}</Radix.Close>;
}
