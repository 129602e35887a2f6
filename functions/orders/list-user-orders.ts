import { listUserOrders } from '../../shared/contracts/orders/list-user-orders.ts';
import { notFound } from '../../shared/errors.ts';
import { http } from '../platform/http.ts';
import { accountReading } from '../users/accounts.ts';
import { orderList } from './order.list.ts';
import { orderPage } from './order-page.ts';

export const handler = http(listUserOrders, {
  access: { table: { ...accountReading, list: orderList.reading } },
  errorImpact: 'Nobody sees what a user has ordered.',
  run: async (context) => {
    const { params, actor, scope, query, db } = context;
    // Who was deleted has left orders behind: the books keep them.
    if (params.id !== actor.id && (scope === 'own' || !(await db.users.get({ id: params.id })))) throw notFound();
    return orderPage(context, { ...query, user: params.id });
  },
});
