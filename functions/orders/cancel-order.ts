import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { cancelOrder } from '../../shared/contracts/orders/cancel-order.ts';
import { notFound } from '../../shared/errors.ts';
import { ride } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import type { Actor, FirstAttempt } from '../platform/http/context.ts';
import { http, reply } from '../platform/http.ts';
import { returnStock, stockReturning } from '../products/stock.ts';
import { type Order, orders } from './order.table.ts';
import { cancelled, isWithin, orderView } from './order.ts';
import { orderLinks } from './order-links.ts';

export const handler = http(cancelOrder, {
  access: { table: { ...stockReturning, orders: grant(orders, 'get', 'update') } },
  errorImpact: 'Orders cannot be cancelled; their stock stays taken.',
  run: async (context) => {
    const { params, body, actor, scope, db, now, ifMatch } = context;
    const answer = (order: Order) => reply(orderView(order, orderLinks(order, context)), { version: order.version });
    const before = await db.orders.get(params, { consistent: true });
    if (!before || !isWithin(before, actor, scope)) throw notFound();
    if (isCancelledBefore(before, context)) return answer(before);
    ifMatch(before.version);
    const order = cancelled(before, { reason: body.reason, by: actor.id, now });
    const { status, fromStatus, cancelledAt, cancelledBy, cancelReason, updatedAt, updatedBy } = order;
    await db.write(
      db.orders.update(params, {
        set: { status, fromStatus, cancelledAt, cancelledBy, cancelReason, updatedAt, updatedBy },
        version: before.version,
        events: [ride(orderCancelled)],
      }),
      ...order.lines.filter((line) => !line.f).map((line) => returnStock(db, line.p, line.q)),
    );
    return answer(order);
  },
});

/** Whether an attempt of this very request has cancelled the order, and was lost before it could answer. */
function isCancelledBefore(
  { cancelledAt, cancelledBy }: Order,
  { actor, firstAttempt }: { actor: Actor; firstAttempt: FirstAttempt },
): boolean {
  return firstAttempt.wasLost && cancelledAt === firstAttempt.now.toISOString() && cancelledBy === actor.id;
}
