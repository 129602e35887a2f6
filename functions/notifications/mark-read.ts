/** Marks notifications of feeds as read. A reader has one item per feed, so the cost is the same however many are marked. */
import { AppError } from '../../shared/errors.ts';
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { type FeedName, feedReaders } from './notification.table.ts';
import type { ReadNumbers } from './numbers.ts';

export const readMarking = { readers: grant(feedReaders, 'batchGet', 'put') } as const;
const TRIES = 5;

/** Errors: CONFLICT when the same person keeps marking elsewhere at the same time. */
export async function markRead(
  db: Db<{ table: typeof readMarking }>,
  userId: string,
  feeds: readonly FeedName[],
  change: (read: ReadNumbers, feed: FeedName) => ReadNumbers,
): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const readers = await db.readers.batchGet(
      feeds.map((feed) => ({ userId, feed })),
      { consistent: true },
    );
    const writes = feeds.flatMap((feed, i) => {
      const { read, turn } = readers[i] ?? { read: [], turn: 0 };
      const next = { userId, feed, read: change(read, feed), turn: turn + 1 };
      if (`${next.read}` === `${read}`) return [];
      return turn > 0 ? db.readers.put(next, { replace: true, when: { turn } }) : db.readers.put(next);
    });
    if ((await db.tryWrite(...writes)).length === 0) return;
  }
  throw new AppError('CONFLICT');
}
