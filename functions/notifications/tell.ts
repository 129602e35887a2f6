/**
 * Writes notifications into a feed: they and the feed's new count in ONE transaction, on condition that the count is the one that was
 * read and that none of them is there. So numbers have no gaps, duplicates change nothing, and of two writers the later begins anew.
 */
import { AppError } from '../../shared/errors.ts';
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { pause } from '../platform/pause.ts';
import { withTold } from './feed.ts';
import { type FeedName, feeds, notifications } from './notification.table.ts';
import type { Telling } from './telling.ts';

export const telling = { notifications: grant(notifications, 'put'), feeds: grant(feeds, 'get', 'put') } as const;
const TRIES = 12;

/** Adds those of `told` that the feed does not have yet. Errors: CONFLICT when others keep writing to the same feed. */
export async function tell(
  db: Db<{ table: typeof telling }>,
  feed: FeedName,
  told: readonly Telling[],
  now: Date,
): Promise<void> {
  let missing = [...new Map(told.map((one) => [one.id, one])).values()];
  for (let attempt = 1; missing.length > 0; attempt++) {
    if (attempt > TRIES) throw new AppError('CONFLICT');
    const kept = await db.feeds.get({ feed }, { consistent: true });
    const { next, added } = withTold(feed, kept, missing, now);
    const failures = await db.tryWrite(
      kept ? db.feeds.put(next, { replace: true, when: { last: kept.last } }) : db.feeds.put(next),
      ...added.map((one) => db.notifications.put(one)),
    );
    if (failures.length === 0) return;
    const there = new Set(failures.map(({ index }) => index - 1));
    missing = missing.filter((_, i) => !there.has(i));
    if (there.has(-1)) await pause(Math.random() * Math.min(500, 10 * 2 ** attempt));
  }
}
