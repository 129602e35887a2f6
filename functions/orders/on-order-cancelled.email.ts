import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { grant } from '../platform/entity.ts';
import { env } from '../platform/env.ts';
import { isTooOldToMail, mailsSentGrant, renderMail, sendMailOnce } from '../platform/mail.ts';
import { queue } from '../platform/queue.ts';
import { accountReading } from '../users/accounts.ts';
import { orderCancelledMail } from './mails/order-cancelled.generated.ts';
import { orders } from './order.table.ts';
import { cancellationView } from './order-mails.ts';

export const handler = queue({
  id: 'orders.on-order-cancelled.email',
  on: [orderCancelled],
  access: {
    table: { ...accountReading, orders: grant(orders, 'get'), mailsSent: mailsSentGrant },
    mail: true,
  },
  errorImpact: 'Buyers are not told that an order was cancelled; they are when the messages are redriven.',
  run: async ({ event, db, now }) => {
    if (isTooOldToMail(event.time, now)) return;
    const [order, buyer] = await Promise.all([
      db.orders.get({ id: event.data.orderId }, { consistent: true }),
      db.users.get({ id: event.data.buyer }),
    ]);
    if (!order || !buyer || buyer.deletedAt !== undefined) return;
    const mail = renderMail(orderCancelledMail, cancellationView(order, { name: buyer.name, url: env('publicUrl') }));
    await sendMailOnce(db, { eventId: event.id, name: 'order-cancelled', to: buyer.email, mail, now });
  },
});
