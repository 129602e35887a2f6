import { listOrders } from '../../shared/contracts/orders/list-orders.ts';
import { http } from '../platform/http.ts';
import { orderList } from './order.list.ts';
import { orderPage } from './order-page.ts';

export const handler = http(listOrders, {
  access: { table: { list: orderList.reading } },
  errorImpact: 'Buyers and sellers do not see their orders.',
  run: (context) => orderPage(context, context.query),
});
