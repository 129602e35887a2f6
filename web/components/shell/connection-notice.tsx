'use client';

import { CloudOff, Hourglass, WifiOff } from 'lucide-react';
import { type Connection, useConnection } from '../../lib/connection';

const words: Readonly<Record<Exclude<Connection, 'fine'>, { icon: typeof WifiOff; text: string }>> = {
  offline: { icon: WifiOff, text: 'You are offline. What you typed is kept.' },
  unreachable: { icon: CloudOff, text: 'The service does not answer. Trying again by itself; what you typed is kept.' },
  slow: { icon: Hourglass, text: 'This takes longer than usual…' },
};

/** Says when the way to the API is not as it should be; goes by itself. Floats, so that nothing moves. */
export function ConnectionNotice() {
  const connection = useConnection();
  const notice = connection === 'fine' ? undefined : words[connection];
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-18 z-70 flex justify-center px-4 md:bottom-6"
    >
      {notice && (
        <p className="flex animate-rise items-center gap-2.5 rounded-lg bg-raised px-3.5 py-2 text-base text-pretty shadow-float">
          <notice.icon aria-hidden className="size-4 shrink-0 text-warn" />
          {notice.text}
        </p>
      )}
    </div>
  );
}
