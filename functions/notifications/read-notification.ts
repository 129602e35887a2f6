import { readNotification } from '../../shared/contracts/notifications/read-notification.ts';
import { notFound } from '../../shared/errors.ts';
import { grant } from '../platform/entity.ts';
import { http } from '../platform/http.ts';
import { preferencesReading } from '../users/in-app-preferences.ts';
import { isLive } from './feed.ts';
import { markRead, readMarking } from './mark-read.ts';
import { notifications } from './notification.table.ts';
import { notificationView } from './notification-view.ts';
import { withRead } from './numbers.ts';
import { feedNamesOf } from './own-feeds.ts';

export const handler = http(readNotification, {
  access: {
    table: { ...preferencesReading, ...readMarking, notifications: grant(notifications, 'batchGet') },
  },
  errorImpact: 'What people have read keeps standing there as unread.',
  run: async (context) => {
    const { params, user, db, now } = context;
    const names = await feedNamesOf(db, user);
    const found = await db.notifications.batchGet(names.map(({ name: feed }) => ({ feed, id: params.id })));
    const item = found.find((one) => one !== undefined);
    if (!item || !isLive(item, now)) throw notFound();
    await markRead(
      db,
      user.id,
      names.filter((_, i) => found[i] === item).map(({ name }) => name),
      (read) => withRead(read, item.n),
    );
    return notificationView(item, true, context);
  },
});
