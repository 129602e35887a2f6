/**
 * The main job, whole, in a real browser, once by mouse and once by keyboard alone: one registers, is given the right to sell, makes a product,
 * orders two of it, watches the figures move, and takes the order back.
 */
import type { Locator, Page } from 'playwright-core';
import { pathOf } from '../../shared/contracts/contract.ts';
import { setRole } from '../../shared/contracts/users/set-role.ts';
import { codeOf, eventually, mailsTo } from '../support/observe.ts';
import { type BrowserUnderTest, expectSound, password, shot, startBrowser } from './support.ts';

let under: BrowserUnderTest;
/** Gives roles; what it does is no part of the journey. */
let admin: Page;
beforeAll(async () => {
  under = await startBrowser();
  admin = await under.page();
  await under.signIn(admin, (await under.account('admin', 'Ada Lovelace')).email);
}, 180_000);
afterAll(async () => {
  await under?.stop();
}, 60_000);

const WITHIN_MS = 5_000;

/** What a person does to a page, by whatever they do it. */
interface Hand {
  press(what: Locator): Promise<void>;
  type(field: Locator, text: string): Promise<void>;
  /** Chooses the next radio after the one that is chosen. */
  next(chosen: Locator, then: Locator): Promise<void>;
}

const byMouse: Hand = {
  press: (what) => what.click(),
  type: (field, text) => field.fill(text),
  next: (_, then) => then.check(),
};

const isFocused = (what: Locator) => what.evaluate((element) => element === document.activeElement);

/** Walks by Tab until it stands on `what`; fails when the way round does not lead there. */
async function tabTo(what: Locator): Promise<void> {
  await what.waitFor();
  for (let steps = 0; steps < 80; steps++) {
    if (await isFocused(what)) return;
    await what.page().keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${what}`);
}
const byKeyboard: Hand = {
  press: async (what) => {
    await tabTo(what);
    const isBox = (await what.getAttribute('type')) === 'checkbox';
    await what.page().keyboard.press(isBox ? 'Space' : 'Enter');
  },
  type: async (field, text) => {
    await tabTo(field);
    await field.page().keyboard.press('Control+A');
    await field.page().keyboard.type(text);
  },
  next: async (chosen, then) => {
    await tabTo(chosen);
    await chosen.page().keyboard.press('ArrowDown');
    expect(await then.isChecked()).toBe(true);
  },
};

/** The figure of a card on the dashboard as it stands there. */
function figure(page: Page, label: string) {
  return page
    .getByRole('region', { name: 'Key figures' })
    .locator('p', { hasText: new RegExp(`^${label}$`) })
    .locator('xpath=following-sibling::div[1]/p');
}

test.each([
  ['by mouse', byMouse],
  ['by keyboard alone', byKeyboard],
])(
  'from registering to the cancelled order and its figures, %s',
  async (way, hand) => {
    const email = `${way.split(' ')[1]}@journey.test`;
    const lamp = `Lamp ${way}`;
    const page = await under.page();
    const named = (label: string) => page.getByLabel(label, { exact: true });

    await page.goto('/register');
    await hand.type(named('Your name'), 'Rita Reader');
    await hand.type(named('E-mail'), email);
    await hand.type(named('Password'), password);
    await hand.type(named('Password again'), password);
    await hand.press(page.getByLabel('I accept the terms of use'));
    await hand.press(page.getByRole('button', { name: 'Create account' }));
    await page.waitForURL(/\/confirm\?email=/);
    const code = await eventually('the code is in the mailbox', async () => {
      const [mail] = await mailsTo(under.platform, email);
      return mail && codeOf(mail);
    });
    await hand.type(named('Code'), code);
    await page.waitForURL(/\/sign-in\?/);
    await hand.type(named('Password'), password);
    await hand.press(page.getByRole('button', { name: 'Sign in' }));
    await page.getByText('Hello, Rita', { exact: false }).waitFor();

    // The right to sell comes while the page is open. Who comes back to it sells at once, without signing in anew.
    const { data: user } = await (await page.request.get('/api/v1/auth/me')).json();
    const given = await admin.request.put(`/api/v1${pathOf(setRole, { id: user.id })}`, {
      data: { role: 'enterprise' },
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    expect(given.status()).toBe(200);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
    await figure(page, 'Orders').getByText('0', { exact: true }).waitFor();
    const watching = await under.tab(page);
    await watching.goto('/dashboard');
    await figure(watching, 'Orders').getByText('0', { exact: true }).waitFor();

    await hand.press(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Products' }));
    await hand.press(page.getByRole('link', { name: 'New product' }).first());
    await hand.type(named('Name'), lamp);
    await hand.type(named('Category'), 'lighting');
    await hand.type(named('Price'), '2.55');
    await hand.type(named('In stock'), '5');
    await hand.next(page.getByRole('radio', { name: 'Draft' }), page.getByRole('radio', { name: 'Published' }));
    await hand.press(page.getByRole('button', { name: 'Create product' }));
    await page.getByRole('heading', { level: 1, name: lamp }).waitFor();
    expect(page.url()).toMatch(/\/products\/prd_[0-9A-Z]{26}$/);
    await expectSound(page);

    await hand.press(page.getByRole('link', { name: 'Order', exact: true }));
    await hand.type(named(`Quantity of ${lamp}`), '2');
    await page.getByText('£5.10').first().waitFor();
    await hand.press(page.getByRole('button', { name: 'Place order' }));
    await page.getByRole('heading', { level: 1, name: /^MW-/ }).waitFor();
    const placed = performance.now();
    await page.getByText('Order placed').waitFor();
    await figure(watching, 'Orders').getByText('1', { exact: true }).waitFor({ timeout: WITHIN_MS });
    await figure(watching, 'Revenue').getByText('£5.10').waitFor({ timeout: WITHIN_MS });
    expect(performance.now() - placed).toBeLessThan(WITHIN_MS);
    await expectSound(page);
    await shot(page, `journey/order ${way}`);
    await shot(watching, `journey/figures ${way}`);

    await hand.press(page.getByRole('button', { name: 'Cancel order' }));
    const dialog = page.getByRole('alertdialog');
    await hand.type(dialog.getByLabel('Reason'), 'Ordered twice');
    await hand.press(dialog.getByRole('button', { name: 'Cancel order' }));
    await page.getByText('This order is cancelled').waitFor();
    const cancelled = performance.now();
    await page.getByText('Order cancelled').waitFor();
    await figure(watching, 'Cancelled orders').getByText('1', { exact: true }).waitFor({ timeout: WITHIN_MS });
    await figure(watching, 'Orders').getByText('0', { exact: true }).waitFor({ timeout: WITHIN_MS });
    await figure(watching, 'Revenue').getByText('£0.00').waitFor({ timeout: WITHIN_MS });
    expect(performance.now() - cancelled).toBeLessThan(WITHIN_MS);
    await expectSound(page);
    await expectSound(watching);
  },
  180_000,
);
