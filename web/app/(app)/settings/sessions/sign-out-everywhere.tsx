'use client';

import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { logoutAll } from '../../../../../shared/contracts/auth/logout-all.ts';
import { Button } from '../../../../components/ui/button';
import { api } from '../../../../lib/api.ts';
import { wordsFor } from '../../../../lib/problems.ts';
import { announce } from '../../../../lib/session-events.ts';

const loadConfirm = () => import('../../../../components/ui/confirm-dialog');
const ConfirmDialog = lazy(async () => ({ default: (await loadConfirm()).ConfirmDialog }));

/** Ends every session, this one too, after asking. */
export function SignOutEverywhere() {
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const signOut = async () => {
    try {
      await api.call(logoutAll, { body: {} });
    } catch (error) {
      const { title, text } = wordsFor(error);
      throw new Error(`${title}. ${text}`.trim());
    }
    announce('signed-out');
    client.clear();
    window.location.assign('/sign-in');
  };
  return (
    <>
      <Button
        size="sm"
        variant="danger-ghost"
        onClick={() => setAsking(true)}
        onPointerEnter={() => void loadConfirm()}
        onFocus={() => void loadConfirm()}
      >
        Sign out everywhere
      </Button>
      <Suspense>
        {isAsking && (
          <ConfirmDialog
            open
            onOpenChange={setAsking}
            title="Sign out everywhere?"
            description="Every session ends at once, this one too. You sign in again with your password."
            confirmLabel="Sign out everywhere"
            cancelLabel="Stay signed in"
            tone="danger"
            onConfirm={signOut}
          />
        )}
      </Suspense>
    </>
  );
}
