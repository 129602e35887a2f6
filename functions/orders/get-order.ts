import { getOrder } from '../../shared/contracts/orders/get-order.ts';
import { notFound } from '../../shared/errors.ts';
import { grant } from '../platform/entity.ts';
import { http } from '../platform/http.ts';
import { orders } from './order.table.ts';
import { isWithin } from './order.ts';
import { orderReply } from './order-reply.ts';

export const handler = http(getOrder, {
  access: { table: { orders: grant(orders, 'get') } },
  errorImpact: 'Buyers and sellers cannot open an order.',
  run: async (context) => {
    const order = await context.db.orders.get(context.params);
    if (!order || !isWithin(order, context.actor, context.scope)) throw notFound();
    return orderReply(order, context);
  },
});
