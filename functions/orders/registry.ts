export { handler as cancelOrder } from './cancel-order.ts';
export { handler as getOrder } from './get-order.ts';
export { handler as getOrderTimeline } from './get-order-timeline.ts';
export { handler as placeOrder } from './place-order.ts';
