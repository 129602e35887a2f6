/**
 * Products, orders, users and figures in any number, as lists and analytics keep them: rows come from the listings' own code, and every
 * item has the same size, so that what differs between two sizes of the table is their number alone.
 */
import { createHash } from 'node:crypto';
import { figures } from '../functions/analytics/figures.table.ts';
import { orderList } from '../functions/orders/order.list.ts';
import type { Order } from '../functions/orders/order.table.ts';
import { attributes } from '../functions/platform/db.ts';
import type { AnyEntity } from '../functions/platform/entity.ts';
import { env } from '../functions/platform/env.ts';
import type { Listing } from '../functions/platform/listing.ts';
import { aUser } from '../functions/platform/testing/operations.ts';
import { productList, productStockList } from '../functions/products/product.list.ts';
import type { ProductWithStock } from '../functions/products/product.ts';
import { userList } from '../functions/users/user.list.ts';
import type { User } from '../functions/users/user.table.ts';
import { type IdKind, idFromDigest } from '../shared/ids.ts';

/** Who sells and who buys the one half; everybody else has few. */
export const seller = 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0';
export const buyer = 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N1';

const FIRST = Date.UTC(2026, 0, 1);
const moment = (index: number) => new Date(FIRST + index * 20_000);
const pick = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;

/** The same index always gives the same id; ids sort by their moments. */
function idOf(kind: IdKind, index: number, at = moment(index)): string {
  const digest = createHash('sha256').update(`${kind} ${index}`).digest();
  digest.writeUIntBE(at.getTime(), 0, 6);
  return idFromDigest(kind, digest);
}

const colours = ['white', 'black', 'green', 'amber', 'coral'] as const;
const things = ['mug', 'jar', 'tin', 'box', 'bag'] as const;

/**
 * What products differ in is drawn by the index, each apart from the others: of a thousand, every list that a filter reads holds more than
 * the hundred entries that are read at once, and what a filter asks for stands among them all, not at one end.
 */
function product(index: number): ProductWithStock {
  const at = moment(index).toISOString();
  const id = idOf('product', index);
  const draws = createHash('sha256').update(`draws ${index}`).digest();
  const draw = <T>(from: readonly T[], place: number): T => pick(from, draws.readUInt16BE(place * 2));
  const facts = {
    seller: draw(['house', seller], 0),
    name: `${draw(['amber', 'coral'], 1)} ${draw(['mug', 'jar'], 2)}`,
    currency: 'GBP',
  } as const;
  const price = 1_000 + ((index * 1_777) % 9_000);
  const stock = draw([true, true, true, false], 3) ? 100 + (index % 900) : 0;
  return {
    product: {
      id,
      ...facts,
      description: '',
      price,
      category: draw(['kitchen', 'storage'], 4),
      tags: [draw(['classic', 'seasons'], 5)],
      status: draw(['archived', 'published'], 6),
      createdAt: at,
      createdBy: seller,
      updatedAt: at,
      updatedBy: seller,
      version: 1,
    },
    inventory: {
      productId: id,
      ...facts,
      unitPrice: price,
      sellable: true,
      trackInventory: true,
      stock,
      lowStockThreshold: 10,
      stockState: stock === 0 ? 'out_of_stock' : 'in_stock',
    },
  };
}

function order(index: number): Order {
  return {
    id: idOf('order', index),
    seller: 'house',
    buyer: index % 2 === 0 ? buyer : idOf('user', index),
    currency: 'GBP',
    total: 1_000 + ((index * 1_777) % 9_000),
    lines: [{ p: '', n: '', q: 2, u: 500 }],
    status: index % 5 === 4 ? 'cancelled' : 'pending',
    createdAt: moment(index).toISOString(),
    version: 1,
  };
}

function user(index: number): User {
  const at = moment(index).toISOString();
  return aUser(index % 5 === 4 ? 'enterprise' : 'user', {
    id: idOf('user', index),
    email: `${pick(colours, index)}.${String(10_000_000 + index)}@example.com`,
    name: `${pick(colours, index)} ${pick(things, Math.floor(index / 5))}`,
    plan: pick(['Free', 'Pro'], Math.floor(index / 2)) as User['plan'],
    status: index % 10 === 9 ? 'pending' : index % 40 === 38 ? 'inactive' : 'active',
    createdAt: at,
    lastLoginAt: at,
    ...(index % 40 === 38 && { deletedAt: at }),
  });
}

/** A row as it stands in the table. */
type Stored = Record<string, unknown>;
function stored(entity: AnyEntity, row: object): Stored {
  const kept = Object.entries(row).filter(([name]) => !entity.unstored?.includes(name));
  return { ...Object.fromEntries(kept), ...entity.key(entity.keyOf(row)), [attributes.entity]: entity.name };
}

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Rows of items from `after` on, and the counts over all. */
function* rowsOf<T extends object, C extends { id: string }>(of: Listing<T, C>, items: T[], after: number) {
  const known = new Set(of.rowsOf(items.slice(0, after)).map(({ facet, id }) => `${facet} ${id}`));
  for (const row of of.rowsOf(items)) {
    if (row.n === undefined && known.has(`${row.facet} ${row.id}`)) continue;
    yield stored(of.entity, row);
  }
}

export interface Sizes {
  readonly products: number;
  readonly orders: number;
  readonly users: number;
}
const none: Sizes = { products: 0, orders: 0, users: 0 };

/** Rows of the lists with so many of each; with `after`, those that a table of that size lacks. */
export function* listRows(sizes: Sizes, after = none): Generator<Stored> {
  const { products, orders, users } = sizes;
  yield* rowsOf(productList, times(products, product), after.products);
  yield* rowsOf(productStockList, times(products, product), after.products);
  yield* rowsOf(orderList, times(orders, order), after.orders);
  yield* rowsOf(userList, times(users, user), after.users);
}

/** Figures of the last days, one currency, for all sellers. */
export function* figureRows(days: number, until = new Date()): Generator<Stored> {
  for (let day = 0; day < days; day++) {
    const at = new Date(until.getTime() - day * 86_400_000).toISOString().slice(0, 10);
    const sums = { orders: 120, cancelledOrders: 3, newUsers: 12, revenueGBP: 1_234_567, ordersGBP: 120 };
    yield stored(figures, { scope: 'all', step: 'day', at, ...sums });
  }
}

const BATCH = 25;
const AT_ONCE = 8;

/** As DynamoDB writes values. The SDK takes three times as long for it, and there are hundreds of thousands. */
function attributeValue(value: unknown): object {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeValue) };
  return { M: attributeValues(value as Stored) };
}
function attributeValues(item: Stored): Record<string, object> {
  const values: Record<string, object> = {};
  for (const name in item) if (item[name] !== undefined) values[name] = attributeValue(item[name]);
  return values;
}

/** Writes rows that nobody reads meanwhile. Answers how many. */
export async function load(endpoint: string, rows: Iterable<Stored>): Promise<number> {
  const waiting = rows[Symbol.iterator]();
  let written = 0;
  const next = () => {
    const batch: object[] = [];
    while (batch.length < BATCH) {
      const { value, done } = waiting.next();
      if (done) break;
      batch.push({ PutRequest: { Item: attributeValues(value) } });
    }
    return batch;
  };
  const worker = async () => {
    for (let batch = next(); batch.length > 0; batch = next()) {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'DynamoDB_20120810.BatchWriteItem',
          'x-amz-date': '20260101T000000Z',
          authorization:
            'AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        },
        body: JSON.stringify({ RequestItems: { [env('tableName')]: batch } }),
      });
      const text = await response.text();
      if (!response.ok || !/"UnprocessedItems":\{\}/.test(text)) throw new Error(`rows were not written: ${text}`);
      written += batch.length;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return written;
}
