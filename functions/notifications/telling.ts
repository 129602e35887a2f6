/** What people are told of an event, and who. Pure. */
import { createHash } from 'node:crypto';
import type { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import type { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import type { stockLow } from '../../events/products/stock-low.v1.ts';
import type { mfaDisabled } from '../../events/users/mfa-disabled.v1.ts';
import type { passwordChanged } from '../../events/users/password-changed.v1.ts';
import type { suspiciousLogin } from '../../events/users/suspicious-login.v1.ts';
import type { NotificationKind } from '../../shared/contracts/notifications/notification.ts';
import { idFromDigest } from '../../shared/ids.ts';
import { HOUSE } from '../../shared/permissions.ts';
import { readableAmount } from '../orders/order-mails.ts';
import type { Received } from '../platform/queue.ts';
import { houseFeed, type News } from './feed.ts';
import type { FeedName } from './notification.table.ts';

export type NotableEvent = Received<
  | typeof orderPlaced
  | typeof orderCancelled
  | typeof stockLow
  | typeof passwordChanged
  | typeof mfaDisabled
  | typeof suspiciousLogin
>;

/** One notification of one feed. */
export interface Telling extends News {
  eventId: string;
  feed: FeedName;
  /** The person who is told; undefined: the house. */
  person: string | undefined;
}
type Words = Pick<Telling, 'title' | 'body' | 'path'>;

/** What arrives later than this is history (a replay of the archive, orders of the past that are loaded): nobody is told. */
const NEWS_MS = 48 * 3_600_000;
export function isNews({ time }: { time: string }, now: Date): boolean {
  return now.getTime() - Date.parse(time) <= NEWS_MS;
}

/** The same event and feed always give the same id; ids sort by the time of their events. */
function idOf(event: NotableEvent, feed: FeedName): string {
  const digest = createHash('sha256').update(`${event.id} ${feed}`).digest();
  digest.writeUIntBE(Date.parse(event.time), 0, 6);
  return idFromDigest('notification', digest);
}

/** Buyer and seller hear of orders, once when they are the same; the seller of low stock; a person of their account. */
export function tellingsOf(event: NotableEvent): Telling[] {
  const tell = (to: string, kind: NotificationKind, words: Words): Telling => {
    const feed = to === HOUSE ? houseFeed(kind) : to;
    const person = to === HOUSE ? undefined : to;
    return { eventId: event.id, feed, person, id: idOf(event, feed), kind, createdAt: event.time, ...words };
  };
  switch (event.name) {
    case 'OrderPlaced':
    case 'OrderCancelled': {
      const { seller, buyer, orderId, number, currency, total, lines } = event.data;
      const items = lines.reduce((sum, { quantity }) => sum + quantity, 0);
      const amount = `${items} ${items === 1 ? 'item' : 'items'} for ${readableAmount(total, currency)}`;
      const isPlaced = event.name === 'OrderPlaced';
      const reason = isPlaced ? undefined : event.data.reason;
      const words = { body: reason ? `${amount}. Reason: ${reason}` : amount, path: `/orders/${orderId}` };
      const bought = isPlaced ? `Your order ${number} is placed` : `Your order ${number} is cancelled`;
      const sold = isPlaced ? `New order ${number}` : `Order ${number} was cancelled`;
      return [
        tell(buyer, 'orderUpdates', { title: bought, ...words }),
        ...(seller === buyer ? [] : [tell(seller, 'orderUpdates', { title: sold, ...words })]),
      ];
    }
    case 'StockLow': {
      const { seller, productId, name, stock, threshold } = event.data;
      const title = stock === 0 ? `${name} is sold out` : `${name} is running low`;
      const body = `${stock} left; you wanted to know at ${threshold}`;
      return [tell(seller, 'lowStock', { title, body, path: `/products/${productId}` })];
    }
    default:
      return [tell(event.data.userId, 'securityAlerts', { ...alerts[event.name], path: '/settings/activity' })];
  }
}

const alerts: Readonly<Record<'PasswordChanged' | 'MfaDisabled' | 'SuspiciousLogin', Omit<Words, 'path'>>> = {
  PasswordChanged: {
    title: 'Your password was changed',
    body: 'If it was not you, follow the link in the mail that we sent you.',
  },
  MfaDisabled: {
    title: 'Your second factor was turned off',
    body: 'If it was not you, follow the link in the mail that we sent you.',
  },
  SuspiciousLogin: {
    title: 'New sign-in to your account',
    body: 'From a device or place that you have not used before. If it was not you, follow the link in the mail that we sent you.',
  },
};
