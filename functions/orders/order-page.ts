/** One page of a list of orders, as the API shows it. */
import type { ParsedInput } from '../../shared/contracts/contract.ts';
import type { listOrders } from '../../shared/contracts/orders/list-orders.ts';
import { toDecimal } from '../../shared/money.ts';
import type { Scope } from '../../shared/permissions.ts';
import type { Db } from '../platform/db.ts';
import { emptyPage } from '../platform/empty-page.ts';
import type { Actor } from '../platform/http/context.ts';
import { page } from '../platform/http.ts';
import { type OrderCard, orderList, orderQuery } from './order.list.ts';
import { orderNumber } from './order.ts';
import { orderLinks } from './order-links.ts';

interface Listing {
  actor: Actor;
  scope: Scope;
  face: 'browser' | 'partner';
  db: Db<{ table: { list: typeof orderList.reading } }>;
}

export async function orderPage(context: Listing, query: ParsedInput<typeof listOrders>['query']) {
  const wanted = orderQuery(query, context.actor, context.scope);
  const found = wanted ? await orderList.list(context.db.list, wanted) : emptyPage<OrderCard>(query);
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
}
