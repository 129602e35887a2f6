/** What people do with themselves: their picture, what they say of themselves, their data to take along, and leaving for good. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { login } from '../../../shared/contracts/auth/login.ts';
import { apiAt, dataOf } from '../../support/api.ts';
import { eventually } from '../../support/observe.ts';
import { newProduct } from '../../support/products.ts';
import { type BrowserUnderTest, expectSound, expectSoundInAllLooks, password, shot, startBrowser } from '../support.ts';

let under: BrowserUnderTest;
let admin: { id: string; email: string };
let png: Buffer;
beforeAll(async () => {
  under = await startBrowser();
  admin = await under.account('admin', 'Ada Lovelace');
  png = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#2a6' } })
    .png()
    .toBuffer();
}, 180_000);
afterAll(async () => {
  await under?.stop();
}, 60_000);

async function signedIn(email: string): Promise<Page> {
  const page = await under.page();
  await under.signIn(page, email);
  return page;
}
const choose = (page: Page, name: string, mimeType: string, buffer: Buffer) =>
  page.getByLabel('Your picture').setInputFiles({ name, mimeType, buffer });
const isSeen = (page: Page, within: string) =>
  page.waitForFunction(
    (selector) => {
      const image = document.querySelector<HTMLImageElement>(`${selector} img[src^="/media/avatars/"]`);
      return image?.complete && image.naturalWidth > 0;
    },
    within,
    { timeout: 30_000 },
  );

test('a picture is chosen, looked at, sent, and seen wherever its owner is named', async () => {
  const ann = await under.account('user', 'Ann Archer');
  const page = await signedIn(ann.email);
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Add a picture' }).click();
  await choose(page, 'me.png', 'image/png', png);
  await page.getByAltText('How you will look').waitFor();
  await shot(page, 'profile/preview');
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.getByText('Your picture was changed').first().waitFor({ timeout: 40_000 });
  await isSeen(page, 'main');
  await isSeen(page, 'header');
  await expectSound(page);

  const staff = await signedIn(admin.email);
  await staff.goto(`/users/${ann.id}`);
  await isSeen(staff, 'main');
  await staff.goto('/users');
  await isSeen(staff, 'table');

  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Add a picture' }).waitFor();
  expect(await page.locator('main img').count()).toBe(0);
}, 120_000);

test('what is no picture is refused with the reason, by its name at once and by what is in it after a look', async () => {
  const { email } = await under.account('user');
  const page = await signedIn(email);
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Add a picture' }).click();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  await choose(page, 'me.svg', 'image/svg+xml', svg);
  await page.getByText('The file is not a PNG, JPEG or WebP picture.').waitFor();
  await expectSound(page);
  await shot(page, 'profile/refused');
  await choose(page, 'me.png', 'image/png', svg);
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.getByText('The picture was refused').waitFor({ timeout: 30_000 });
  await page.getByText('The file is not a PNG, JPEG or WebP picture.').waitFor();
  expect(await page.locator('main img').count()).toBe(0);
}, 90_000);

test('names and everything else are saved, and what the API refuses stands at its field', async () => {
  const { email } = await under.account('user', 'Bob Brown');
  const page = await signedIn(email);
  await page.goto('/settings');
  await page.getByLabel('Company').fill('Brown Ltd');
  await page.getByLabel('User name').fill('-x');
  await page.getByRole('button', { name: 'Save account' }).click();
  await page.getByText(/Must be 3 to 32 letters/).waitFor();
  await page.getByLabel('User name').fill('bob.brown');
  await page.getByRole('button', { name: 'Save account' }).click();
  await page.getByText('Your account was saved').first().waitFor();
  await page.getByLabel('First name').fill('Bob');
  await page.getByLabel('Phone').fill('+44 20 7946 0000');
  await page.getByLabel('Time zone').selectOption('Europe/London');
  await page.getByRole('button', { name: 'Save about you' }).click();
  await page.getByText('Your profile was saved').first().waitFor();
  await page.reload();
  await page.getByLabel('Phone').waitFor();
  expect(await page.getByLabel('Company').inputValue()).toBe('Brown Ltd');
  expect(await page.getByLabel('Phone').inputValue()).toBe('+442079460000');
  expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/London');
}, 90_000);

test('a form stays with whoever types into it while the other one comes', async () => {
  const { email } = await under.account('user');
  const page = await under.page('wide', 'light', { alone: true });
  await under.signIn(page, email);
  const typed = Promise.withResolvers<void>();
  await page.route('**/api/v1/users/*/profile', async (route) => {
    await typed.promise;
    await route.continue();
  });
  await page.goto('/settings');
  const company = page.getByLabel('Company');
  await company.fill('Brown Ltd');
  await company.evaluate((field) => {
    const look = () => {
      if (document.activeElement !== field) document.documentElement.dataset.left = 'the focus is gone';
      requestAnimationFrame(look);
    };
    look();
  });
  typed.resolve();
  await page.getByLabel('Phone').waitFor();
  expect(await page.locator('html').getAttribute('data-left')).toBeNull();
  expect(await company.inputValue()).toBe('Brown Ltd');
}, 90_000);

test('the data to take along holds the order, and who deletes their account is out for good while the order stays', async () => {
  const { platform } = under;
  const pia = await under.account('user', 'Pia Person');
  const nobody = apiAt(`${platform.web}/api/v1`);
  const token = async (email: string) => {
    const { tokens } = dataOf(await nobody.call(login, { body: { email, password, delivery: 'body' } }));
    return { authorization: `Bearer ${tokens.accessToken}` };
  };
  const staffApi = apiAt(`${platform.web}/api/v1`, await token(admin.email));
  const productId = await newProduct(staffApi, 5);
  const api = apiAt(`${platform.web}/api/v1`, await token(pia.email));
  const order = dataOf(
    await api.send(`/users/${pia.id}/orders`, { method: 'POST', body: { lines: [{ productId, quantity: 1 }] } }),
  );

  const page = await signedIn(pia.email);
  await page.goto('/settings/my-data');
  // Lists follow orders a moment later.
  await eventually('the order is listed', async () => dataOf(await api.send(`/users/${pia.id}/orders`)).length === 1);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download my data' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^mewayz-personal-data-[\d-]+\.json$/);
  const data = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(data).toMatchObject({ account: { email: pia.email }, orders: [{ id: order.id, number: order.number }] });

  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  const last = page.getByRole('button', { name: 'Delete for good' });
  expect(await last.isDisabled()).toBe(true);
  await page.getByLabel('E-mail').fill(pia.email);
  await page.getByLabel('Password', { exact: true }).fill('Wrong-Passw0rd!');
  await last.click();
  await page.getByText('Is not your password.').waitFor();
  await expectSound(page, '[role=dialog]');
  await shot(page, 'profile/erase');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await last.click();
  await page.waitForURL('**/sign-in*');
  const again = await nobody.call(login, { body: { email: pia.email, password } });
  expect(again.status).toBe(401);

  const staff = await signedIn(admin.email);
  await staff.goto('/orders');
  await staff.getByText(order.number).first().waitFor();
  await expectSound(staff);
}, 120_000);

test('both pages are sound in every width and both themes', async () => {
  const page = await signedIn(admin.email);
  await page.goto('/settings');
  await page.getByLabel('Time zone').waitFor();
  await expectSoundInAllLooks(under, page, 'profile/settings');
  await page.goto('/settings/my-data');
  await page.getByRole('heading', { name: 'Delete your account' }).waitFor();
  await expectSoundInAllLooks(under, page, 'profile/my-data');
}, 60_000);
