/** What somebody was told in the application: given to them, and erased. What the house was told names nobody by more than an id. */
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { feedReaders, feeds, notifications } from './notification.table.ts';

export const notificationDataReading = { notifications: grant(notifications, 'query:ofFeed') } as const;

/** The newest of a person's own, up to `most`. */
export async function readNotificationData(
  db: Db<{ table: typeof notificationDataReading }>,
  userId: string,
  { most }: { most: number },
) {
  const { items, cursor } = await db.notifications.query('ofFeed', { feed: userId }, { order: 'desc', limit: most });
  return {
    notifications: items.map(({ kind, title, body, createdAt }) => ({ kind, title, body, createdAt })),
    complete: cursor === undefined,
  };
}

export const notificationDataErasing = {
  notifications: grant(notifications, 'query:ofFeed', 'delete'),
  feeds: grant(feeds, 'delete'),
  readers: grant(feedReaders, 'delete'),
} as const;

/** Deletes that go into one transaction. */
const TOGETHER = 50;

/** Deletes a person's own feed. May be repeated. */
export async function eraseNotificationData(
  db: Db<{ table: typeof notificationDataErasing }>,
  userId: string,
): Promise<void> {
  const feed = userId;
  await db.write(db.feeds.delete({ feed }), db.readers.delete({ userId, feed }));
  for (;;) {
    const { items } = await db.notifications.query('ofFeed', { feed }, { consistent: true, limit: TOGETHER });
    if (items.length === 0) return;
    await db.write(...items.map(({ id }) => db.notifications.delete({ feed, id })));
  }
}
