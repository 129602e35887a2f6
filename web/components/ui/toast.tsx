'use client';

import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import * as Radix from 'radix-ui/toast';
import { type ReactNode, useSyncExternalStore } from 'react';
import { buttonLook } from './button';
import { cn } from './cn';

export interface ToastOptions {
  title: string;
  description?: ReactNode;
  tone?: 'neutral' | 'good' | 'warn' | 'bad';
  /** One thing to do about it. It must be possible elsewhere too, because a toast goes away. */
  action?: { label: string; onSelect: () => void };
  /** How long it stays, in milliseconds; Infinity: until it is closed. 6 s, with an action or bad news 12 s. */
  duration?: number;
  /** A toast with the id of one that is shown takes its place. */
  id?: string;
}
interface Shown extends ToastOptions {
  id: string;
  open: boolean;
}

/** No more than this many at once; the others wait their turn. */
const AT_ONCE = 3;
const LEAVING_MS = 150;
const none: readonly Shown[] = [];
let queue: readonly Shown[] = none;
let count = 0;
const listeners = new Set<() => void>();

function set(next: readonly Shown[]): void {
  queue = next;
  for (const listener of listeners) listener();
}

/** Tells something in passing, from anywhere. Gives the id, for `dismissToast`. A `Toaster` must be on the page. */
export function toast(options: ToastOptions): string {
  const id = options.id ?? `toast-${++count}`;
  const shown: Shown = { ...options, id, open: true };
  set(
    queue.some((other) => other.id === id)
      ? queue.map((other) => (other.id === id ? shown : other))
      : [...queue, shown],
  );
  return id;
}

/** Takes a toast away before its time. */
export function dismissToast(id: string): void {
  set(queue.map((shown) => (shown.id === id ? { ...shown, open: false } : shown)));
  setTimeout(() => set(queue.filter((shown) => shown.id !== id || shown.open)), LEAVING_MS);
}

const looks = {
  neutral: { Icon: Info, colour: 'text-subtle' },
  good: { Icon: CircleCheck, colour: 'text-good' },
  warn: { Icon: TriangleAlert, colour: 'text-warn' },
  bad: { Icon: CircleAlert, colour: 'text-bad' },
} as const;

/**
 * Where toasts appear: once on the page. F8 moves the focus there; hovering or the focus stops the clock. Bad news is
 * announced at once, other news when the reader pauses.
 */
export function Toaster() {
  const toasts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => queue,
    () => none,
  );
  if (toasts.length === 0) return null;
  return (
    <Radix.Provider swipeDirection="right">
      {toasts.slice(0, AT_ONCE).map((shown) => {
        const { Icon, colour } = looks[shown.tone ?? 'neutral'];
        return (
          <Radix.Root
            key={shown.id}
            open={shown.open}
            onOpenChange={(open) => !open && dismissToast(shown.id)}
            type={shown.tone === 'bad' ? 'foreground' : 'background'}
            duration={shown.duration ?? (shown.action || shown.tone === 'bad' ? 12_000 : 6_000)}
            className="pointer-events-auto flex w-full animate-rise items-start gap-3 rounded-lg bg-raised p-3 shadow-float data-[state=closed]:animate-sink data-[swipe=move]:translate-x-(--radix-toast-swipe-move-x)"
          >
            <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', colour)} />
            <div className="min-w-0 flex-1">
              <Radix.Title className="font-medium text-pretty">{shown.title}</Radix.Title>
              {shown.description && (
                <Radix.Description className="mt-0.5 text-sm text-pretty text-muted">
                  {shown.description}
                </Radix.Description>
              )}
            </div>
            {shown.action && (
              <Radix.Action
                altText={shown.action.label}
                onClick={shown.action.onSelect}
                className={cn(buttonLook({ variant: 'secondary', size: 'sm' }), '-my-0.5')}
              >
                {shown.action.label}
              </Radix.Action>
            )}
            <Radix.Close
              aria-label="Close"
              className="-m-1 grid size-6 shrink-0 place-items-center rounded-sm text-subtle hover:bg-hover hover:text-fg pointer-coarse:size-8"
            >
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </Radix.Root>
        );
      })}
      <Radix.Viewport className="pointer-events-none fixed inset-x-4 bottom-4 z-70 mx-auto flex max-w-96 flex-col gap-2 pb-[env(safe-area-inset-bottom)] sm:start-auto sm:end-4 sm:w-96" />
    </Radix.Provider>
  );
}
