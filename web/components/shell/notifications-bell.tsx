'use client';

import { type ComponentType, useCallback, useEffect, useState } from 'react';
import { BellButton } from './bell-button';

/** The bell: its button stands at once, what it counts and opens follows when the page stands. No page waits for it, or fails with it. */
export function NotificationsBell() {
  const [Live, setLive] = useState<ComponentType<{ startsOpen: boolean }>>();
  const [isWanted, setWanted] = useState(false);
  const load = useCallback(() => {
    import('./live-bell').then(
      ({ default: arrived }) => setLive(() => arrived),
      () => undefined,
    );
  }, []);
  useEffect(load, [load]);
  if (Live) return <Live startsOpen={isWanted} />;
  const press = () => {
    setWanted(true);
    load();
  };
  return <BellButton onClick={press} />;
}
