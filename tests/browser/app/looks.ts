/** Every page of the app in every width and theme: sound, and kept as a picture to look at. And that nothing moves while a page fills. */
import type { Page } from 'playwright-core';
import { listOrders } from '../../../shared/contracts/orders/list-orders.ts';
import { listProducts } from '../../../shared/contracts/products/list-products.ts';
import { eventually } from '../../support/observe.ts';
import { signIn } from '../../support/people.ts';
import { newOrder, newProduct, untilListed } from '../../support/products.ts';
import { type BrowserUnderTest, expectSoundInAllLooks, startBrowser } from '../support.ts';

let under: BrowserUnderTest;
const people: Partial<Record<'admin' | 'user' | 'enterprise', { id: string; email: string }>> = {};
const records = { product: '', order: '' };

beforeAll(async () => {
  under = await startBrowser();
  people.admin = await under.account('admin', 'Ada Lovelace');
  people.user = await under.account('user', 'Uma User');
  people.enterprise = await under.account('enterprise', 'Ann Archer');
  const { api } = await signIn(under.platform, people.admin.email);
  const products: string[] = [];
  for (const [name, price, stock] of [
    ['White hanging heart T-light holder, with a name that is longer than any table is wide', '2.55', 40],
    ['Jumbo bag red retrospot', '1234.50', 3],
    ['Lunch bag', '0.85', 0],
  ] as const)
    products.push(
      await newProduct(api, stock, {
        name,
        price,
        tags: ['gift', 'red'],
        description: 'A light.\n\nFor the garden.',
        status: stock > 10 ? 'published' : 'draft',
        inventory: { stock, lowStockThreshold: 5 },
      }),
    );
  [records.product = ''] = products;
  const orders: string[] = [];
  for (const quantity of [1, 2, 3]) orders.push(await newOrder(api, records.product, quantity, 'Ring twice'));
  records.order = orders.at(-1) ?? '';
  await untilListed(api, listProducts, products);
  await untilListed(api, listOrders, orders);
}, 180_000);
afterAll(async () => {
  await under?.stop();
}, 60_000);

const pages = (): Record<string, [path: string, shows: (page: Page) => Promise<unknown>]> => {
  const heading = (name: string | RegExp) => (page: Page) => page.getByRole('heading', { level: 1, name }).waitFor();
  return {
    dashboard: ['/dashboard', (page) => page.getByRole('img', { name: /^Orders over time/ }).waitFor()],
    products: ['/products', (page) => page.getByText('Jumbo bag red retrospot').waitFor()],
    product: [`/products/${records.product}`, heading(/^White hanging heart/)],
    'product-edit': [`/products/${records.product}/edit`, heading(/^Edit White hanging heart/)],
    'product-new': ['/products/new', heading('New product')],
    orders: ['/orders', (page) => page.getByText(/^MW-/).first().waitFor()],
    order: [`/orders/${records.order}`, (page) => page.getByText('Order placed').waitFor()],
    'order-new': [`/orders/new?product=${records.product}`, (page) => page.getByLabel(/^Quantity of White/).waitFor()],
    users: ['/users', (page) => page.getByText('Ann Archer').waitFor()],
    user: [`/users/${people.enterprise?.id}`, heading('Ann Archer')],
    'user-invite': ['/users/invite', heading('Invite a user')],
    'user-import': ['/users/import', heading('Import users')],
    'audit-log': ['/admin/audit-log', (page) => page.locator('[data-row-link]').first().waitFor()],
    'platform-settings': ['/admin/settings', (page) => page.getByLabel('Enterprise').waitFor()],
    notifications: [
      '/notifications',
      (page) => page.locator('main [data-row-link]').or(page.getByText('Nothing to tell yet')).first().waitFor(),
    ],
    settings: ['/settings', (page) => page.getByRole('heading', { name: 'About you' }).waitFor()],
    appearance: ['/settings/appearance', (page) => page.getByRole('radiogroup', { name: 'Theme' }).waitFor()],
  };
};

test('every page of the app is sound in every width, in light and in dark', async () => {
  const page = await under.page();
  await under.signIn(page, people.admin?.email ?? '');
  for (const [name, [path, shows]] of Object.entries(pages())) {
    await page.goto(path);
    await shows(page);
    await expectSoundInAllLooks(under, page, `app/${name}`);
  }
}, 600_000);

test('nothing moves while the dashboard fills, for sellers, staff and buyers', async () => {
  for (const role of ['admin', 'enterprise', 'user'] as const)
    for (const width of ['phone', 'wide'] as const) {
      // What a first visit has to fetch comes late, and moves what stands there.
      const page = await under.page(width, 'light', { alone: true });
      await under.signIn(page, people[role]?.email ?? '');
      await page.addInitScript(() => {
        const shifts: string[] = [];
        Object.assign(globalThis, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & {
            sources: { node?: Element; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
          })[])
            for (const { node, previousRect, currentRect } of entry.sources)
              shifts.push(`${node?.textContent?.slice(0, 40)}: ${previousRect.y} → ${currentRect.y}`);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await page.goto('/dashboard');
      if (role === 'user') await page.getByText('No orders yet').waitFor();
      else await page.getByRole('img', { name: /^Orders over time/ }).waitFor();
      await page.waitForLoadState('networkidle');
      const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts);
      expect({ role, width, shifts }).toEqual({ role, width, shifts: [] });
      await under.release(page);
    }
}, 90_000);

test('who is signed in is asked for once a visit, and before the code of the page has come', async () => {
  const page = await under.page('wide', 'light', { alone: true });
  await under.signIn(page, people.admin?.email ?? '');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/settings');
  await page.getByRole('heading', { name: 'About you' }).waitFor();
  expect(asked.filter((path) => path === '/api/v1/auth/me')).toHaveLength(1);
}, 60_000);

test('a page fetches another only when somebody points at its link or comes to it by keyboard', async () => {
  const page = await under.page();
  await under.signIn(page, people.admin?.email ?? '');
  const fetched = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.txt')) fetched.add(`/${pathname.split('/')[1]}`);
  });
  await page.goto('/products');
  await page.getByText('Jumbo bag red retrospot').waitFor();
  await page.waitForLoadState('networkidle');
  expect([...fetched]).toEqual([]);
  const link = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name });
  await link('Orders').hover();
  await eventually('the page is fetched', () => fetched.has('/orders'));
  await link('Users').focus();
  await eventually('the page is fetched', () => fetched.has('/users'));
  expect([...fetched].sort()).toEqual(['/orders', '/users']);
}, 60_000);
