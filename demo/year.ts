/**
 * The whole year of orders, with their own dates: the file's last day becomes yesterday. They are written as `orders.place-order` writes them,
 * by the same rules and the same table code, with the prices of their day; events ride on them, so lists and figures follow by the
 * platform's own reactions. What differs, because these orders are of the past: they take no stock (what a product has is what is left after
 * the year), and nobody is sent a confirmation. It can be stopped anywhere: an order's id comes from its invoice number.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { orderPlaced } from '../events/orders/order-placed.v1.ts';
import { orders } from '../functions/orders/order.table.ts';
import { newOrder } from '../functions/orders/order.ts';
import { ride } from '../functions/platform/db.ts';
import { createDb } from '../functions/platform/dynamo.ts';
import { grant } from '../functions/platform/entity.ts';
import { isTooOldToMail, mailsSentGrant } from '../functions/platform/mail.ts';
import { createAccount, type Deployment } from '../scripts/create-account.ts';
import { idFromDigest } from '../shared/ids.ts';
import { HOUSE } from '../shared/permissions.ts';
import type { DemoOrder } from './dataset.ts';
import { inParallel, password, progress } from './load.ts';
import { personOf } from './naming.ts';

const DAY_MS = 86_400_000;
const MARKER_SECONDS = 35 * 86_400;
const access = { table: { orders: grant(orders, 'put'), mailsSent: mailsSentGrant } } as const;

/** Milliseconds by which the file's dates move so that its last day is the day before `today`; whole days, so times of day stay. */
export function shiftOf(newest: readonly Pick<DemoOrder, 'at'>[], today: Date): number {
  const last = Math.max(...newest.map(({ at }) => at.getTime()));
  const dayOf = (time: number) => Math.floor(time / DAY_MS);
  return (dayOf(today.getTime()) - 1 - dayOf(last)) * DAY_MS;
}

/** Everything that was loaded: customers by their number, invoices. Only saves work: without it each is found to be there already. */
interface Done {
  customers: Record<string, string>;
  invoices: string[];
  shift: number;
}

/** Loads what is missing of `all`. `products`: ids by stock code. Answers how many orders were written, and how many were there. */
export async function loadYear(
  deployment: Deployment,
  all: readonly DemoOrder[],
  products: Readonly<Record<string, string>>,
  names: ReadonlyMap<string, string>,
  stateDir: string,
): Promise<{ written: number; there: number }> {
  const marker = join(stateDir, 'demo-year.json');
  const done: Done = existsSync(marker)
    ? JSON.parse(readFileSync(marker, 'utf8'))
    : { customers: {}, invoices: [], shift: shiftOf(all, new Date()) };
  const known = new Set(done.invoices);
  const save = () => writeFileSync(marker, JSON.stringify({ ...done, invoices: [...known] }));
  const missing = all.filter(({ invoice }) => !known.has(invoice));
  let written = 0;
  try {
    const firstOrders = new Map<string, Date>();
    for (const { customer, at } of missing) if (!firstOrders.has(customer)) firstOrders.set(customer, at);
    const strangers = [...firstOrders].filter(([customer]) => !done.customers[customer]);
    const customerStep = progress('Customers', strangers.length);
    await inParallel(strangers, async ([customer, at]) => {
      const account = { ...personOf(customer), role: 'user' as const, password };
      done.customers[customer] = (await createAccount(deployment, account, new Date(at.getTime() + done.shift))).id;
      customerStep();
    });
    save();

    const orderStep = progress('Orders', missing.length);
    await inParallel(missing, async (demo) => {
      const buyer = done.customers[demo.customer];
      if (!buyer) throw new Error(`invoice ${demo.invoice} has no customer`);
      if (await writeOrder(demo, buyer, new Date(demo.at.getTime() + done.shift), products, names)) written++;
      known.add(demo.invoice);
      orderStep();
    });
  } finally {
    save();
  }
  return { written, there: all.length - written };
}

/** Answers false when the order was there already. */
async function writeOrder(
  { invoice, lines }: DemoOrder,
  buyer: string,
  now: Date,
  products: Readonly<Record<string, string>>,
  names: ReadonlyMap<string, string>,
): Promise<boolean> {
  const id = idFromDigest('order', createHash('sha256').update(`demo invoice ${invoice}`).digest());
  const db = createDb(access, {
    actor: { id: buyer, type: 'user' },
    correlationId: `demo-${invoice}`,
    now: () => now,
  });
  const wanted = lines.map(({ sku, quantity }) => ({ productId: products[sku] ?? '', quantity }));
  const offers = lines.map(({ sku, quantity, price }) => ({
    productId: products[sku] ?? '',
    seller: HOUSE,
    name: names.get(sku) ?? sku,
    unitPrice: price,
    currency: 'GBP' as const,
    sellable: products[sku] !== undefined,
    // What was on the shelf that day is not known; it was enough. The line says that it took nothing of what there is today.
    trackInventory: false,
    stock: quantity,
  }));
  const order = newOrder({ lines: wanted }, offers, { id, buyer, now });
  const put = db.orders.put(order, { events: [ride(orderPlaced)] });
  const [eventId] = put.eventIds;
  const confirmed = {
    id: `${eventId}#order-confirmation`,
    state: 'sent' as const,
    leaseUntil: 0,
    expires: Math.floor(Date.now() / 1_000) + MARKER_SECONDS,
  };
  const failures = await db.tryWrite(
    put,
    ...(isTooOldToMail(now.toISOString(), new Date()) ? [] : [db.mailsSent.put(confirmed)]),
  );
  return failures.length === 0;
}
