/** How orders are listed: all of them, and those of each party, whole and by state. */
import type { ParsedInput } from '../../shared/contracts/contract.ts';
import type { listOrders } from '../../shared/contracts/orders/list-orders.ts';
import type { OrderStatus } from '../../shared/contracts/orders/states.ts';
import { type Currency, toThousandths } from '../../shared/money.ts';
import { HOUSE, type Scope } from '../../shared/permissions.ts';
import type { Conditions } from '../platform/db.ts';
import { type ListQuery, listing } from '../platform/listing.ts';
import { momentsOf } from '../platform/period.ts';
import { numberKey } from '../platform/words.ts';
import type { Order } from './order.table.ts';
import { itemCount, orderNumber } from './order.ts';

/** Short names: every facet holds a copy. */
export interface OrderCard {
  id: string;
  /** Status. */
  s: OrderStatus;
  /** Buyer and seller. */
  b: string;
  r: string;
  /** Total in minor units, its currency, and both as comparable thousandths. */
  t: number;
  c: Currency;
  v: number;
  /** Units over all lines. */
  q: number;
  /** When it was placed. */
  a: string;
  /** Version. */
  e: number;
}

/** Number without `MW-` and dashes: what people type of it in whatever form finds it. */
const bare = (number: string) => number.replace(/^MW/, '').replaceAll('-', '');
const isWhole = (facet: string) => !facet.includes('|');

/** The house sees all orders; it needs no list of its own. */
function facetsOf({ buyer, seller, status }: Order): string[] {
  const parties = new Set([buyer, seller].filter((party) => party !== HOUSE));
  return ['all', ...[...parties].map((party) => `party#${party}`)].flatMap((facet) => [facet, `${facet}|${status}`]);
}

export const orderList = listing<Order, OrderCard>({
  name: 'OrderList',
  partition: 'ORDERLIST',
  describes: 'Orders of all and of each party, whole and by status; by time, total and number',
  card: (order) => ({
    id: order.id,
    s: order.status,
    b: order.buyer,
    r: order.seller,
    t: order.total,
    c: order.currency,
    v: toThousandths(order.total, order.currency),
    q: itemCount(order),
    a: order.createdAt,
    e: order.version,
  }),
  facets: facetsOf,
  sorts: {
    // An order's id comes from its Idempotency-Key and says nothing of its time.
    createdAt: { index: 'l1', key: ({ createdAt }) => createdAt },
    total: { index: 'l2', key: ({ total, currency }) => numberKey(toThousandths(total, currency)) },
    number: { index: 'l3', key: ({ id }, facet) => (isWhole(facet) ? bare(orderNumber(id)) : undefined) },
  },
});

type Wanted = ParsedInput<typeof listOrders>['query'];

/** What to read for a request; undefined when nothing can match. */
export function orderQuery(wanted: Wanted, who: { id: string }, scope: Scope): ListQuery | undefined {
  const { page, limit, cursor, order, search, status, user, minTotal, maxTotal } = wanted;
  const { from, until, empty } = momentsOf(wanted);
  if (empty) return undefined;
  const party = scope === 'own' ? who.id : user;
  const whole = party === undefined ? 'all' : `party#${party}`;
  const facet = status === undefined || search !== undefined ? whole : `${whole}|${status}`;
  const sort = search === undefined ? wanted.sort : 'number';

  const filter: Record<string, Conditions[string]> = {};
  let range: ListQuery['range'];
  // A party's list holds what it bought and what it sold.
  if (user !== undefined) filter.b = user;
  if (status !== undefined && search !== undefined) filter.s = status;
  if (search !== undefined) {
    const beginning = bare(search);
    range = { gte: beginning, lte: `${beginning}\uffff` };
  }
  const [first, last] = [from?.toISOString(), until?.toISOString()];
  if (first !== undefined || last !== undefined) {
    const bounds = { ...(first !== undefined && { gte: first }), ...(last !== undefined && { lte: last }) };
    if (sort === 'createdAt') range = bounds;
    else filter.a = bounds;
  }
  const [least, most] = [minTotal, maxTotal].map((amount) =>
    amount === undefined ? undefined : toThousandths(amount),
  );
  if (least !== undefined || most !== undefined) {
    if (sort === 'total')
      range = {
        ...(least !== undefined && { gte: numberKey(least) }),
        ...(most !== undefined && { lte: numberKey(most) }),
      };
    else filter.v = { ...(least !== undefined && { gte: least }), ...(most !== undefined && { lte: most }) };
  }
  return { facet, sort, order, range, ...(Object.keys(filter).length > 0 && { filter }), page, limit, cursor };
}
