/** The bell and the page of notifications: what happens reaches whoever it concerns while they look on. */
import type { Page } from 'playwright-core';
import { placeOrder } from '../../../shared/contracts/orders/place-order.ts';
import { usualPreferences } from '../../../shared/contracts/users/preferences.ts';
import { replacePreferences } from '../../../shared/contracts/users/replace-preferences.ts';
import { dataOf } from '../../support/api.ts';
import { newPerson, type Person, signIn } from '../../support/people.ts';
import { newProduct } from '../../support/products.ts';
import {
  type BrowserUnderTest,
  expectSound,
  expectSoundInBothThemes,
  shot,
  startBrowser,
  type Width,
} from '../support.ts';

jest.setTimeout(120_000);
let under: BrowserUnderTest;
let buyer: Person;
beforeAll(async () => {
  under = await startBrowser();
  buyer = await newPerson(under.platform, 'user');
});
afterAll(async () => {
  await under?.stop();
});

const bell = (page: Page) => page.getByRole('button', { name: /^Notifications/ });
const panel = (page: Page) => page.getByRole('dialog', { name: 'Notifications' });
const unread = (page: Page, count: number) =>
  page.getByRole('button', { name: count === 0 ? 'Notifications' : `Notifications, ${count} unread`, exact: true });

/** A seller who looks at their settings, and something of theirs to buy. */
async function shop(width?: Width) {
  const seller = await under.account('enterprise', 'Sol Seller');
  const { api } = await signIn(under.platform, seller.email);
  // That they sign in by a browser too is no news here.
  const { notifications } = usualPreferences;
  const securityAlerts = { ...notifications.securityAlerts, inApp: false };
  const body = { ...usualPreferences, notifications: { ...notifications, securityAlerts } };
  dataOf(await api.call(replacePreferences, { params: { id: seller.id }, body }));
  const productId = await newProduct(api, 100, { name: 'Jam jar' });
  const page = await under.page(width);
  await under.signIn(page, seller.email);
  const order = async (): Promise<string> =>
    dataOf(await buyer.api.call(placeOrder, { body: { lines: [{ productId, quantity: 2 }] } })).number;
  return { page, order };
}

test('an order of somebody else appears in the seller’s bell while they look on, and is read by opening it', async () => {
  const { page, order } = await shop();
  await page.goto('/settings');
  await unread(page, 0).waitFor();
  const first = await order();
  await unread(page, 1).waitFor();
  await page.getByRole('status').filter({ hasText: '1 unread notification' }).waitFor({ state: 'attached' });
  await order();
  await unread(page, 2).waitFor();

  await bell(page).click();
  const entry = panel(page).getByRole('link', { name: new RegExp(`New order ${first}`) });
  await entry.getByText('2 items for £5.10').waitFor();
  await entry.getByText('Unread').waitFor();
  await shot(page, 'notifications/bell-wide-light');
  await expectSound(page);
  await entry.click();
  await page.getByRole('heading', { level: 1, name: first }).waitFor();
  await unread(page, 1).waitFor();

  await bell(page).click();
  await panel(page).getByRole('button', { name: 'Mark all read' }).click();
  await unread(page, 0).waitFor();
  await panel(page).getByText('Unread').first().waitFor({ state: 'detached' });
  await page.reload();
  await bell(page).waitFor();
  await unread(page, 0).waitFor();
  await order();
  await unread(page, 1).waitFor();
  await expectSound(page);
});

test('by keyboard alone: the bell opens, its entries are walked, Escape gives the focus back', async () => {
  const { page, order } = await shop();
  const number = await order();
  await page.goto('/settings');
  await unread(page, 1).waitFor();
  await bell(page).focus();
  await page.keyboard.press('Enter');
  await panel(page).getByText(`New order ${number}`).waitFor();
  await page.keyboard.press('Escape');
  await panel(page).waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Notifications, 1 unread');
  await page.keyboard.press('Enter');
  const entry = panel(page).getByRole('link', { name: new RegExp(`New order ${number}`) });
  await entry.waitFor();
  for (let i = 0; i < 5 && !(await entry.evaluate((link) => link === document.activeElement)); i++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: number }).waitFor();
});

test('who was told nothing yet is told so, and trouble is said and passes', async () => {
  const { email } = await under.account('user');
  const page = await under.page();
  await under.signIn(page, email);
  await page.goto('/notifications');
  await page.getByText('Nothing to tell yet').waitFor();
  await expectSound(page);
  await bell(page).click();
  await panel(page).getByText('Nothing to tell yet').waitFor();
  await expectSound(page);
  await page.keyboard.press('Escape');

  await page.route('**/api/v1/notifications**', (route) => route.abort());
  await page.reload();
  await page.getByRole('alert').filter({ hasText: 'The service can not be reached' }).first().waitFor();
  await bell(page).click();
  await panel(page).getByRole('alert').waitFor();
  await page.unroute('**/api/v1/notifications**');
  await panel(page).getByText('Nothing to tell yet').waitFor();
});

test.each<Width>(['wide', 'phone'])('the page lists, filters and marks what one was told: %s', async (width) => {
  const { page, order } = await shop(width);
  for (let i = 0; i < 3; i++) await order();
  await page.goto('/notifications');
  await unread(page, 3).waitFor();
  await page
    .getByRole('link', { name: /New order/ })
    .nth(2)
    .waitFor();
  await shot(page, `notifications/page-${width}`);
  await bell(page).click();
  await panel(page)
    .getByText(/New order/)
    .first()
    .waitFor();
  await expectSoundInBothThemes(page, `notifications/panel-${width}`);
  await page.keyboard.press('Escape');

  await page
    .getByRole('link', { name: /New order/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: /^MW-/ }).waitFor();
  await page.goBack();
  await page.goto('/notifications?unread=true');
  await page
    .getByRole('link', { name: /New order/ })
    .nth(1)
    .waitFor();
  expect(await page.getByRole('link', { name: /New order/ }).count()).toBe(2);
  await page.getByRole('button', { name: 'Mark all read' }).click();
  await page.getByText('No notifications match').waitFor();
  await unread(page, 0).waitFor();
  await page.goto('/notifications?kind=lowStock');
  await page.getByText('No notifications match').waitFor();
  await expectSoundInBothThemes(page, `notifications/none-${width}`);
});
