/** What may be done with an order next. */
import { cancelOrder } from '../../shared/contracts/orders/cancel-order.ts';
import { getOrder } from '../../shared/contracts/orders/get-order.ts';
import { getOrderTimeline } from '../../shared/contracts/orders/get-order-timeline.ts';
import { allowedActions } from '../../shared/contracts/orders/states.ts';
import { scopeOf } from '../../shared/permissions.ts';
import type { Actor } from '../platform/http/context.ts';
import { links } from '../platform/http.ts';
import type { Order } from './order.table.ts';
import { isWithin } from './order.ts';

export function orderLinks(
  order: Pick<Order, 'id' | 'buyer' | 'seller' | 'status'>,
  context: { actor: Actor; face: 'browser' | 'partner' },
) {
  const params = { id: order.id };
  const cancellable =
    allowedActions(order.status).includes('cancel') &&
    isWithin(order, context.actor, scopeOf(context.actor.role, 'orders:cancel'));
  return links(context, {
    self: [getOrder, params],
    timeline: [getOrderTimeline, params],
    cancel: cancellable && [cancelOrder, params],
  });
}
