/**
 * Loads the demo: accounts by the operator's command, products and the newest orders through the real API. It can be stopped anywhere and goes on
 * with what is missing: accounts are found by address, products by stock code, orders by Idempotency-Key.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAccount, deploymentOf } from '../scripts/create-account.ts';
import { ApiProblem, type Client, createClient } from '../shared/client.ts';
import { login } from '../shared/contracts/auth/login.ts';
import { listNotifications } from '../shared/contracts/notifications/list-notifications.ts';
import { readAll } from '../shared/contracts/notifications/read-all.ts';
import { placeOrder } from '../shared/contracts/orders/place-order.ts';
import { createProduct } from '../shared/contracts/products/create-product.ts';
import { listProducts } from '../shared/contracts/products/list-products.ts';
import { toDecimal } from '../shared/money.ts';
import { isStaff, type Role } from '../shared/permissions.ts';
import type { Plan } from '../shared/plans.ts';
import { type DemoOrder, type DemoProduct, type Report, readDataset, rules } from './dataset.ts';
import { personOf } from './naming.ts';

/** A running platform. */
export interface Target {
  /** Where the web app and `/api` are. */
  base: string;
  endpoint: string;
  outputs: Record<string, Record<string, string>>;
  credentials: { accessKeyId: string; secretAccessKey: string };
  stateDir: string;
}

export const password = 'Demo-Passw0rd!';
export const demoAccounts: readonly { email: string; name: string; role: Role; plan: Plan }[] = [
  { email: 'admin@mewayz.test', name: 'Ada Admin', role: 'admin', plan: 'Enterprise' },
  { email: 'manager@mewayz.test', name: 'Mia Manager', role: 'manager', plan: 'Enterprise' },
  { email: 'moderator@mewayz.test', name: 'Max Moderator', role: 'moderator', plan: 'Pro' },
  { email: 'enterprise@mewayz.test', name: 'Emil Enterprise', role: 'enterprise', plan: 'Enterprise' },
  { email: 'user@mewayz.test', name: 'Uma User', role: 'user', plan: 'Free' },
];

/** Orders that `npm start` places: enough for a lively first page, and done in seconds. */
const NEWEST_ORDERS = 120;
/** Of these, the last ones are news to the staff; of the others they were told before you came. */
const UNREAD_ORDERS = 5;
const IN_PARALLEL = 8;
/** Milliseconds that lists and notifications are waited for. */
const FOLLOWS_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 500;
/** Products after which it is noted how far it has come. */
const SAVE_EVERY = 100;

/** Does the work for all items, a few at a time, in their order; the first failure stops it. */
export async function inParallel<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) await work(items[index] as T, index);
  };
  await Promise.all(Array.from({ length: IN_PARALLEL }, worker));
}

/** Tells how far it is: on a terminal always, elsewhere at each tenth. */
export function progress(label: string, total: number) {
  let done = 0;
  let told = 0;
  return () => {
    done++;
    const percent = Math.floor((done / total) * 10) * 10;
    if (percent > told || done === total) {
      told = percent;
      process.stdout.write(
        process.stdout.isTTY
          ? `\r${label} ${done} of ${total}${done === total ? '\n' : ''}`
          : `${label} ${done} of ${total}\n`,
      );
    }
  };
}

/** The accounts that one signs in as. Those that exist stay as they are. */
export async function ensureAccounts(target: Target): Promise<void> {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: target.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: target.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: target.credentials.secretAccessKey,
  });
  const deployment = deploymentOf(target.outputs);
  for (const account of demoAccounts) await createAccount(deployment, { ...account, password });
}

async function signIn(base: string, email: string): Promise<Client> {
  const { tokens } = await createClient({ baseUrl: `${base}/api/v1` }).call(login, {
    body: { email, password, delivery: 'body' },
  });
  const authorization = `Bearer ${tokens?.accessToken}`;
  return createClient({ baseUrl: `${base}/api/v1`, headers: () => ({ authorization }) });
}

const file = (stateDir: string) => join(stateDir, 'demo.json');
interface Loaded {
  /** Product ids by stock code. */
  products: Record<string, string>;
  orders: boolean;
}

const dataset = () => readDataset(readFileSync(join(import.meta.dirname, 'data/online-retail.csv'), 'utf8'));

export async function loadDemo(target: Target): Promise<void> {
  const marker = file(target.stateDir);
  const loaded: Loaded = existsSync(marker)
    ? JSON.parse(readFileSync(marker, 'utf8'))
    : { products: {}, orders: false };
  if (loaded.orders) return;
  const begun = performance.now();
  const { products, orders, report } = dataset();
  const save = () => writeFileSync(marker, JSON.stringify(loaded));
  const newest = orders.slice(-NEWEST_ORDERS);
  const ordered = new Set(newest.flatMap(({ lines }) => lines.map(({ sku }) => sku)));
  try {
    // What the orders need comes first: within seconds there is something to see, while the rest of the shop follows.
    await loadProducts(
      target,
      'Products of the newest orders',
      products.filter(({ sku }) => ordered.has(sku)),
      loaded.products,
    );
    const placed = await placeOrders(target, newest.slice(0, -UNREAD_ORDERS), loaded.products);
    await markRead(target, placed);
    await placeOrders(target, newest.slice(-UNREAD_ORDERS), loaded.products);
    await loadProducts(target, 'All other products', products, loaded.products, save);
    loaded.orders = true;
  } finally {
    save();
  }
  console.log(
    `Demo data loaded in ${((performance.now() - begun) / 1000).toFixed(0)} s: ${products.length} products and the ${NEWEST_ORDERS} newest of ${orders.length} orders.`,
  );
  tell(report);
}

/** What was left out of the file, and by which rule. */
function tell(report: Report): void {
  console.log(`Of ${report.rows} rows, ${report.used} are order lines; left out by rule:`);
  for (const [rule, count] of Object.entries(report.leftOut).filter(([, rows]) => rows > 0))
    console.log(`  ${String(count).padStart(5)}  ${rules[rule as keyof typeof rules]}`);
}

/** After loadDemo: all other orders of the file, with dates of the past year (see year.ts). */
export async function loadAll(target: Target): Promise<void> {
  const begun = performance.now();
  const { products, orders, report } = dataset();
  const { products: ids } = JSON.parse(readFileSync(file(target.stateDir), 'utf8')) as Loaded;
  const { loadYear } = await import('./year.ts');
  const { written, there } = await loadYear(
    deploymentOf(target.outputs),
    orders.slice(0, -NEWEST_ORDERS),
    ids,
    new Map(products.map(({ sku, name }) => [sku, name])),
    target.stateDir,
  );
  const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
  console.log(`The year is loaded: ${written} orders in ${seconds} s, ${there} were there. Lists and figures follow.`);
  tell(report);
}

/** The answer of a call with an Idempotency-Key, also when a load before this one was stopped in the middle of the same. */
async function afterEarlier<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === 'REQUEST_IN_PROGRESS')) throw error;
      await new Promise((resolve) => setTimeout(resolve, (error.retryAfter ?? 1) * 1_000));
    }
  }
}

/** Looks until something is there; undefined: it did not come in time. */
async function awaited<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const until = performance.now() + FOLLOWS_WITHIN_MS; performance.now() < until; ) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return undefined;
}

/** The company's product of this stock code; the list may not have it yet. */
const listed = (admin: Client, sku: string): Promise<{ id: string } | undefined> =>
  awaited(async () => {
    const { items } = await admin.call(listProducts, { query: { search: sku, creator: 'house' } });
    return items.find((item) => item.sku === sku);
  });

/** Fills `ids`, stock code → id, with those that it lacks. */
export async function loadProducts(
  target: Target,
  label: string,
  products: readonly DemoProduct[],
  ids: Record<string, string>,
  save?: () => void,
): Promise<void> {
  const missing = products.filter(({ sku }) => ids[sku] === undefined);
  if (missing.length === 0) return;
  const admin = await signIn(target.base, 'admin@mewayz.test');
  const step = progress(label, missing.length);
  await inParallel(missing, async (product) => {
    const { sku, name, category, tags, status, stock, lowStockThreshold } = product;
    const make = () =>
      admin.call(createProduct, {
        idempotencyKey: `demo-product-${sku}`,
        body: {
          name,
          description: `${name}, stock code ${sku}.`,
          price: toDecimal(product.price, 'GBP'),
          category,
          tags,
          sku,
          status,
          inventory: { stock, lowStockThreshold },
        },
      });
    const made = await afterEarlier(make).catch(async (error: unknown) => {
      if (!(error instanceof ApiProblem && error.code === 'DUPLICATE_ENTITY')) throw error;
      // A load of another day has made it, and was ended before it noted that.
      const there = await listed(admin, sku);
      if (!there) throw error;
      return there;
    });
    ids[sku] = made.id;
    if (Object.keys(ids).length % SAVE_EVERY === 0) save?.();
    step();
  });
}

/** Answers how many there are then. */
async function placeOrders(
  target: Target,
  orders: readonly DemoOrder[],
  ids: Readonly<Record<string, string>>,
): Promise<number> {
  const deployment = deploymentOf(target.outputs);
  const buyers = Map.groupBy(orders, ({ customer }) => customer);
  const step = progress('Orders', orders.length);
  const refused: string[] = [];
  await inParallel([...buyers], async ([customer, theirs]) => {
    const person = personOf(customer);
    await createAccount(deployment, { ...person, role: 'user', password });
    const buyer = await signIn(target.base, person.email);
    for (const { invoice, lines } of theirs) {
      const body = {
        lines: lines.flatMap(({ sku, quantity }) => (ids[sku] ? [{ productId: ids[sku], quantity }] : [])),
      };
      const place = () => buyer.call(placeOrder, { idempotencyKey: `demo-order-${invoice}`, body });
      await afterEarlier(place).catch((error: unknown) => {
        if (!(error instanceof ApiProblem) || error.status >= 500 || error.status === 0) throw error;
        refused.push(`${invoice}: ${error.message}`);
      });
      step();
    }
  });
  for (const line of refused) console.log(`  order ${line}`);
  return orders.length - refused.length;
}

/** Marks what the staff were told as read, once they were told of this many orders: a bell with a hundred unread ones says nothing. */
async function markRead(target: Target, orders: number): Promise<void> {
  const staff = demoAccounts.filter(({ role }) => isStaff(role));
  const people = await Promise.all(staff.map(({ email }) => signIn(target.base, email)));
  const [first] = people;
  if (first)
    await awaited(async () => {
      const { pagination } = await first.call(listNotifications, { query: { limit: '1' } });
      return pagination.totalItems >= orders || undefined;
    });
  await Promise.all(people.map((person) => person.call(readAll, { body: {} })));
}
