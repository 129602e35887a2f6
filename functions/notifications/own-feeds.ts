/** The feeds of the caller, as they stand and as the caller has read them. */

import type { NotificationKind } from '../../shared/contracts/notifications/notification.ts';
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import type { User } from '../users/accounts.ts';
import { preferencesReading, wantsInApp } from '../users/in-app-preferences.ts';
import { houseFeed, houseKindsOf, type Standing, standingOf } from './feed.ts';
import { type Feed, type FeedName, feedReaders, feeds } from './notification.table.ts';
import type { ReadNumbers } from './numbers.ts';

export const feedsReading = {
  ...preferencesReading,
  feeds: grant(feeds, 'batchGet'),
  readers: grant(feedReaders, 'batchGet'),
} as const;

export interface OwnFeed extends Standing {
  name: FeedName;
  /** The only kind in it; a person's own feed holds all. */
  kind?: NotificationKind;
  kept: Feed | undefined;
  read: ReadNumbers;
  /** Of the reader's item; 0: there is none. */
  turn: number;
}

/** Names of the feeds that somebody reads: their own, and those of the house that their role is told of and they have not turned off. */
export async function feedNamesOf(
  db: Db<{ table: typeof preferencesReading }>,
  { id, role }: Pick<User, 'id' | 'role'>,
): Promise<{ name: FeedName; kind?: NotificationKind }[]> {
  const kinds = houseKindsOf(role);
  // Only of the house: what a person is told themselves was decided when it was written.
  const wants = kinds.length > 0 ? await wantsInApp(db, id) : () => false;
  return [{ name: id }, ...kinds.filter(wants).map((kind) => ({ name: houseFeed(kind), kind }))];
}

export async function ownFeeds(
  db: Db<{ table: typeof feedsReading }>,
  user: Pick<User, 'id' | 'role'>,
  now: Date,
): Promise<OwnFeed[]> {
  const names = await feedNamesOf(db, user);
  const [kept, readers] = await Promise.all([
    db.feeds.batchGet(names.map(({ name: feed }) => ({ feed }))),
    // Consistent: whoever has just read something must not see it unread again.
    db.readers.batchGet(
      names.map(({ name: feed }) => ({ userId: user.id, feed })),
      { consistent: true },
    ),
  ]);
  return names.map((name, i) => {
    const read = readers[i]?.read ?? [];
    return { ...name, kept: kept[i], read, turn: readers[i]?.turn ?? 0, ...standingOf(kept[i], read, now) };
  });
}
