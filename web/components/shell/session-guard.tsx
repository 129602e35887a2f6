'use client';

import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useDeferredValue, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../../../shared/client.ts';
import { me } from '../../../shared/contracts/auth/me.ts';
import { queryKeyOf } from '../../lib/operations';
import { wordsFor } from '../../lib/problems.ts';
import { SessionProvider, useMe } from '../../lib/session';
import { onSessionEvent, signInPath } from '../../lib/session-events.ts';
import { ErrorState } from '../ui/error-state';
import { ConnectionNotice } from './connection-notice';
import { ShellSkeleton } from './shell-skeleton';

const MustEnrol = lazy(() => import('./must-enrol'));

function leave(): void {
  window.location.replace(signInPath(window.location));
}

/**
 * Shows the frame of the app until the user is known, then the app; who is not signed in goes to the sign-in page and comes back. Who must
 * set up a second factor sees nothing but that.
 */
export function SessionGuard({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { data: user, error, trouble, isTryingAgain, refetch, isFetching } = useMe();
  const isSignedOut = !user && error instanceof ApiProblem && error.status === 401;

  useEffect(() => {
    if (isSignedOut) leave();
  }, [isSignedOut]);

  useEffect(
    () =>
      onSessionEvent((event) => {
        if (event === 'signed-out') {
          client.clear();
          window.location.assign('/sign-in');
        } else void client.invalidateQueries({ queryKey: queryKeyOf(me) });
      }),
    [client],
  );

  const known = useRef(user?.id);
  useEffect(() => {
    // Somebody else signed in in another tab: nothing of the one before may stay.
    if (known.current !== undefined && user && known.current !== user.id) window.location.assign('/dashboard');
    known.current = user?.id;
  }, [user]);

  // The whole app follows: in small steps that let presses and paints through, not in one that blocks them.
  const shown = useDeferredValue(user);
  // Until the backup codes are kept, whatever is heard of the user meanwhile.
  const [isEnrolling, setEnrolling] = useState(false);
  useEffect(() => {
    if (user?.mustEnrol) setEnrolling(true);
  }, [user]);
  const enrolled = async () => {
    await refetch();
    setEnrolling(false);
  };

  if (user?.mustEnrol || (user && isEnrolling))
    return (
      <SessionProvider value={user}>
        <Suspense fallback={<ShellSkeleton />}>
          <MustEnrol onEnrolled={enrolled} />
        </Suspense>
      </SessionProvider>
    );
  if (shown) return <SessionProvider value={shown}>{children}</SessionProvider>;
  if (trouble && !isSignedOut) {
    const { title, text, requestId } = wordsFor(trouble);
    return (
      <main className="grid min-h-dvh place-items-center p-6">
        <ErrorState
          title={title}
          description={isTryingAgain ? `${text} Trying again by itself.` : text}
          requestId={requestId}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
        <ConnectionNotice />
      </main>
    );
  }
  return <ShellSkeleton />;
}
