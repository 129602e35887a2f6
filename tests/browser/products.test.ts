/** The list of products, and its editor, when all is well and when the API is not. */
import type { Page, Route } from 'playwright-core';
import { pathOf } from '../../shared/contracts/contract.ts';
import { createProduct } from '../../shared/contracts/products/create-product.ts';
import { eventually } from '../support/observe.ts';
import { type BrowserUnderTest, expectSound, shot, startBrowser, type Theme, type Width } from './support.ts';

let under: BrowserUnderTest;
let admin: { email: string };
const names = Array.from({ length: 30 }, (_, n) => `Lantern ${String(n + 1).padStart(2, '0')}`);

/** What a browser says of requests that its own pages make. */
const sameOrigin = { 'sec-fetch-site': 'same-origin' };

async function post(page: Page, body: Record<string, unknown>) {
  const response = await page.request.post(`/api/v1${pathOf(createProduct)}`, {
    data: body,
    headers: { ...sameOrigin, 'idempotency-key': crypto.randomUUID() },
  });
  expect(response.status()).toBe(201);
  return (await response.json()).data as { id: string; version: number };
}
async function signedIn(width: Width = 'wide', theme: Theme = 'light') {
  const page = await under.page(width, theme);
  await under.signIn(page, admin.email);
  return page;
}
const rows = (page: Page) => page.getByRole('region', { name: 'Table of products' }).locator('[data-row-link]');

beforeAll(async () => {
  under = await startBrowser();
  admin = await under.account('admin', 'Ada Lovelace');
  const page = await signedIn();
  for (const [n, name] of names.entries())
    await post(page, {
      name,
      price: `${n + 1}.50`,
      category: n % 2 === 0 ? 'lighting' : 'garden',
      status: n < 25 ? 'published' : 'draft',
      inventory: { stock: n, lowStockThreshold: 5, trackInventory: true },
    });
  await eventually('all products are listed', async () => {
    const listed = await page.request.get('/api/v1/products?limit=1');
    return (await listed.json()).pagination.totalItems === names.length;
  });
}, 180_000);
afterAll(async () => {
  await under?.stop();
}, 60_000);

test('the list is sound in each width and theme', async () => {
  for (const [width, theme] of [
    ['wide', 'light'],
    ['wide', 'dark'],
    ['tablet', 'light'],
    ['phone', 'light'],
    ['phone', 'dark'],
  ] as const) {
    const page = await signedIn(width, theme);
    await page.goto('/products');
    await page.getByText('Lantern 30').waitFor();
    await expectSound(page);
    await shot(page, `products/list-${width}-${theme}`);
    await page.context().close();
  }
}, 120_000);

test('what the table shows stands in the address: back and reload restore it', async () => {
  const page = await signedIn();
  await page.goto('/products');
  await rows(page).first().waitFor();
  await page.getByRole('button', { name: 'Status' }).click();
  await page.getByRole('menuitemradio', { name: 'Published' }).click();
  await page.getByText('1–25 of 25').waitFor();
  await page.getByRole('columnheader', { name: 'Price' }).getByRole('button').click();
  await eventually('the cheapest stands first', async () => (await rows(page).first().textContent()) === 'Lantern 01');
  await page.getByRole('searchbox', { name: 'Search products' }).fill('lantern 21');
  await eventually('the search is in the address', async () => page.url().includes('search=lantern+21'));
  await eventually('the rows are those searched for', async () => (await rows(page).count()) === 1);
  const url = page.url();
  expect(new URL(url).search).toBe('?search=lantern+21&status=published&sort=price&order=asc');

  await rows(page).first().click();
  await page.getByRole('heading', { level: 1, name: 'Lantern 21' }).waitFor();
  await page.goBack();
  await eventually('the list is as it was', async () => page.url() === url && (await rows(page).count()) === 1);
  expect(await page.getByRole('searchbox', { name: 'Search products' }).inputValue()).toBe('lantern 21');
  await page.reload();
  await eventually('the list is as it was', async () => (await rows(page).count()) === 1);
  expect(await page.getByRole('searchbox', { name: 'Search products' }).inputValue()).toBe('lantern 21');
  await page.getByRole('searchbox', { name: 'Search products' }).fill('nothing like it');
  await page.getByText('No products match').waitFor();
  await expectSound(page);
}, 60_000);

test('rows are walked, selected and opened by keys; chosen rows are changed one by one', async () => {
  const page = await signedIn();
  await page.goto('/products?status=draft&sort=name&order=asc');
  await rows(page).first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('2 selected').waitFor();
  await expectSound(page);
  await page.getByRole('toolbar', { name: 'Chosen rows' }).getByRole('button', { name: 'Publish' }).click();
  await page.getByText('2 products published').first().waitFor();
  await eventually('they left the list of drafts', async () => (await rows(page).count()) === 3);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Lantern 28' }).waitFor();
}, 60_000);

test('a page says that the API is slow, refuses or fails, and goes on by itself', async () => {
  const envelope = (code: string) =>
    JSON.stringify({ success: false, error: { code, message: code }, timestamp: '', requestId: 'req_test' });
  const answers: [string, string, (route: Route) => Promise<void>][] = [
    ['500', 'Something went wrong on our side', (r) => r.fulfill({ status: 500, body: envelope('INTERNAL_ERROR') })],
    [
      '429',
      'Too many tries',
      (r) => r.fulfill({ status: 429, headers: { 'retry-after': '1' }, body: envelope('RATE_LIMITED') }),
    ],
    ['no answer', 'can not be reached', (r) => r.abort('connectionrefused')],
  ];
  for (const [name, words, answer] of answers) {
    const page = await signedIn();
    await page.route('**/api/v1/products?*', answer);
    await page.goto('/products');
    await page.getByRole('main').getByText(words).first().waitFor();
    await shot(page, `products/trouble-${name.replaceAll(' ', '-')}`);
    await page.unroute('**/api/v1/products?*');
    await rows(page).first().waitFor({ timeout: 20_000 });
    await page.context().close();
  }
  const page = await signedIn();
  await page.route('**/api/v1/products?*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await route.continue();
  });
  await page.goto('/products');
  await page.getByText('Loading products').waitFor({ state: 'attached' });
  await rows(page).first().waitFor();
}, 120_000);

test('a form keeps what was typed when saving fails, and saves once the API is back', async () => {
  const page = await signedIn();
  await page.goto('/products/new');
  await page.getByLabel('Name').fill('Kept lantern');
  await page.getByLabel('Category').fill('lighting');
  await page.getByLabel('Price').fill('3');
  const keys: (string | undefined)[] = [];
  let failures = 0;
  await page.route('**/api/v1/products', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push(route.request().headers()['idempotency-key']);
    if (failures++ < 2) return route.fulfill({ status: 500, contentType: 'application/json', body: '{}' });
    return route.continue();
  });
  await page.getByRole('button', { name: 'Create product' }).click();
  await page.getByText('Trying again').first().waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('Kept lantern');
  await page.getByRole('heading', { level: 1, name: 'Kept lantern' }).waitFor({ timeout: 20_000 });
  expect(new Set(keys).size).toBe(1);

  await page.goto('/products/new');
  await page.getByLabel('Name').fill('Half a lantern');
  await page.reload();
  await page.getByText('What you typed before was kept').waitFor();
  expect(await page.getByLabel('Name').inputValue()).toBe('Half a lantern');
  await page.getByRole('button', { name: 'Create product' }).click();
  await page.getByText('This is needed.').first().waitFor();
  await expectSound(page);
}, 90_000);

test('two people who change the same product are asked what stands, and neither overwrites the other unseen', async () => {
  const page = await signedIn();
  const { id } = await post(page, { name: 'Shared lantern', price: '5', category: 'lighting' });
  await page.goto(`/products/${id}/edit`);
  await page.getByLabel('Name').fill('My lantern');
  const theirs = await page.request.patch(`/api/v1/products/${id}`, {
    data: { price: '6.00' },
    headers: sameOrigin,
  });
  expect(theirs.status()).toBe(200);
  await page.getByRole('button', { name: 'Save changes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Somebody else changed this product' });
  await dialog.getByText('My lantern').waitFor();
  await expectSound(page);
  await dialog.getByRole('button', { name: 'Save my changes over theirs' }).click();
  await page.getByRole('heading', { level: 1, name: 'My lantern' }).waitFor();
  await page.getByText('£6.00').waitFor();
}, 60_000);
