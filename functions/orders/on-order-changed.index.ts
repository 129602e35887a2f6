import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { grant } from '../platform/entity.ts';
import { queue } from '../platform/queue.ts';
import { orderList } from './order.list.ts';
import { orders } from './order.table.ts';

export const handler = queue({
  id: 'orders.on-order-changed.index',
  on: [orderPlaced, orderCancelled],
  access: { table: { orders: grant(orders, 'get'), list: orderList.writing } },
  errorImpact: 'Lists of orders lack new orders and show old states; they catch up when the messages are redriven.',
  run: ({ event, db }) => {
    const id = event.data.orderId;
    return orderList.reindex(db, db.list, id, () => db.orders.get({ id }, { consistent: true }));
  },
});
