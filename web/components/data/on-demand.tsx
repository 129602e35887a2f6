'use client';
/** A button whose menu is loaded when somebody reaches for it, and opens at the same press. */
import { type ReactElement, type ReactNode, Suspense, useState } from 'react';

export interface Reach {
  /** For the button: begins to load when a pointer or the focus comes near. */
  onPointerEnter: () => void;
  onFocus: () => void;
  /** Undefined once the menu itself listens. */
  onClick?: () => void;
}

export interface OnDemandProps {
  load: () => Promise<unknown>;
  trigger: (reach: Reach) => ReactElement;
  /** The lazy part around the trigger. */
  children: (trigger: ReactElement, open: boolean, onOpenChange: (open: boolean) => void) => ReactNode;
}

export function OnDemand({ load, trigger, children }: OnDemandProps) {
  const [open, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const near = () => void load();
  const button = trigger({
    onPointerEnter: near,
    onFocus: near,
    ...(!wasOpened && {
      onClick: () => {
        setWasOpened(true);
        setOpen(true);
      },
    }),
  });
  if (!wasOpened) return button;
  return <Suspense fallback={button}>{children(button, open, setOpen)}</Suspense>;
}
