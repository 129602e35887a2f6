import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button';

const SLOW_AFTER_MS = 3_000;

interface SubmitProps {
  /** What the button does. */
  label: string;
  variant?: 'primary' | 'danger';
  isBusy: boolean;
  /** The form waits for something besides what the button began. */
  isWaiting?: boolean;
  isTryingAgain: boolean;
  /** Other ways to go. */
  children?: ReactNode;
}

/** The foot of a form: its button, why it takes time, and other ways to go. */
export function Submit({
  label,
  variant = 'primary',
  isBusy,
  isWaiting = isBusy,
  isTryingAgain,
  children,
}: SubmitProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const form = button.current?.form;
    if (!form) return;
    form.dataset.alive = '';
    // Sent before this code had come: public/early-forms.js has kept that.
    if (!('sent' in form.dataset)) return;
    delete form.dataset.sent;
    form.requestSubmit(button.current);
  }, []);
  return (
    <div className="flex flex-col gap-2">
      <Button ref={button} type="submit" variant={variant} size="lg" wide loading={isBusy}>
        {label}
      </Button>
      <WaitingWords isBusy={isWaiting} isTryingAgain={isTryingAgain} />
      {children}
    </div>
  );
}

/** Below the button of a form that is being sent: why it takes time. Holds its place, so nothing moves. */
function WaitingWords({ isBusy, isTryingAgain }: { isBusy: boolean; isTryingAgain: boolean }) {
  const [isOffline, setOffline] = useState(false);
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const update = () => setOffline(!navigator.onLine);
    update();
    window.addEventListener('online', update);
    window.addEventListener('offline', update);
    return () => {
      window.removeEventListener('online', update);
      window.removeEventListener('offline', update);
    };
  }, []);
  useEffect(() => {
    if (!isBusy) return;
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [isBusy]);
  let words = '';
  if (isOffline) words = 'You are offline. What you typed is kept.';
  else if (isTryingAgain) words = 'The service does not answer as it should. Trying again…';
  else if (isBusy && isSlow) words = 'This takes longer than usual…';
  return (
    <p role="status" className="min-h-5 text-center text-sm text-muted">
      {words}
    </p>
  );
}
