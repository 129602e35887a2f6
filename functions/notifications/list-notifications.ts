import { listNotifications } from '../../shared/contracts/notifications/list-notifications.ts';
import { http, page } from '../platform/http.ts';
import { notificationView } from './notification-view.ts';
import { feedsReading, ownFeeds } from './own-feeds.ts';
import { feedPaging, pageOfFeeds } from './page-of-feeds.ts';

export const handler = http(listNotifications, {
  access: { table: { ...feedsReading, ...feedPaging } },
  errorImpact: 'Nobody sees what they were told: the bell stays empty.',
  run: async (context) => {
    const { query, user, db, now } = context;
    const found = await pageOfFeeds(db, await ownFeeds(db, user, now), query, now);
    return page(
      found.items.map(({ item, read }) => notificationView(item, read, context)),
      found.pagination,
    );
  },
});
