import { placeOrder } from '../../shared/contracts/orders/place-order.ts';
import { http } from '../platform/http.ts';
import { orderPlacing, place } from './placing.ts';

export const handler = http(placeOrder, {
  access: { table: orderPlacing },
  errorImpact: 'Nobody can order anything.',
  run: (context) => place(context, context.actor.id),
});
