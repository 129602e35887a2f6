export { handler as cancelOrder } from './cancel-order.ts';
export { handler as getOrder } from './get-order.ts';
export { handler as getOrderTimeline } from './get-order-timeline.ts';
export { handler as listOrders } from './list-orders.ts';
export { handler as onOrderCancelledEmail } from './on-order-cancelled.email.ts';
export { handler as onOrderChangedIndex } from './on-order-changed.index.ts';
export { handler as onOrderPlacedEmail } from './on-order-placed.email.ts';
export { handler as placeOrder } from './place-order.ts';
