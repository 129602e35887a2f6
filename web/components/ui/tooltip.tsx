'use client';

import * as Radix from 'radix-ui/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { useFloatingHost } from './floating-host';

export interface TooltipProps {
  content: ReactNode;
  /** One element that takes a ref and can have the focus. */
  children: ReactElement;
  side?: 'top' | 'right' | 'bottom' | 'left';
}

/** Words that help but are not needed: shown on hover and on keyboard focus, hidden by Escape. Never the only name of a thing. */
export function Tooltip({ content, children, side = 'top' }: TooltipProps) {
  const host = useFloatingHost();
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={200}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal container={host}>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-60 max-w-72 animate-fade rounded-md bg-[light-dark(#1f2126,#e8e9ec)] px-2 py-1 text-xs text-pretty text-[light-dark(#fff,#17181c)] shadow-float"
          >
            {content}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
