'use client';
import { BellRing, CheckCheck, Settings2 } from 'lucide-react';
import { useMemo } from 'react';
import { listNotifications } from '../../../../shared/contracts/notifications/list-notifications.ts';
import { type Notification, notificationKinds } from '../../../../shared/contracts/notifications/notification.ts';
import { readNotification } from '../../../../shared/contracts/notifications/read-notification.ts';
import type { BulkAction, Column, Filter } from '../../../components/data/column.ts';
import { DataTable } from '../../../components/data/data-table.tsx';
import { PageHeader } from '../../../components/data/page-header.tsx';
import { When } from '../../../components/data/when.tsx';
import { KindIcon, kindNames, UnreadDot } from '../../../components/notifications/kinds.tsx';
import { unreadCount, useMarkAllRead, useMarkRead } from '../../../components/notifications/marking.ts';
import { Button } from '../../../components/ui/button';
import { ButtonLink } from '../../../components/ui/button-link';
import { api } from '../../../lib/api.ts';
import { useOperation } from '../../../lib/operations.ts';

const columns: readonly Column<Notification>[] = [
  {
    id: 'title',
    header: 'What happened',
    cell: ({ kind, title, body, read }) => (
      <span className="inline-flex max-w-full items-center gap-3 py-1">
        <KindIcon kind={kind} />
        <span className="min-w-0">
          <span className="flex items-center gap-2">
            <span className={read ? 'truncate' : 'truncate font-medium'}>{title}</span>
            {!read && <UnreadDot />}
          </span>
          <span className="block truncate text-sm text-muted">{body}</span>
        </span>
      </span>
    ),
  },
  { id: 'kind', header: 'About', width: 'w-36', quiet: true, isWideOnly: true, cell: ({ kind }) => kindNames[kind] },
  {
    id: 'createdAt',
    header: 'When',
    sort: 'createdAt',
    firstOrder: 'desc',
    width: 'w-36',
    quiet: true,
    cell: ({ createdAt }) => <When at={createdAt} />,
  },
];

const filters: readonly Filter[] = [
  {
    kind: 'choice',
    param: 'unread',
    label: 'State',
    options: [
      { value: 'true', label: 'Unread' },
      { value: 'false', label: 'Read' },
    ],
  },
  {
    kind: 'choice',
    param: 'kind',
    label: 'About',
    options: notificationKinds.map((value) => ({ value, label: kindNames[value] })),
  },
];

const actions: readonly BulkAction<Notification>[] = [
  {
    label: 'Mark read',
    icon: <CheckCheck aria-hidden />,
    can: ({ read }) => !read,
    run: ({ id }, idempotencyKey) => api.call(readNotification, { params: { id }, body: {}, idempotencyKey }),
    done: (count) => `${count} ${count === 1 ? 'notification' : 'notifications'} marked read`,
  },
];

export function NotificationList() {
  const markRead = useMarkRead();
  const markAll = useMarkAllRead();
  const unread = useOperation(listNotifications, unreadCount).data?.pagination.totalItems ?? 0;
  const empty = useMemo(
    () => ({
      icon: <BellRing aria-hidden />,
      title: 'Nothing to tell yet',
      description: 'Orders, stock and whatever concerns your account appear here.',
    }),
    [],
  );
  return (
    <div className="flex flex-col gap-5">
      <PageHeader
        title="Notifications"
        description="What you were told in the last 90 days."
        actions={
          <>
            {unread > 0 && (
              <Button icon={<CheckCheck aria-hidden />} onClick={markAll}>
                Mark all read
              </Button>
            )}
            <ButtonLink href="/settings/notifications" icon={<Settings2 aria-hidden />}>
              Preferences
            </ButtonLink>
          </>
        }
      />
      <DataTable
        contract={listNotifications}
        name="notifications"
        columns={columns}
        filters={filters}
        sort="createdAt"
        order="desc"
        hrefOf={({ path }) => path}
        labelOf={({ title }) => title}
        onOpen={markRead}
        card={({ kind, title, body, read, createdAt }) => (
          <span className="flex items-start gap-3">
            <KindIcon kind={kind} />
            <span className="min-w-0 flex-1">
              <span className="flex items-center gap-2">
                <span className={read ? 'min-w-0 flex-1 truncate' : 'min-w-0 flex-1 truncate font-medium'}>
                  {title}
                </span>
                {!read && <UnreadDot />}
              </span>
              <span className="line-clamp-2 text-sm text-muted">{body}</span>
              <span className="text-xs text-subtle">
                <When at={createdAt} />
              </span>
            </span>
          </span>
        )}
        actions={actions}
        empty={empty}
        refetchInterval={10_000}
      />
    </div>
  );
}
