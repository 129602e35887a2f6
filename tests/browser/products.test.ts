/** The list of products, and its editor, when all is well and when the API is not. */
import type { Page } from 'playwright-core';
import { listProducts } from '../../shared/contracts/products/list-products.ts';
import type { Api } from '../support/api.ts';
import { eventually } from '../support/observe.ts';
import { signIn } from '../support/people.ts';
import { newProduct, untilListed } from '../support/products.ts';
import { withManyProducts } from './many-products.ts';
import { type BrowserUnderTest, expectSound, startBrowser } from './support.ts';

let under: BrowserUnderTest;
let admin: { email: string };
let api: Api;
const names = Array.from({ length: 30 }, (_, n) => `Lantern ${String(n + 1).padStart(2, '0')}`);

async function signedIn(options: { alone?: boolean } = {}) {
  const page = await under.page('wide', 'light', options);
  await under.signIn(page, admin.email);
  return page;
}
const rows = (page: Page) => page.getByRole('region', { name: 'Table of products' }).locator('[data-row-link]');

beforeAll(async () => {
  under = await startBrowser();
  admin = await under.account('admin', 'Ada Lovelace');
  ({ api } = await signIn(under.platform, admin.email));
  const ids: string[] = [];
  for (const [n, name] of names.entries())
    ids.push(
      await newProduct(api, n, {
        name,
        price: `${n + 1}.50`,
        category: n % 2 === 0 ? 'lighting' : 'garden',
        status: n < 25 ? 'published' : 'draft',
        inventory: { stock: n, lowStockThreshold: 5, trackInventory: true },
      }),
    );
  await untilListed(api, listProducts, ids);
}, 180_000);
afterAll(async () => {
  await under?.stop();
}, 60_000);

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

test('what was typed into a form outlives a reload, and what is missing is told at its field', async () => {
  const page = await signedIn();
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
  const id = await newProduct(api, 0, { name: 'Shared lantern', price: '5', status: 'draft' });
  await page.goto(`/products/${id}/edit`);
  await page.getByLabel('Name').fill('My lantern');
  const theirs = await page.request.patch(`/api/v1/products/${id}`, {
    data: { price: '6.00' },
    // What a browser says of requests that its own pages make.
    headers: { 'sec-fetch-site': 'same-origin' },
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

test('among 100,000 products, numbers lead to page 400 and cursors beyond, back, forward and through a reload', async () => {
  const page = await signedIn({ alone: true });
  await withManyProducts(page);
  const shows = (name: string) => rows(page).first().getByText(name, { exact: true }).waitFor();
  const press = (name: string) => page.getByRole('button', { name }).click();
  // Deeper than numbers reach: the deepest that they do.
  await page.goto('/products?page=9999');
  await shows('Product 9976');
  await page.getByText('9,976–10,000 of 10,000+').waitFor();
  await press('Next page');
  await shows('Product 10001');
  await page.getByText('10,001–10,025 of 10,025+').waitFor();
  await press('Next page');
  await shows('Product 10026');
  await expectSound(page);
  const url = page.url();
  expect(new URL(url).searchParams.get('cursor')).toBe('page 402');
  await press('Previous page');
  await shows('Product 10001');
  await page.goBack();
  await shows('Product 10026');
  await page.reload();
  await shows('Product 10026');
  expect(page.url()).toBe(url);
  // The way here is forgotten: the nearest page that can be told.
  await press('Previous page');
  await shows('Product 9976');
}, 60_000);
