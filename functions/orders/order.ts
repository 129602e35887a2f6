/** The rules of orders. Pure: time, ids and actor are arguments. */
import type * as z from 'zod';
import type { ParsedInput } from '../../shared/contracts/contract.ts';
import type { Link } from '../../shared/contracts/list.ts';
import type { getOrderTimeline } from '../../shared/contracts/orders/get-order-timeline.ts';
import type { orderSchema } from '../../shared/contracts/orders/order.ts';
import type { placeOrder } from '../../shared/contracts/orders/place-order.ts';
import {
  allowedActions,
  type OrderAction,
  type OrderStatus,
  orderTransitions,
} from '../../shared/contracts/orders/states.ts';
import { AppError } from '../../shared/errors.ts';
import { type Currency, toDecimal } from '../../shared/money.ts';
import { type Role, type Scope, scopeOf, sellerOf } from '../../shared/permissions.ts';
import type { Order, OrderLine } from './order.table.ts';

interface Who {
  id: string;
  role: Role;
}
/** What an order needs to know of a product. */
export interface Offer {
  productId: string;
  seller: string;
  name: string;
  /** Minor units. */
  unitPrice: number;
  currency: Currency;
  sellable: boolean;
  trackInventory: boolean;
  stock: number;
}
type Wanted = ParsedInput<typeof placeOrder>['body'];

/** What people call an order: the last ten characters of its id, in two groups. */
export function orderNumber(id: string): string {
  const tail = id.slice(-10);
  return `MW-${tail.slice(0, 5)}-${tail.slice(5)}`;
}

/**
 * Fixes the prices of what is wanted. `offers` stand in the order of the lines. Errors: PRODUCT_UNAVAILABLE, MIXED_SELLERS with the
 * orders that would work, OUT_OF_STOCK; each names every line that it concerns.
 */
export function priced(
  lines: Wanted['lines'],
  offers: readonly (Offer | undefined)[],
): { seller: string; currency: Currency; lines: OrderLine[]; total: number } {
  const wanted = lines.map((line, index) => ({ ...line, offer: offers[index] }));
  const unavailable = wanted.filter(({ offer }) => !offer?.sellable);
  if (unavailable.length > 0)
    throw new AppError('PRODUCT_UNAVAILABLE', {
      details: { lines: unavailable.map(({ productId }) => ({ productId })) },
    });
  const available = wanted as { productId: string; quantity: number; offer: Offer }[];

  const parts = new Map<string, { seller: string; currency: Currency; lines: Wanted['lines'] }>();
  for (const { productId, quantity, offer } of available) {
    const { seller, currency } = offer;
    const part = parts.get(`${seller} ${currency}`) ?? { seller, currency, lines: [] };
    parts.set(`${seller} ${currency}`, part);
    part.lines.push({ productId, quantity });
  }
  const [only, ...others] = [...parts.values()];
  if (!only) throw new Error('an order has at least one line');
  if (others.length > 0) {
    const sameSeller = others.every((part) => part.seller === only.seller);
    throw new AppError('MIXED_SELLERS', {
      ...(sameSeller && { message: 'An order is in one currency.' }),
      details: { split: [only, ...others] },
    });
  }

  const short = available.filter(({ offer, quantity }) => offer.trackInventory && offer.stock < quantity);
  if (short.length > 0)
    throw new AppError('OUT_OF_STOCK', {
      details: {
        lines: short.map(({ productId, quantity, offer }) => ({
          productId,
          name: offer.name,
          requested: quantity,
          available: Math.max(0, offer.stock),
        })),
      },
    });

  const fixed = available.map(
    ({ productId, quantity, offer }): OrderLine => ({
      p: productId,
      n: offer.name,
      q: quantity,
      u: offer.unitPrice,
      ...(!offer.trackInventory && { f: true }),
    }),
  );
  return {
    seller: only.seller,
    currency: only.currency,
    lines: fixed,
    total: fixed.reduce((sum, line) => sum + line.q * line.u, 0),
  };
}

export function newOrder(
  wanted: Wanted,
  offers: readonly (Offer | undefined)[],
  {
    id,
    buyer,
    placedBy = buyer,
    now,
    hash,
  }: { id: string; buyer: string; placedBy?: string; now: Date; hash?: string },
): Order {
  const { note, shippingAddress } = wanted;
  return {
    id,
    buyer,
    ...(placedBy !== buyer && { placedBy }),
    ...priced(wanted.lines, offers),
    status: 'pending',
    ...(note !== undefined && { note }),
    ...(shippingAddress !== undefined && { shippingAddress }),
    ...(hash !== undefined && { hash }),
    createdAt: now.toISOString(),
    version: 1,
  };
}

/** The order as it was when it was placed: what a repeated request is answered with, whatever happened since. */
export function asPlaced(order: Order): Order {
  const { cancelledAt, cancelledBy, cancelReason, fromStatus, updatedAt, updatedBy, ...placed } = order;
  return { ...placed, status: 'pending', version: 1 };
}

/**
 * Whether an order is one of the caller's own: placed by them, or with them as the seller. For the house act those who fulfil
 * everybody's orders.
 */
export function isOwn(order: Pick<Order, 'buyer' | 'seller'>, who: Who): boolean {
  if (order.buyer === who.id) return true;
  return scopeOf(who.role, 'orders:fulfil') !== undefined && order.seller === sellerOf(who);
}
export function isWithin(order: Pick<Order, 'buyer' | 'seller'>, who: Who, scope: Scope | undefined): boolean {
  return scope === 'any' || (scope === 'own' && isOwn(order, who));
}

/** The state that an action leads to. Errors: INVALID_STATE with what is allowed. */
export function afterAction(status: OrderStatus, action: OrderAction): OrderStatus {
  const { from, to } = orderTransitions[action];
  if (!from.includes(status))
    throw new AppError('INVALID_STATE', { details: { state: status, allowed: allowedActions(status) } });
  return to;
}

/** The order after its cancellation. Errors: INVALID_STATE. */
export function cancelled(
  order: Order,
  { reason, by, now }: { reason: string | undefined; by: string; now: Date },
): Order {
  const at = now.toISOString();
  return {
    ...order,
    status: afterAction(order.status, 'cancel'),
    fromStatus: order.status,
    cancelledAt: at,
    cancelledBy: by,
    ...(reason !== undefined && { cancelReason: reason }),
    updatedAt: at,
    updatedBy: by,
    version: order.version + 1,
  };
}

/** What happened to an order, from its own facts, oldest first. */
export function timelineOf(order: Order): z.input<(typeof getOrderTimeline)['output']>['entries'] {
  const entries: z.input<(typeof getOrderTimeline)['output']>['entries'] = [
    { at: order.createdAt, what: 'placed', status: 'pending', by: placerOf(order) },
  ];
  if (order.cancelledAt !== undefined)
    entries.push({
      at: order.cancelledAt,
      what: 'cancelled',
      status: 'cancelled',
      by: order.cancelledBy ?? 'system',
      ...(order.cancelReason !== undefined && { reason: order.cancelReason }),
    });
  return entries;
}

/** The order as the API shows it. */
export function orderView(order: Order, _links: Record<string, Link>): z.input<typeof orderSchema> {
  const { id, status, seller, buyer, currency, note, shippingAddress, cancelledAt, cancelReason, version } = order;
  return {
    id,
    number: orderNumber(id),
    status,
    seller,
    buyer,
    currency,
    total: toDecimal(order.total, currency),
    itemCount: itemCount(order),
    lines: order.lines.map(({ p, n, q, u }) => ({
      productId: p,
      name: n,
      quantity: q,
      unitPrice: toDecimal(u, currency),
      total: toDecimal(q * u, currency),
    })),
    note,
    shippingAddress,
    placedAt: order.createdAt,
    cancelledAt,
    cancelReason,
    createdAt: order.createdAt,
    createdBy: placerOf(order),
    updatedAt: order.updatedAt ?? order.createdAt,
    updatedBy: order.updatedBy ?? placerOf(order),
    version,
    _links,
  };
}

const placerOf = ({ buyer, placedBy = buyer }: Order) => placedBy;

export function itemCount(order: Pick<Order, 'lines'>): number {
  return order.lines.reduce((sum, line) => sum + line.q, 0);
}
