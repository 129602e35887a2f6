'use client';

import { useEffect, useState } from 'react';

const SLOW_AFTER_MS = 3_000;

/** Below the button of a form that is being sent: why it takes time. Holds its place, so nothing moves. */
export function WaitingWords({ isBusy, isTryingAgain }: { isBusy: boolean; isTryingAgain: boolean }) {
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
