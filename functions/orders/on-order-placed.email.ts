import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { grant } from '../platform/entity.ts';
import { env } from '../platform/env.ts';
import { isTooOldToMail, mailsSentGrant, renderMail, sendMailOnce } from '../platform/mail.ts';
import { queue } from '../platform/queue.ts';
import { accountReading } from '../users/accounts.ts';
import { orderConfirmationMail } from './mails/order-confirmation.generated.ts';
import { orders } from './order.table.ts';
import { asPlaced } from './order.ts';
import { confirmationView } from './order-mails.ts';

export const handler = queue({
  id: 'orders.on-order-placed.email',
  on: [orderPlaced],
  access: {
    table: { ...accountReading, orders: grant(orders, 'get'), mailsSent: mailsSentGrant },
    mail: true,
  },
  errorImpact: 'Buyers get no confirmation of their orders; they get it when the messages are redriven.',
  run: async ({ event, db, now }) => {
    if (isTooOldToMail(event.time, now)) return;
    const [order, buyer] = await Promise.all([
      db.orders.get({ id: event.data.orderId }, { consistent: true }),
      db.users.get({ id: event.data.buyer }),
    ]);
    if (!order || !buyer || buyer.deletedAt !== undefined) return;
    const view = confirmationView(asPlaced(order), { name: buyer.name, url: env('publicUrl') });
    const mail = renderMail(orderConfirmationMail, view);
    await sendMailOnce(db, { eventId: event.id, name: 'order-confirmation', to: buyer.email, mail, now });
  },
});
