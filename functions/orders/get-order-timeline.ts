import { getOrder } from '../../shared/contracts/orders/get-order.ts';
import { getOrderTimeline } from '../../shared/contracts/orders/get-order-timeline.ts';
import { notFound } from '../../shared/errors.ts';
import { grant } from '../platform/entity.ts';
import { http, links, reply } from '../platform/http.ts';
import { orders } from './order.table.ts';
import { isWithin, timelineOf } from './order.ts';

export const handler = http(getOrderTimeline, {
  access: { table: { orders: grant(orders, 'get') } },
  errorImpact: 'Buyers and sellers do not see what happened to an order.',
  run: async (context) => {
    const { params, actor, scope, db } = context;
    const order = await db.orders.get(params);
    if (!order || !isWithin(order, actor, scope)) throw notFound();
    const _links = links(context, { self: [getOrderTimeline, params], order: [getOrder, params] });
    return reply({ orderId: order.id, entries: timelineOf(order), _links }, { version: order.version });
  },
});
