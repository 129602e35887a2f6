import { getOrder } from '../../shared/contracts/orders/get-order.ts';
import { notFound } from '../../shared/errors.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { orders } from './order.table.ts';
import { isWithin, orderView } from './order.ts';
import { orderLinks } from './order-links.ts';

export const handler = http(getOrder, {
  access: { table: { orders: grant(orders, 'get') } },
  errorImpact: 'Buyers and sellers cannot open an order.',
  run: async (context) => {
    const order = await context.db.orders.get(context.params);
    if (!order || !isWithin(order, context.actor, context.scope)) throw notFound();
    return reply(orderView(order, orderLinks(order, context)), { version: order.version });
  },
});
