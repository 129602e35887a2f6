/**
 * One page over several feeds, merged by id, which is by time. Whole lists cost one Query per feed that has anything; totals are
 * subtractions of what the feeds count, so they are exact and cost the same at any size. What a filter leaves out is read and passed
 * over, at most 1,000 of a feed for a page: then the page ends early, and its cursor goes on.
 */
import type { ParsedInput } from '../../shared/contracts/contract.ts';
import { MAX_PAGE_DEPTH, type Pagination } from '../../shared/contracts/list.ts';
import type { listNotifications } from '../../shared/contracts/notifications/list-notifications.ts';
import { invalid } from '../../shared/errors.ts';
import { idSchema } from '../../shared/ids.ts';
import { badCursor, decodeCursor, encodeCursor } from '../platform/cursor.ts';
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { isLive } from './feed.ts';
import { type KeptNotification, notifications } from './notification.table.ts';
import { isRead } from './numbers.ts';
import type { OwnFeed } from './own-feeds.ts';

export const feedPaging = { notifications: grant(notifications, 'query:ofFeed') } as const;
type Reader = Db<{ table: typeof feedPaging }>;
type Wanted = ParsedInput<typeof listNotifications>['query'];

const MAX_EVALUATED = 1_000;
const FILTER_CHUNK = 50;
const CHUNK = 500;
const MAX_TOTAL = 10_000;

interface Found {
  item: KeptNotification;
  read: boolean;
}
/** `stopped`: nothing more is looked at in this feed for this page; where it came to. */
type Step = Found | { stopped: string };
const idOf = (step: Step) => ('stopped' in step ? step.stopped : step.item.id);

/** Where a page begins: the id that the last one ended with, how many came before, which page it is. */
interface Place {
  page: number;
  seen: number;
  after?: string;
}

/** Errors: VALIDATION_ERROR for a cursor of another list, and for a page beyond 10,000 items. */
export async function pageOfFeeds(
  db: Reader,
  own: readonly OwnFeed[],
  wanted: Wanted,
  now: Date,
): Promise<{ items: Found[]; pagination: Pagination }> {
  const { limit, order, kind, unread } = wanted;
  const place = placeOf(wanted);
  const skip = wanted.cursor === undefined ? place.seen : 0;
  const countOf = ({ total, unread: fresh }: OwnFeed) =>
    unread === undefined ? total : unread === 'true' ? fresh : total - fresh;
  const feeds = own.filter((feed) => countOf(feed) > 0 && (!kind || !feed.kind || feed.kind === kind));
  // A person's own feed holds all kinds, and counts them together.
  const isCounted = kind === undefined || feeds.every((feed) => feed.kind === kind);

  const need = skip + limit + 1;
  const lanes = feeds.map((feed) => {
    const isWhole = countOf(feed) === feed.total && (kind === undefined || feed.kind === kind);
    const accepts = ({ item, read }: Found) =>
      (unread === undefined || read === (unread === 'false')) && (kind === undefined || item.kind === kind);
    return walk(db, feed, { order, after: place.after, now, accepts, ...sizesOf(isWhole, need) });
  });
  const { items, stopped, more } = await merged(lanes, { skip, limit, order });

  const total = isCounted ? feeds.reduce((sum, feed) => sum + countOf(feed), 0) : undefined;
  const seen = place.seen + items.length;
  const totalItems = Math.min(total ?? seen + Number(more), MAX_TOTAL);
  const end = stopped ?? items.at(-1)?.item.id;
  return {
    items,
    pagination: {
      currentPage: place.page,
      itemsPerPage: limit,
      totalItems,
      totalIsExact: total === undefined ? !more : total <= MAX_TOTAL,
      totalPages: Math.ceil(totalItems / limit),
      hasNextPage: more,
      hasPrevPage: place.page > 1,
      ...(more && end !== undefined && { nextCursor: encodeCursor([`${place.page + 1}`, `${seen}`, end]) }),
    },
  };
}

/** A whole feed is read in one piece, as long as the page; a filtered one in pieces, as far as the filter has to go. */
function sizesOf(isWhole: boolean, need: number) {
  return isWhole
    ? { chunk: Math.min(need, CHUNK), most: Number.POSITIVE_INFINITY }
    : { chunk: FILTER_CHUNK, most: MAX_EVALUATED };
}

function placeOf({ page, limit, cursor }: Wanted): Place {
  if (cursor === undefined) {
    const first = page ?? 1;
    if (first * limit > MAX_PAGE_DEPTH)
      throw invalid({ path: 'query.page', message: `reaches beyond ${MAX_PAGE_DEPTH} items: walk further by cursor` });
    return { page: first, seen: (first - 1) * limit };
  }
  if (page !== undefined) throw invalid({ path: 'query.cursor', message: 'can not be given together with page' });
  const [number = '', seen = '', after = ''] = decodeCursor(cursor, 3);
  if (!/^[1-9]\d{0,8}$/.test(number) || !/^\d{1,9}$/.test(seen)) throw badCursor();
  if (!idSchema('notification').safeParse(after).success) throw badCursor();
  return { page: Number(number), seen: Number(seen), after };
}

async function* walk(
  db: Reader,
  { name: feed, read }: OwnFeed,
  how: {
    order: 'asc' | 'desc';
    after: string | undefined;
    now: Date;
    accepts(found: Found): boolean;
    chunk: number;
    most: number;
  },
): AsyncGenerator<Step> {
  let cursor = how.after === undefined ? undefined : encodeCursor([how.after]);
  let looked = 0;
  do {
    const page = await db.notifications.query('ofFeed', { feed }, { limit: how.chunk, cursor, order: how.order });
    for (const item of page.items) {
      const found = { item, read: isRead(read, item.n) };
      if (isLive(item, how.now) && how.accepts(found)) yield found;
    }
    looked += page.items.length;
    cursor = page.cursor;
    const last = page.items.at(-1);
    if (cursor !== undefined && last && looked >= how.most) {
      yield { stopped: last.id };
      return;
    }
  } while (cursor !== undefined);
}

/** The first of all lanes, again and again. Ends where the page is full, or where a lane looks no further. */
async function merged(
  lanes: readonly AsyncGenerator<Step>[],
  { skip, limit, order }: { skip: number; limit: number; order: 'asc' | 'desc' },
): Promise<{ items: Found[]; stopped?: string; more: boolean }> {
  const heads = await Promise.all(lanes.map(async (lane) => (await lane.next()).value as Step | undefined));
  const items: Found[] = [];
  for (let passed = 0; ; ) {
    let best = -1;
    for (const [i, head] of heads.entries()) {
      if (!head) continue;
      const leader = heads[best];
      if (!leader || idOf(head) < idOf(leader) === (order === 'asc')) best = i;
    }
    const next = heads[best];
    if (!next) return { items, more: false };
    if (items.length === limit) return { items, more: true };
    if ('stopped' in next) return { items, stopped: next.stopped, more: true };
    if (passed < skip) passed++;
    else items.push(next);
    heads[best] = (await lanes[best]?.next())?.value as Step | undefined;
  }
}
