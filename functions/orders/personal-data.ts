/** What orders hold about a person: given to them, and erased. Amounts, lines and numbers stay: the books must add up. */
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { orderList } from './order.list.ts';
import { type Order, orders } from './order.table.ts';
import { orderView } from './order.ts';

export const orderDataReading = { orders: grant(orders, 'batchGet'), orderList: orderList.reading } as const;

/** Orders that one read gives at most. */
const AT_ONCE = 100;

/** What a person ordered, newest first, a hundred at a time. What they sold is the company's. */
async function* ordersOf(db: Db<{ table: typeof orderDataReading }>, buyer: string) {
  let cursor: string | undefined;
  do {
    const { cards, pagination } = await orderList.list(db.orderList, {
      facet: `party#${buyer}`,
      sort: 'createdAt',
      order: 'desc',
      filter: { b: buyer },
      limit: AT_ONCE,
      cursor,
    });
    const found = cards.length === 0 ? [] : await db.orders.batchGet(cards.map(({ id }) => ({ id })));
    yield found.filter((order): order is Order => order !== undefined);
    cursor = pagination.nextCursor;
  } while (cursor !== undefined);
}

/** The newest orders, up to `most`. */
export async function readOrderData(
  db: Db<{ table: typeof orderDataReading }>,
  buyer: string,
  { most }: { most: number },
) {
  const views = [];
  for await (const found of ordersOf(db, buyer)) {
    views.push(...found.map((order) => orderView(order, {})));
    if (views.length > most) return { orders: views.slice(0, most), complete: false };
  }
  return { orders: views, complete: true };
}

export const orderDataErasing = { ...orderDataReading, orders: grant(orders, 'batchGet', 'update') } as const;
export const orderErasing = { orders: grant(orders, 'get', 'update') } as const;

/** Attributes in which somebody's name or home may stand. */
const personal = ['shippingAddress', 'note', 'cancelReason'] as const;
export const isPersonal = (order: Order) => personal.some((name) => order[name] !== undefined);

/** Takes what is personal off one order, whose state and version stay. Nothing to do for one that was changed to another buyer. */
export function anonymous(db: Db<{ table: { orders: typeof orderErasing.orders } }>, { id, buyer }: Order) {
  return db.orders.update({ id }, { remove: personal, when: { buyer } });
}

/** Takes what is personal off all orders of a person. May be repeated. */
export async function eraseOrderData(db: Db<{ table: typeof orderDataErasing }>, buyer: string): Promise<void> {
  for await (const found of ordersOf(db as never, buyer))
    for (const order of found.filter(isPersonal)) await db.write(anonymous(db as never, order));
}
