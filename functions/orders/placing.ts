/** The one way in which orders are placed: the stock taken, the prices fixed and the order written, all of it or nothing. */
import { createHash } from 'node:crypto';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import type { ParsedInput } from '../../shared/contracts/contract.ts';
import { pathOf } from '../../shared/contracts/contract.ts';
import { getOrder } from '../../shared/contracts/orders/get-order.ts';
import type { placeOrder } from '../../shared/contracts/orders/place-order.ts';
import { AppError } from '../../shared/errors.ts';
import { idFromDigest } from '../../shared/ids.ts';
import { type Db, ride } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import type { Actor } from '../platform/http/context.ts';
import { readStock, stockTaking, takeStock } from '../products/stock.ts';
import { type Order, orders } from './order.table.ts';
import { asPlaced, newOrder } from './order.ts';
import { orderReply } from './order-reply.ts';

export const orderPlacing = { ...stockTaking, orders: grant(orders, 'get', 'put') } as const;

/** Price or stock may change between reading and writing: then it is tried with fresh figures. */
const TRIES = 4;

interface Placing {
  body: ParsedInput<typeof placeOrder>['body'];
  actor: Actor;
  face: 'browser' | 'partner';
  db: Db<{ table: typeof orderPlacing }>;
  now: Date;
  newId(kind: 'order'): string;
  idempotencyKey: string | undefined;
  requestHash: string;
}

/**
 * `buyer`: id of the user whose order it becomes. Answers the order; the same one for the same Idempotency-Key of the same actor. Errors:
 * OUT_OF_STOCK, PRODUCT_UNAVAILABLE, MIXED_SELLERS, IDEMPOTENCY_CONFLICT, CONFLICT.
 */
export async function place(context: Placing, buyer: string) {
  const { body, actor, db, now, newId, idempotencyKey } = context;
  // The key makes the id: a repeat meets its own order, and needs no record beside it.
  const id =
    idempotencyKey === undefined
      ? newId('order')
      : idFromDigest('order', createHash('sha256').update(`${actor.id}\n${idempotencyKey}`).digest());
  const hash = idempotencyKey === undefined ? undefined : context.requestHash.slice(0, 16);
  const answer = (order: Order, headers?: Record<string, string>) =>
    orderReply(order, context, { location: pathOf(getOrder, { id }), headers });
  const replayed = (order: Order) => {
    if (order.hash !== hash) throw new AppError('IDEMPOTENCY_CONFLICT');
    return answer(asPlaced(order), { 'idempotency-replayed': 'true' });
  };

  for (let attempt = 0; attempt < TRIES; attempt++) {
    const offers = await readStock(
      db,
      body.lines.map((line) => line.productId),
    );
    let order: Order;
    try {
      order = newOrder(body, offers, { id, buyer, placedBy: actor.id, now, hash });
    } catch (refusal) {
      // What is sold out now may have been sold to this very request before.
      const placed = hash && (await db.orders.get({ id }, { consistent: true }));
      if (placed) return replayed(placed);
      throw refusal;
    }
    const taking = offers.flatMap((offer, index) => {
      const line = order.lines[index];
      return offer && line ? [takeStock(db, offer, line.q)] : [];
    });
    const failures = await db.tryWrite(db.orders.put(order, { events: [ride(orderPlaced)] }), ...taking);
    if (failures.length === 0) return answer(order);
    const placed = failures.find((failure) => failure.index === 0)?.current as Order | undefined;
    if (placed) return replayed(placed);
  }
  throw new AppError('CONFLICT');
}
