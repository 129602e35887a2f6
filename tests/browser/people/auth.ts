/** The pages before the app, as people meet them: register, confirm, sign in, and what each says when something is wrong. */
import type { Page } from 'playwright-core';
import { codeOf, eventually, type Mail, mailsTo } from '../../support/observe.ts';
import {
  type BrowserUnderTest,
  expectSound,
  expectSoundInAllLooks,
  notedOf,
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

const publicPages = [
  '/',
  '/sign-in',
  '/register',
  '/confirm',
  '/forgot-password',
  '/reset-password',
  '/invitation',
  '/secure-account',
  '/status',
  '/terms',
  '/nowhere',
];

test('every public page is sound in every width and both themes', async () => {
  const page = await under.page();
  for (const path of publicPages) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (path === '/status') await page.getByText('ready', { exact: true }).waitFor();
    await expectSoundInAllLooks(under, page, `public/${path.slice(1) || 'landing'}`);
  }
});

async function codeFor(email: string, atLeast = 1): Promise<string> {
  return eventually(`code number ${atLeast} for ${email}`, async () => {
    const mails = (await mailsTo(under.platform, email)).sort((a, b) => a.at.localeCompare(b.at));
    return mails.length >= atLeast && codeOf(mails.at(-1) as Mail);
  });
}

async function fillRegister(page: Page, email: string): Promise<void> {
  await page.getByLabel('Your name').fill('Rita Reader');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password again').fill(password);
  await page.getByLabel('I accept the terms of use').check();
}

test('one registers, confirms with the code of the mail, signs in, sees the app, and signs out of all tabs', async () => {
  const page = await under.page();
  const email = 'rita@browser.test';
  await page.goto('/register');
  await fillRegister(page, email);
  // The code of the rules comes when somebody types.
  await page.getByText('8 characters or more (met)').waitFor();
  await page.getByRole('button', { name: 'Create account' }).click();

  await page.waitForURL(/\/confirm\?email=/);
  const code = await codeFor(email);
  await page.getByLabel('Code').waitFor();
  await shot(page, 'journey-confirm');
  await expectSound(page);
  // Pasted with a space in the middle, as mail programs show it; the sixth digit sends it.
  await page.getByLabel('Code').pressSequentially(`${code.slice(0, 3)} ${code.slice(3)}`);

  await page.waitForURL(/\/sign-in\?/);
  await page.getByText('Your address is confirmed').waitFor();
  expect(await page.getByLabel('E-mail').inputValue()).toBe(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();

  await page.waitForURL(/\/dashboard$/);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Dashboard' }).waitFor();
  const other = await under.tab(page);
  await other.goto('/settings');
  await other.getByRole('heading', { name: 'About you' }).waitFor();

  await page.getByRole('button', { name: 'Account of Rita Reader' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in$/);
  await other.waitForURL(/\/sign-in$/);
  const cookies = await page.context().cookies();
  expect(cookies.filter(({ name }) => name.includes('mewayz'))).toEqual([]);
});

test('what is wrong stands at its field, the first of them has the focus, and correcting it takes the words away', async () => {
  const page = await under.page('phone');
  await page.goto('/register');
  await page.getByLabel('E-mail').fill('not an address');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('Must be an e-mail address.').waitFor();
  await page.getByText('The terms must be accepted.').waitFor();
  await page.getByText('This is needed.').first().waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
  await shot(page, 'register-errors');
  await expectSound(page);
  await page.getByLabel('E-mail').fill('ann@browser.test');
  await page.getByText('Must be an e-mail address.').waitFor({ state: 'detached' });
});

test('a wrong password and an unknown address look the same', async () => {
  const { email } = await under.account('user');
  const page = await under.page();
  const said: (string | null)[] = [];
  for (const address of [email, 'nobody@browser.test']) {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(address);
    await page.getByLabel('Password', { exact: true }).fill('Wrong-Passw0rd!');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The e-mail address or the password is not right.').waitFor();
    said.push(await page.locator('form').textContent());
    await expectSound(page);
  }
  expect(said[0]).toBe(said[1]);
});

test('registering a taken address leads to the same page as a new one', async () => {
  const { email } = await under.account('user');
  const page = await under.page();
  await page.goto('/register');
  await fillRegister(page, email);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(/\/confirm\?email=/);
  await page.getByText(email).waitFor();
});

test('a wrong code says so and loses nothing; another code can be asked for after a while', async () => {
  const page = await under.page('wide', 'light', { alone: true });
  await page.clock.install();
  await page.goto('/confirm?email=someone%40browser.test');
  await page.getByLabel('Code').fill('000000');
  await page.getByText('Is wrong or has expired: ask for a new one.').waitFor();
  await page.getByText(/Send another in 0:\d\d/).waitFor();
  for (let second = 0; second < 31; second++) await page.clock.runFor(1_000);
  await page.getByRole('button', { name: 'Send another code' }).click();
  await page.getByText('If this address waits for its confirmation, a new code is on its way.').waitFor();
});

test('whoever takes another address and leaves it empty is asked for it', async () => {
  const page = await under.page();
  await page.goto('/confirm?email=someone%40browser.test');
  await page.getByRole('button', { name: 'Another address' }).click();
  await page.getByLabel('E-mail').fill('');
  await page.getByLabel('Code').fill('123456');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.locator('[name="email"][aria-invalid="true"]').waitFor();
});

/** Holds the code of the pages back until the function that it gives is called. */
async function withoutCode(page: Page): Promise<() => void> {
  const come = Promise.withResolvers<void>();
  await page.route('**/_next/static/**/*.js', async (route) => {
    await come.promise;
    await route.continue();
  });
  return come.resolve;
}

test('what is typed and sent before the code of the page has come is sent when it comes', async () => {
  const { email } = await under.account('user');
  const page = await under.page('wide', 'light', { alone: true });
  const come = await withoutCode(page);
  const early = page.waitForResponse('**/early-forms.js');
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await (await early).finished();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password', { exact: true }).press('Enter');
  await page.locator('form[data-sent]').waitFor();
  come();
  await page.waitForURL(/\/dashboard$/);
  expect(notedOf(page).errors).toEqual([]);
});

test.each(['by its sixth digit', 'by the button too'])(
  'so is a code that was typed before the code of the page has come: %s',
  async (how) => {
    const page = await under.page('phone', 'light', { alone: true });
    const come = await withoutCode(page);
    const early = page.waitForResponse('**/early-forms.js');
    await page.goto('/confirm?email=someone%40browser.test', { waitUntil: 'commit' });
    await (await early).finished();
    await page.getByLabel('Code').fill('123456');
    if (how === 'by the button too') await page.getByRole('button', { name: 'Confirm' }).click();
    const sent: unknown[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/auth/confirm')) sent.push(request.postDataJSON());
    });
    come();
    await page.getByText('Is wrong or has expired: ask for a new one.').waitFor();
    expect(await page.getByLabel('Code').inputValue()).toBe('123456');
    expect(sent).toEqual([{ email: 'someone@browser.test', code: '123456' }]);
    expect(notedOf(page).errors).toEqual([]);
  },
);

test('`next` leads back to where one was, but never to another site', async () => {
  const { email } = await under.account('user');
  for (const [next, expected] of [
    ['/settings/appearance', '/settings/appearance'],
    ['//evil.test/x', '/dashboard'],
    ['https://evil.test/x', '/dashboard'],
    ['/\\evil.test', '/dashboard'],
    ['/sign-in?next=/sign-in', '/dashboard'],
  ]) {
    const page = await under.page();
    await page.goto(`/sign-in?next=${encodeURIComponent(next as string)}`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => url.pathname !== '/sign-in');
    expect(page.url()).toBe(`${under.platform.web}${expected}`);
    await under.release(page);
  }
});
