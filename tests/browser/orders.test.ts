/** The journey through the shop in a real browser: a product is made, ordered, watched on the dashboard, and the order taken back. */
import type { Page } from 'playwright-core';
import { type BrowserUnderTest, expectSound, shot, startBrowser } from './support.ts';

let under: BrowserUnderTest;
let admin: { email: string };
beforeAll(async () => {
  under = await startBrowser();
  admin = await under.account('admin', 'Ada Lovelace');
}, 180_000);
afterAll(async () => {
  await under?.stop();
}, 60_000);

const WITHIN_MS = 5_000;

/** The figure of a card on the dashboard as it stands there. */
function figure(page: Page, label: string) {
  return page
    .getByRole('region', { name: 'Key figures' })
    .locator('p', { hasText: new RegExp(`^${label}$`) })
    .locator('xpath=following-sibling::div[1]/p');
}

test('a product is created and ordered, the dashboard follows without reload, and a cancellation takes it all back', async () => {
  const watching = await under.page();
  await under.signIn(watching, admin.email);
  await watching.goto('/dashboard');
  await figure(watching, 'Orders').getByText('0', { exact: true }).waitFor();

  const page = await under.page();
  await under.signIn(page, admin.email);
  await page.goto('/products');
  await page.getByText('No products yet').waitFor();
  await expectSound(page);
  await page.getByRole('link', { name: 'New product' }).first().click();
  await page.getByLabel('Name').fill('Jam jar with pink lid');
  await page.getByLabel('Category').fill('kitchen');
  await page.getByLabel('Tags').fill('jar,gift');
  await page.getByLabel('Tags').press('Enter');
  await page.getByLabel('Price').fill('2.55');
  await page.getByLabel('In stock').fill('5');
  await page.getByRole('radio', { name: 'Published' }).check();
  await page.getByRole('button', { name: 'Create product' }).click();
  await page.getByRole('heading', { level: 1, name: 'Jam jar with pink lid' }).waitFor();
  expect(page.url()).toMatch(/\/products\/prd_[0-9A-Z]{26}$/);
  await expectSound(page);

  await page.getByRole('link', { name: 'Order', exact: true }).click();
  const quantity = page.getByLabel('Quantity of Jam jar with pink lid');
  await quantity.fill('9');
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByText('Only 5 left in stock.').waitFor();
  await expectSound(page);
  await shot(page, 'orders/out-of-stock');
  await quantity.fill('2');
  await page.getByText('£5.10').first().waitFor();
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByRole('heading', { level: 1, name: /^MW-/ }).waitFor();
  await page.getByText('Order placed').waitFor();
  const placed = performance.now();
  await figure(watching, 'Orders').getByText('1', { exact: true }).waitFor({ timeout: WITHIN_MS });
  await figure(watching, 'Revenue').getByText('£5.10').waitFor({ timeout: WITHIN_MS });
  expect(performance.now() - placed).toBeLessThan(WITHIN_MS);
  await expectSound(page);
  await expectSound(watching);

  // A reload and a direct link show the same order.
  await page.reload();
  await page.getByText('Order placed').waitFor();
  await page.getByRole('button', { name: 'Cancel order' }).click();
  await page.getByLabel('Reason').fill('Ordered twice');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel order' }).click();
  await page.getByText('This order is cancelled').waitFor();
  await page.getByText('Order cancelled').waitFor();
  await figure(watching, 'Cancelled orders').getByText('1', { exact: true }).waitFor({ timeout: WITHIN_MS });
  await figure(watching, 'Orders').getByText('0', { exact: true }).waitFor({ timeout: WITHIN_MS });
  await expectSound(page);
}, 120_000);

test('the same journey needs no mouse', async () => {
  const page = await under.page();
  await under.signIn(page, admin.email);
  await page.goto('/dashboard');
  await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor();
  const { keyboard } = page;
  await keyboard.press('g');
  await keyboard.press('p');
  await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor();
  await page.getByRole('link', { name: 'New product' }).first().focus();
  await keyboard.press('Enter');
  await page.getByLabel('Name').focus();
  await keyboard.type('Paper lantern');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.type('lighting');
  await page.getByLabel('Price').focus();
  await keyboard.type('4');
  await page.getByLabel('In stock').focus();
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  await page.getByRole('radio', { name: 'Draft' }).focus();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Paper lantern' }).waitFor();

  await page.goto('/orders/new');
  await page.getByRole('combobox', { name: 'Add a product' }).focus();
  await keyboard.type('paper lan');
  await page.getByRole('option', { name: /Paper lantern/ }).waitFor();
  await keyboard.press('Enter');
  const quantity = page.getByLabel('Quantity of Paper lantern');
  await quantity.focus();
  await keyboard.press('ArrowUp');
  expect(await quantity.inputValue()).toBe('2');
  await keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /^MW-/ }).waitFor();
  await page.getByRole('button', { name: 'Cancel order' }).focus();
  await keyboard.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel order' }).focus();
  await keyboard.press('Enter');
  await page.getByText('This order is cancelled').waitFor();
  await expectSound(page);
}, 120_000);
