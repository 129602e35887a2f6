/**
 * How notifications are kept. They stand in *feeds*: everybody has one, and the house has one for each kind that its staff are told of.
 * What the house is told is written once, however many staff there are. A feed numbers its notifications without gaps, so that
 * "how many" is a subtraction of numbers and "which are read" is a few ranges of numbers.
 */
import type { NotificationKind } from '../../shared/contracts/notifications/notification.ts';
import { entity } from '../platform/entity.ts';

/** A user's id, or `house#<kind>`. */
export type FeedName = string;

export interface KeptNotification {
  feed: FeedName;
  /** `ntf_…`: made from the event and the feed, so that the same event is never told twice. Sorts by the time of the event. */
  id: string;
  /** Position in the feed, from 1, in the order of arrival. */
  n: number;
  kind: NotificationKind;
  title: string;
  body: string;
  /** Page of the web application. */
  path: string;
  createdAt: string;
  /** Epoch second from which it counts no more, and may vanish: the same for all of one week. */
  expires: number;
}
export const notifications = entity<KeptNotification>()({
  name: 'Notification',
  partition: 'NOTIFICATION',
  describes: 'What somebody, or the staff of the house, was told in the application',
  keyShape: 'NOTIFICATION#<feed> / <id>',
  key: ({ feed, id }: { feed: FeedName; id: string }) => ({ pk: `NOTIFICATION#${feed}`, sk: id }),
  keyOf: ({ feed, id }) => ({ feed, id }),
  patterns: {
    ofFeed: {
      reads: 'Notifications of a feed, by time',
      range: ({ feed }: { feed: FeedName }) => ({ pk: `NOTIFICATION#${feed}` }),
    },
  },
  expires: 'expires',
  derived: true,
});

export interface Feed {
  feed: FeedName;
  /** Number of the last notification. */
  last: number;
  /** Week in which it arrived: whole weeks since the epoch. */
  week: number;
  /** Number of the first notification of each week that still counts. */
  starts: Readonly<Record<string, number>>;
}
export const feeds = entity<Feed>()({
  name: 'NotificationFeed',
  partition: 'NOTIFICATIONFEED',
  describes: 'How many notifications a feed has had, and with which each week began',
  keyShape: 'NOTIFICATIONFEED#<feed> / NOTIFICATIONFEED',
  key: ({ feed }: { feed: FeedName }) => ({ pk: `NOTIFICATIONFEED#${feed}`, sk: 'NOTIFICATIONFEED' }),
  keyOf: ({ feed }) => ({ feed }),
  patterns: {},
  derived: true,
});

export interface FeedReader {
  userId: string;
  feed: FeedName;
  /** Ranges of numbers that are read, ascending: from, to, from, to, … */
  read: readonly number[];
  /** Counts the writes. */
  turn: number;
}
export const feedReaders = entity<FeedReader>()({
  name: 'NotificationReader',
  partition: 'NOTIFICATIONREADER',
  describes: 'Which notifications of a feed a user has read',
  keyShape: 'NOTIFICATIONREADER#<user id> / <feed>',
  key: ({ userId, feed }: { userId: string; feed: FeedName }) => ({ pk: `NOTIFICATIONREADER#${userId}`, sk: feed }),
  keyOf: ({ userId, feed }) => ({ userId, feed }),
  patterns: {},
  derived: true,
});
