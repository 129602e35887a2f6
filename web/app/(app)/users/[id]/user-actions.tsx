'use client';
import { Ellipsis, Pencil } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { OnDemand } from '../../../../components/data/on-demand.tsx';
import { Button } from '../../../../components/ui/button';
import type { UserAct } from './user-dialogs.tsx';
import type { UserRecord } from './user-record.ts';

const loadMenu = () => import('./user-menu.tsx');
const UserMenu = lazy(loadMenu);
const UserDialogs = lazy(() => import('./user-dialogs.tsx'));
const inMenu = ['role', 'plan', 'suspend', 'activate', 'delete', 'restore'];

/** What this person may do with a user: the API's links say so. */
export function UserActions({ user }: { user: UserRecord }) {
  const [act, setAct] = useState<UserAct>();
  return (
    <>
      {user._links.update && (
        <Button icon={<Pencil aria-hidden />} onClick={() => setAct('edit')}>
          Edit
        </Button>
      )}
      {inMenu.some((relation) => relation in user._links) && (
        <OnDemand
          load={loadMenu}
          trigger={(reach) => (
            <Button aria-label="More actions" size="icon" icon={<Ellipsis aria-hidden />} {...reach} />
          )}
        >
          {(trigger, open, onOpenChange) => (
            <UserMenu trigger={trigger} open={open} onOpenChange={onOpenChange} user={user} onAct={setAct} />
          )}
        </OnDemand>
      )}
      {act && (
        <Suspense>
          <UserDialogs act={act} user={user} close={() => setAct(undefined)} />
        </Suspense>
      )}
    </>
  );
}
