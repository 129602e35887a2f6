/**
 * The rules of feeds: whose there are, how long a notification counts, how many there are. Pure. What arrived in one week stops counting at
 * one moment, 90 days after that week's end: so the number with which each week began is all that has to be remembered to count exactly.
 */
import type { NotificationKind } from '../../shared/contracts/notifications/notification.ts';
import { HOUSE, type Permission, type Role, scopeOf } from '../../shared/permissions.ts';
import type { Feed, FeedName, KeptNotification } from './notification.table.ts';
import { countRead, type ReadNumbers } from './numbers.ts';

const DAY = 86_400;
const WEEK = 7 * DAY;
const KEPT = 90 * DAY;

export const houseFeed = (kind: NotificationKind): FeedName => `${HOUSE}#${kind}`;

/** What the house is told, and the right (over what is anybody's) by which one is of those who are told. */
const houseKinds: readonly { kind: NotificationKind; permission: Permission }[] = [
  { kind: 'orderUpdates', permission: 'orders:read' },
  { kind: 'lowStock', permission: 'products:write' },
];

/** Kinds that somebody of this role is told as one of the house. */
export function houseKindsOf(role: Role): NotificationKind[] {
  return houseKinds.filter(({ permission }) => scopeOf(role, permission) === 'any').map(({ kind }) => kind);
}

const secondsOf = (now: Date) => Math.floor(now.getTime() / 1_000);
const weekOf = (now: Date) => Math.floor(secondsOf(now) / WEEK);
const expiryOf = (week: number) => (week + 1) * WEEK + KEPT;

/** Whether it still counts: DynamoDB may take days to delete what has expired. */
export function isLive({ expires }: Pick<KeptNotification, 'expires'>, now: Date): boolean {
  return expires > secondsOf(now);
}

/** A notification before it has its place in a feed. */
export type News = Omit<KeptNotification, 'feed' | 'n' | 'expires'>;

/** What a feed becomes with these told, and they themselves with their numbers. */
export function withTold(
  feed: FeedName,
  kept: Feed | undefined,
  told: readonly News[],
  now: Date,
): { next: Feed; added: KeptNotification[] } {
  const last = kept?.last ?? 0;
  // Clocks differ a little; weeks never go back.
  const week = Math.max(kept?.week ?? 0, weekOf(now));
  const live = Object.entries(kept?.starts ?? {}).filter(([begun]) => expiryOf(Number(begun)) > secondsOf(now));
  const starts = { [week]: last + 1, ...Object.fromEntries(live) };
  const added = told.map(({ id, kind, title, body, path, createdAt }, i) => ({
    feed,
    id,
    n: last + 1 + i,
    kind,
    title,
    body,
    path,
    createdAt,
    expires: expiryOf(week),
  }));
  return { next: { feed, last: last + told.length, week, starts }, added };
}

export interface Standing {
  total: number;
  unread: number;
}
/** How many notifications of a feed count, and how many of them are unread. */
export function standingOf(kept: Feed | undefined, read: ReadNumbers, now: Date): Standing {
  if (!kept) return { total: 0, unread: 0 };
  const firsts = Object.entries(kept.starts)
    .filter(([week]) => expiryOf(Number(week)) > secondsOf(now))
    .map(([, first]) => first);
  if (firsts.length === 0) return { total: 0, unread: 0 };
  const first = Math.min(...firsts);
  const total = kept.last - first + 1;
  return { total, unread: total - countRead(read, first, kept.last) };
}
