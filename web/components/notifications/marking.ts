/** Marks notifications as read: shown at once, in the bell and in every list, and taken back when the API refuses. */
import { listNotifications } from '../../../shared/contracts/notifications/list-notifications.ts';
import type { Notification } from '../../../shared/contracts/notifications/notification.ts';
import { readAll } from '../../../shared/contracts/notifications/read-all.ts';
import { readNotification } from '../../../shared/contracts/notifications/read-notification.ts';
import { type Edit, useMutationOf } from '../../lib/operations.ts';
import { wordsFor } from '../../lib/problems.ts';
import { toast } from '../ui/toast';

/** What the bell asks for: of the answer, only the total matters. */
export const unreadCount = { query: { unread: 'true' as const, limit: '1' } };
const followers = [listNotifications] as const;

function recount(edit: Edit, change: (unread: number) => number): void {
  edit(listNotifications, unreadCount, ({ pagination, ...answer }) => ({
    ...answer,
    pagination: { ...pagination, totalItems: Math.max(0, change(pagination.totalItems)) },
  }));
}

/** Answers what marks one notification; what is read already stays as it is. */
export function useMarkRead(): (notification: Notification) => void {
  const { submit } = useMutationOf(readNotification, {
    invalidates: followers,
    optimistic: (edit, { params }) => {
      edit(listNotifications, undefined, (answer) => ({
        ...answer,
        items: answer.items.map((item) => (item.id === params.id ? { ...item, read: true } : item)),
      }));
      recount(edit, (unread) => unread - 1);
    },
  });
  return ({ id, read }) => {
    if (!read) submit({ params: { id }, body: {} });
  };
}

export function useMarkAllRead(): () => void {
  const { submit } = useMutationOf(readAll, {
    invalidates: followers,
    onError: (error) => {
      const { title, text } = wordsFor(error);
      toast({ id: 'read-all', tone: 'bad', title, description: text });
    },
    optimistic: (edit) => {
      edit(listNotifications, undefined, (answer) => ({
        ...answer,
        items: answer.items.map((item) => ({ ...item, read: true })),
      }));
      recount(edit, () => 0);
    },
  });
  return () => submit({ body: {} });
}
