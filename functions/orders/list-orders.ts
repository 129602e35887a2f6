import { listOrders } from '../../shared/contracts/orders/list-orders.ts';
import { toDecimal } from '../../shared/money.ts';
import { emptyPage } from '../platform/empty-page.ts';
import { http, page } from '../platform/http.ts';
import { type OrderCard, orderList, orderQuery } from './order.list.ts';
import { orderNumber } from './order.ts';
import { orderLinks } from './order-links.ts';

export const handler = http(listOrders, {
  access: { table: { list: orderList.reading } },
  errorImpact: 'Buyers and sellers do not see their orders.',
  run: async (context) => {
    const wanted = orderQuery(context.query, context.actor, context.scope);
    const found = wanted ? await orderList.list(context.db.list, wanted) : emptyPage<OrderCard>(context.query);
    const items = found.cards.map((card) => {
      const order = { id: card.id, status: card.s, seller: card.r, buyer: card.b };
      return {
        ...order,
        number: orderNumber(card.id),
        currency: card.c,
        total: toDecimal(card.t, card.c),
        itemCount: card.q,
        placedAt: card.a,
        version: card.e,
        _links: orderLinks(order, context),
      };
    });
    return page(items, found.pagination);
  },
});
