import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { queue } from '../platform/queue.ts';
import { accountReading } from '../users/accounts.ts';
import { orderList } from './order.list.ts';
import { anonymous, isPersonal, orderErasing } from './personal-data.ts';

export const handler = queue({
  id: 'orders.on-order-changed.index',
  on: [orderPlaced, orderCancelled],
  access: { table: { ...orderErasing, ...accountReading, list: orderList.writing } },
  errorImpact: 'Lists of orders lack new orders and show old states; they catch up when the messages are redriven.',
  run: async ({ event, db }) => {
    const id = event.data.orderId;
    const read = () => db.orders.get({ id }, { consistent: true });
    await orderList.reindex(db, db.list, id, read);
    // Whoever is erased loses what is personal in the orders that the list knows. This one may not have been in it yet.
    const order = await read();
    if (!order || !isPersonal(order)) return;
    const buyer = await db.users.get({ id: order.buyer }, { consistent: true });
    if (buyer?.erasedAt !== undefined) await db.write(anonymous(db, order));
  },
});
