/** What stands around every page of the app, and the session beneath it. */
import type { Page } from 'playwright-core';
import {
  type BrowserUnderTest,
  expectSound,
  expectSoundInBothThemes,
  inEveryWidth,
  password,
  shot,
  startBrowser,
} from '../support.ts';

jest.setTimeout(120_000);
let under: BrowserUnderTest;
beforeAll(async () => {
  under = await startBrowser();
});
afterAll(async () => {
  await under?.stop();
});

async function signedIn(role: 'user' | 'manager'): Promise<{ page: Page; email: string }> {
  const { email } = await under.account(role, 'Mara Maker');
  const page = await under.page();
  await under.signIn(page, email);
  await page.goto('/settings');
  await page.getByRole('heading', { name: 'About you' }).waitFor();
  return { page, email };
}
const palette = (page: Page) => page.getByRole('dialog', { name: 'Search and commands' });

test('what the shell opens is sound in every width and both themes', async () => {
  const { page } = await signedIn('manager');
  await inEveryWidth(under, page, async (width) => {
    await page.keyboard.press('Control+k');
    await palette(page).waitFor();
    await expectSoundInBothThemes(page, `shell/palette-${width}`, '[role="dialog"]');
    await page.keyboard.press('Escape');
    await palette(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Account of Mara Maker' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await expectSoundInBothThemes(page, `shell/account-${width}`, '[role="menu"]');
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
  });
});

test('the navigation shows what the role may see', async () => {
  const names = async (page: Page) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link').filter({ visible: true }).allInnerTexts();
  const { page: manager } = await signedIn('manager');
  expect(await names(manager)).toEqual(['Dashboard', 'Products', 'Orders', 'Users', 'Settings']);
  const { page: user } = await signedIn('user');
  expect(await names(user)).toEqual(['Dashboard', 'Products', 'Orders', 'Settings']);
});

test('who is not signed in is led to the sign-in page and comes back', async () => {
  const { email } = await under.account('user');
  const page = await under.page();
  await page.goto('/settings/appearance?x=1');
  await page.waitForURL(/\/sign-in\?next=/);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/settings\/appearance\?x=1$/);
});

test('keys go to pages, open the palette and the list of keys, and leave alone who types', async () => {
  const { page } = await signedIn('manager');
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.waitForURL(/\/products$/);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await expectSound(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await palette(page).getByRole('combobox').fill('gp?');
  expect(page.url()).toMatch(/\/products$/);
  await palette(page).getByRole('combobox').fill('appear');
  await palette(page).getByRole('option', { name: 'Dark theme' }).click();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  await page.reload();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
});

test('the palette finds records and opens them', async () => {
  const { page, email } = await signedIn('manager');
  await page.keyboard.press('Control+k');
  await palette(page)
    .getByRole('combobox')
    .fill(email.split('@')[0] as string);
  await palette(page).getByRole('option', { name: email }).click();
  await page.waitForURL(/\/users\/usr_/);
  await page.getByRole('heading', { name: 'Mara Maker' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Mara Maker' }).waitFor();
});

test('a session whose access token has ended is renewed unnoticed, once for all tabs', async () => {
  const { page } = await signedIn('manager');
  const context = page.context();
  const other = await under.tab(page);
  await other.goto('/settings');
  await other.getByRole('heading', { name: 'About you' }).waitFor();
  const refreshes: string[] = [];
  context.on('request', (request) => {
    if (request.url().endsWith('/auth/refresh')) refreshes.push(request.url());
  });
  await context.clearCookies({ name: '__Host-mewayz-access' });
  await Promise.all([page.reload(), other.reload()]);
  await page.getByRole('heading', { name: 'About you' }).waitFor();
  await other.getByRole('heading', { name: 'About you' }).waitFor();
  expect(refreshes).toHaveLength(1);
});

test('a session that has ended asks for the password over the page, and what was begun goes on', async () => {
  const { page } = await signedIn('manager');
  await page.context().clearCookies();
  await page.keyboard.press('Control+k');
  await palette(page).getByRole('combobox').fill('mara');
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.waitFor();
  await shot(page, 'sign-in-again');
  await dialog.getByLabel('Password').fill('Wrong-Passw0rd!');
  await dialog.getByRole('button', { name: 'Sign in and go on' }).click();
  await dialog.getByText('The e-mail address or the password is not right.').waitFor();
  await dialog.getByLabel('Password').fill(password);
  await dialog.getByRole('button', { name: 'Sign in and go on' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await palette(page).getByRole('combobox').inputValue()).toBe('mara');
  await palette(page).getByRole('option', { name: 'Mara Maker' }).first().waitFor();
});

test('offline, slow and broken ways to the API are told, and everything goes on by itself', async () => {
  const { page } = await signedIn('manager');
  await page.context().setOffline(true);
  await page.getByText('You are offline. What you typed is kept.').waitFor();
  await page.context().setOffline(false);
  await page.getByText('You are offline. What you typed is kept.').waitFor({ state: 'detached' });

  await page.route('**/api/v1/**', (route) => route.abort());
  await page.reload();
  await page.getByText(/The service does not answer/).waitFor();
  await page.unroute('**/api/v1/**');
  await page.getByRole('heading', { name: 'About you' }).waitFor();

  await page.route('**/api/v1/auth/me', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    await route.continue();
  });
  await page.reload();
  await page.getByText('This takes longer than usual…').waitFor();
  await page.getByRole('heading', { name: 'About you' }).waitFor();
});
