/** The design system, on the page that shows all of it: its looks are accessible and its keys are those of the ARIA practices. */
import type { Page } from 'playwright-core';
import {
  type BrowserUnderTest,
  expectSound,
  expectSoundInBothThemes,
  inEveryWidth,
  shot,
  startBrowser,
  type Theme,
  type Width,
} from '../support.ts';

jest.setTimeout(120_000);
let browser: BrowserUnderTest;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.stop());

async function openGallery(width: Width = 'wide', theme: Theme = 'light'): Promise<Page> {
  const page = await browser.page(width, theme);
  await page.goto('/gallery');
  await page.locator('#navigation').waitFor();
  return page;
}

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');

const OPENED = '[role="dialog"], [role="alertdialog"], [role="menu"]';

test('every component in every state is sound in every width and both themes', async () => {
  const page = await openGallery();
  await inEveryWidth(browser, page, async (width) => {
    await expectSoundInBothThemes(page, `gallery/top-${width}`);
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      for (const id of ['tokens', 'actions', 'forms', 'overlays', 'data', 'feedback', 'navigation']) {
        await page.locator(`#${id}`).scrollIntoViewIfNeeded();
        await shot(page, `gallery/${id}-${width}-${theme}`);
      }
    }
  });
});

test.each<Width>(['wide', 'phone'])('so is everything that opens: %s', async (width) => {
  const page = await openGallery(width);
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  for (const name of ['Dialog', 'Confirm', 'Sheet', 'Actions', 'Columns', 'Filter', /^Period/]) {
    await button(name).click();
    await page.locator(OPENED).waitFor();
    const file = String(name).replace(/\W/g, '').toLowerCase();
    await expectSoundInBothThemes(page, `gallery/open-${file}-${width}`, OPENED);
    await page.keyboard.press('Escape');
    await page.locator(OPENED).waitFor({ state: 'detached' });
  }
  for (const name of ['Good', 'With action', 'Bad']) await button(name).click();
  await page.getByText('That did not work').first().waitFor();
  await expectSoundInBothThemes(page, `gallery/toasts-${width}`, '[role="region"][aria-label*="F8"]');
});

test('compact density is as accessible', async () => {
  const page = await openGallery();
  await page.getByRole('radio', { name: 'Compact' }).check();
  expect(await page.locator('html').getAttribute('data-density')).toBe('compact');
  await expectSound(page);
  await shot(page, 'gallery/compact');
});

test('a chosen theme and density are there before the first paint of the next visit', async () => {
  const page = await openGallery();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.getByRole('radio', { name: 'Compact' }).check();
  await page.goto('/gallery', { waitUntil: 'commit' });
  await page.locator('body').waitFor({ state: 'attached' });
  expect(await page.evaluate(() => ({ ...document.documentElement.dataset }))).toMatchObject({
    theme: 'dark',
    density: 'compact',
  });
});

test('the exported page has neither style elements nor style attributes', async () => {
  const page = await browser.page();
  const html = await (await page.request.get('/gallery')).text();
  expect(html).not.toMatch(/<style|\sstyle="/);
});

test('a dialog takes the focus to its first field, keeps it inside and gives it back', async () => {
  const page = await openGallery();
  await page.getByRole('button', { name: 'Dialog', exact: true }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Adjust stock' });
  await dialog.waitFor();
  expect(await dialog.getByLabel('Change').evaluate((input) => input === document.activeElement)).toBe(true);
  for (let press = 0; press < 8; press++) {
    await page.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press('Escape');
  // The focus goes back a moment after the dialog has gone.
  await page.locator('button:focus', { hasText: /^Dialog$/ }).waitFor();
});

test('a combobox finds by typing, moves by arrows, takes by Enter and clears by Escape', async () => {
  const page = await openGallery();
  const field = page.getByRole('combobox', { name: 'Product' });
  await field.focus();
  await page.keyboard.type('red');
  const options = page.getByRole('listbox').getByRole('option');
  await expect(options.filter({ hasText: 'Jumbo bag' }).waitFor()).resolves.toBeUndefined();
  await page.keyboard.press('ArrowDown');
  const active = await field.getAttribute('aria-activedescendant');
  expect(await page.locator(`[id="${active}"]`).textContent()).toContain('Lunch bag');
  await expectSound(page);
  await page.keyboard.press('Enter');
  expect(await field.inputValue()).toBe('Lunch bag red retrospot');
  expect(await options.count()).toBe(0);
  await page.keyboard.press('Escape');
  expect(await field.inputValue()).toBe('');
});

test('a range of dates is chosen by keyboard alone', async () => {
  const page = await openGallery();
  const trigger = page.getByRole('button', { name: /^Period/ });
  await trigger.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Saturday,? 21 November 2026/ }).focus();
  await page.keyboard.press('PageUp');
  expect(await focused(page)).toMatch(/^Wednesday,? 21 October 2026/);
  await page.keyboard.press('Home');
  expect(await focused(page)).toMatch(/^Monday,? 19 October 2026/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  expect(await focused(page)).toMatch(/^Tuesday,? 27 October 2026/);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Apply' }).press('Enter');
  expect(await trigger.textContent()).toMatch(/19\s?–\s?27 Oct 2026/);
});

test('tabs follow the arrows, and the toasts are reached by F8', async () => {
  const page = await openGallery();
  await page.getByRole('tab', { name: 'Lines 3' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('tab', { name: 'Timeline', selected: true }).waitFor();
  await page.getByRole('button', { name: 'With action' }).press('Enter');
  await page.getByRole('button', { name: 'Undo' }).waitFor();
  await page.keyboard.press('F8');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Undo');
  await page.keyboard.press('Enter');
  await page.getByText('Order restored').first().waitFor();
});

test('an amount is written with the decimals of its currency when its field is left', async () => {
  const page = await openGallery();
  const price = page.getByLabel('Price');
  await price.fill('1,234.5');
  await price.blur();
  expect(await price.inputValue()).toBe('1234.50');
  await price.fill('twelve');
  await price.blur();
  expect(await price.inputValue()).toBe('twelve');
});

test('the figures of a chart can be read as a table', async () => {
  const page = await openGallery();
  const figure = page.getByRole('figure', { name: 'Revenue by day' });
  await figure.getByRole('button', { name: 'Show as a table' }).click();
  expect(await figure.getByRole('row').count()).toBe(22);
  await expectSound(page);
});
