'use client';

import * as Radix from 'radix-ui/alert-dialog';
import { type ReactNode, useState } from 'react';
import { Button } from './button';
import { InDialog } from './floating-host';

export interface ConfirmDialogProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The button that opens it, if it isn't opened by `open`. */
  trigger?: ReactNode;
  /** The question: "Cancel order #1042?" */
  title: ReactNode;
  /** What will happen, and whether it can be undone. */
  description: ReactNode;
  /** The answer, a verb: "Cancel order". */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: 'neutral' | 'danger';
  /** Runs while the dialog waits; closes it when done. What it throws is shown, and the dialog stays. */
  onConfirm: () => Promise<unknown> | unknown;
  /** Why it takes time, while it runs. */
  waiting?: string | undefined;
  /** More to say or to fill in. */
  children?: ReactNode;
}

/** Asks before something that is hard to undo. A press outside does not answer; Escape is "no". */
export function ConfirmDialog({
  open: controlled,
  onOpenChange,
  trigger,
  title,
  description,
  confirmLabel,
  cancelLabel = 'Keep it',
  tone = 'neutral',
  onConfirm,
  waiting,
  children,
}: ConfirmDialogProps) {
  const [own, setOwn] = useState(false);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const open = controlled ?? own;
  const setOpen = (next: boolean) => {
    if (running) return;
    setProblem(undefined);
    setOwn(next);
    onOpenChange?.(next);
  };
  const confirm = async () => {
    setRunning(true);
    setProblem(undefined);
    try {
      await onConfirm();
      setOwn(false);
      onOpenChange?.(false);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'That did not work.');
    } finally {
      setRunning(false);
    }
  };
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <div data-scrim="" aria-hidden className="fixed inset-0 z-50 animate-fade bg-scrim" />
        <Radix.Content
          aria-modal="true"
          className="fixed inset-x-0 bottom-0 z-50 flex animate-slide-up flex-col gap-4 rounded-t-xl bg-raised p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))] shadow-modal outline-none sm:inset-x-4 sm:top-[20dvh] sm:bottom-auto sm:mx-auto sm:max-w-md sm:animate-pop sm:rounded-xl"
        >
          <InDialog value={true}>
            <div className="flex flex-col gap-1.5">
              <Radix.Title className="text-lg font-semibold text-balance">{title}</Radix.Title>
              <Radix.Description className="text-pretty text-muted">{description}</Radix.Description>
            </div>
            {children}
            <p role="alert" className="text-sm text-bad empty:hidden">
              {problem}
            </p>
            <p role="status" className="text-sm text-muted empty:hidden">
              {running && waiting}
            </p>
            <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
              <Radix.Cancel asChild>
                <Button disabled={running}>{cancelLabel}</Button>
              </Radix.Cancel>
              <Button variant={tone === 'danger' ? 'danger' : 'primary'} loading={running} onClick={confirm}>
                {confirmLabel}
              </Button>
            </div>
          </InDialog>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
