/** What events say of an order. */
import { orderCancelled } from '../../events/orders/order-cancelled.v1.ts';
import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { eventSource } from '../platform/event-data.ts';
import { type Order, orders } from './order.table.ts';
import { orderNumber } from './order.ts';

const facts = ({ id, seller, buyer, currency, total, createdAt }: Order) => ({
  orderId: id,
  number: orderNumber(id),
  seller,
  buyer,
  currency,
  total,
  placedAt: createdAt,
});

export const orderEvents = eventSource(
  orders,
  (order) => order.id,
  (on) => [
    on(orderPlaced, (order) => ({
      ...facts(order),
      lines: order.lines.map(({ p, n, q, u }) => ({ productId: p, name: n, quantity: q, unitPrice: u, total: q * u })),
    })),
    on(orderCancelled, (order) => ({
      ...facts(order),
      lines: order.lines.map(({ p, q }) => ({ productId: p, quantity: q })),
      cancelledAt: order.cancelledAt,
      reason: order.cancelReason,
      fromStatus: order.fromStatus,
    })),
  ],
);
