'use client';
/** One's picture: shown, changed and taken away. What it takes to change it is loaded when somebody wants to. */
import { ImageUp, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { me } from '../../../../shared/contracts/auth/me.ts';
import { deleteAvatar } from '../../../../shared/contracts/users/delete-avatar.ts';
import { getProfile } from '../../../../shared/contracts/users/get-profile.ts';
import { listUsers } from '../../../../shared/contracts/users/list-users.ts';
import { Avatar } from '../../../components/ui/avatar';
import { Button } from '../../../components/ui/button';
import { Skeleton } from '../../../components/ui/skeleton';
import { toast } from '../../../components/ui/toast';
import { useMutationOf } from '../../../lib/operations';
import { wordsFor } from '../../../lib/problems';
import type { SessionUser } from '../../../lib/session';

const PictureUpload = lazy(() => import('./picture-upload'));

export function Picture({ user }: { user: SessionUser }) {
  const [isChanging, setChanging] = useState(false);
  const remove = useMutationOf(deleteAvatar, {
    invalidates: [me, getProfile, listUsers],
    onSuccess: () => toast({ tone: 'good', title: 'Your picture was taken away' }),
    onError: (error) => toast({ tone: 'bad', title: wordsFor(error).title }),
  });
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-4">
        <Avatar name={user.name} src={user.avatar?.large} size="xl" />
        <div className="min-w-40 flex-1">
          <p className="truncate text-lg font-semibold">{user.name}</p>
          <p className="truncate text-muted">{user.email}</p>
        </div>
        {!isChanging && (
          <div className="flex flex-wrap gap-2">
            <Button icon={<ImageUp aria-hidden />} onClick={() => setChanging(true)}>
              {user.avatar ? 'Change picture' : 'Add a picture'}
            </Button>
            {user.avatar && (
              <Button
                variant="ghost"
                icon={<Trash2 aria-hidden />}
                loading={remove.isPending}
                onClick={() => remove.submit({ params: { id: user.id } })}
              >
                Remove
              </Button>
            )}
          </div>
        )}
      </div>
      {isChanging && (
        <Suspense fallback={<Skeleton className="h-40 w-full" />}>
          <PictureUpload userId={user.id} onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </div>
  );
}
