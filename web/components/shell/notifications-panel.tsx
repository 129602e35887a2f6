'use client';

import { BellRing, CheckCheck } from 'lucide-react';
import { useState } from 'react';
import { listNotifications } from '../../../shared/contracts/notifications/list-notifications.ts';
import type { Notification } from '../../../shared/contracts/notifications/notification.ts';
import { useOperation } from '../../lib/operations.ts';
import { wordsFor } from '../../lib/problems.ts';
import { When } from '../data/when';
import { KindIcon, UnreadDot } from '../notifications/kinds';
import { useMarkAllRead, useMarkRead } from '../notifications/marking.ts';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Link } from '../ui/link';
import { Popover } from '../ui/popover';
import { Skeleton } from '../ui/skeleton';
import { BellButton } from './bell-button';

const SHOWN = 8;
/** Milliseconds after which it is read again while it is open. */
const EVERY_MS = 5_000;

/** The newest notifications, below the bell. */
export default function NotificationsPanel({ unread, defaultOpen }: { unread: number; defaultOpen: boolean }) {
  const [isOpen, setOpen] = useState(defaultOpen);
  return (
    <Popover
      label="Notifications"
      align="end"
      flush
      className="w-100"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<BellButton unread={unread} />}
    >
      <Latest unread={unread} onLeave={() => setOpen(false)} />
    </Popover>
  );
}

function Latest({ unread, onLeave }: { unread: number; onLeave: () => void }) {
  const { data, trouble, refetch } = useOperation(
    listNotifications,
    { query: { limit: String(SHOWN) } },
    { refetchInterval: EVERY_MS },
  );
  const markRead = useMarkRead();
  const markAll = useMarkAllRead();
  const words = trouble && wordsFor(trouble);
  return (
    <>
      <div className="flex min-h-11 items-center justify-between gap-3 border-b ps-4 pe-2">
        <h2 className="font-medium">Notifications</h2>
        {unread > 0 && (
          <Button variant="ghost" size="sm" icon={<CheckCheck aria-hidden />} onClick={markAll}>
            Mark all read
          </Button>
        )}
      </div>
      {!data && words ? (
        <ErrorState compact title={words.title} description={words.text} onRetry={() => void refetch()} />
      ) : !data ? (
        <Placeholder />
      ) : data.items.length === 0 ? (
        <EmptyState
          compact
          icon={<BellRing aria-hidden />}
          title="Nothing to tell yet"
          description="Orders, stock and whatever concerns your account appear here."
        />
      ) : (
        <ul aria-label="Latest notifications" className="divide-y">
          {data.items.map((notification) => (
            <li key={notification.id}>
              <Entry
                notification={notification}
                onOpen={() => {
                  markRead(notification);
                  onLeave();
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <div className="border-t p-1.5">
        <Link
          href="/notifications"
          prefetch={false}
          onClick={onLeave}
          className="flex min-h-9 items-center justify-center rounded-md text-sm font-medium text-accent hover:bg-hover pointer-coarse:min-h-11"
        >
          All notifications
        </Link>
      </div>
    </>
  );
}

function Entry({ notification, onOpen }: { notification: Notification; onOpen: () => void }) {
  const { kind, title, body, path, read, createdAt } = notification;
  return (
    <Link
      href={path}
      prefetch={false}
      onClick={onOpen}
      className="flex items-start gap-3 px-4 py-2.5 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
    >
      <KindIcon kind={kind} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className={cn('min-w-0 flex-1 truncate', read ? 'text-muted' : 'font-medium')}>{title}</span>
          {!read && <UnreadDot />}
        </span>
        <span className="line-clamp-2 text-sm text-muted">{body}</span>
        <span className="text-xs text-subtle">
          <When at={createdAt} />
        </span>
      </span>
    </Link>
  );
}

function Placeholder() {
  return (
    <div role="status">
      <span className="sr-only">Loading notifications</span>
      {[1, 2, 3, 4].map((row) => (
        <div key={row} aria-hidden className="flex gap-3 px-4 py-2.5">
          <Skeleton className="size-8" />
          <span className="flex flex-1 flex-col gap-2 py-0.5">
            <Skeleton className="h-3.5 w-3/5" />
            <Skeleton className="h-3 w-2/5" />
          </span>
        </div>
      ))}
    </div>
  );
}
