'use client';

import { useConnection } from '../../lib/connection';

/** Below the button of a form that is being sent: why it takes time. Holds its place, so nothing moves. */
export function WaitingWords({ isBusy, isTryingAgain }: { isBusy: boolean; isTryingAgain: boolean }) {
  const connection = useConnection();
  let words = '';
  if (connection === 'offline') words = 'You are offline. What you typed is kept.';
  else if (isTryingAgain) words = 'The service does not answer as it should. Trying again…';
  else if (isBusy && connection === 'slow') words = 'This takes longer than usual…';
  return (
    <p role="status" className="min-h-5 text-center text-sm text-muted">
      {words}
    </p>
  );
}
