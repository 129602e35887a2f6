import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { cancelOrder } from '../../shared/contracts/orders/cancel-order.ts';
import { notFound } from '../../shared/errors.ts';
import { ride } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { http } from '../platform/http.ts';
import { returnStock, stockReturning } from '../products/stock.ts';
import { orders } from './order.table.ts';
import { cancelled, isWithin } from './order.ts';
import { orderReply } from './order-reply.ts';

export const handler = http(cancelOrder, {
  access: { table: { ...stockReturning, orders: grant(orders, 'get', 'update') } },
  errorImpact: 'Orders cannot be cancelled; their stock stays taken.',
  run: async (context) => {
    const { params, body, actor, scope, db, now, ifMatch } = context;
    const before = await db.orders.get(params, { consistent: true });
    if (!before || !isWithin(before, actor, scope)) throw notFound();
    if (context.firstAttempt.did(before.cancelledAt, before.cancelledBy)) return orderReply(before, context);
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
    return orderReply(order, context);
  },
});
