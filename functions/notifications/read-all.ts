import { readAll } from '../../shared/contracts/notifications/read-all.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { preferencesReading } from '../users/in-app-preferences.ts';
import { markRead, readMarking } from './mark-read.ts';
import { feeds } from './notification.table.ts';
import { withAllRead } from './numbers.ts';
import { feedNamesOf } from './own-feeds.ts';

export const handler = http(readAll, {
  access: { table: { ...preferencesReading, ...readMarking, feeds: grant(feeds, 'batchGet') } },
  errorImpact: 'People cannot clear their notifications.',
  run: async ({ user, db }) => {
    const names = await feedNamesOf(db, user);
    const found = await db.feeds.batchGet(names.map(({ name: feed }) => ({ feed })));
    const last = new Map(found.flatMap((kept) => (kept ? [[kept.feed, kept.last] as const] : [])));
    await markRead(db, user.id, [...last.keys()], (read, feed) => withAllRead(read, last.get(feed) ?? 0));
    return reply(undefined);
  },
});
