/** A person's way through their own account, as they meet it: every page of identity, with a second factor whose codes the test computes. */
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { getSettings } from '../../shared/contracts/admin/get-settings.ts';
import { replaceSettings } from '../../shared/contracts/admin/replace-settings.ts';
import { changePassword } from '../../shared/contracts/auth/change-password.ts';
import { inviteUser } from '../../shared/contracts/users/invite-user.ts';
import type { Role } from '../../shared/permissions.ts';
import { dataOf } from '../support/api.ts';
import { codeOf, eventually, type Mail, mailsTo } from '../support/observe.ts';
import { signIn } from '../support/people.ts';
import { enrol, totpOf } from '../support/totp.ts';
import {
  type BrowserUnderTest,
  expectSound,
  expectSoundInAllLooks,
  password,
  shot,
  startBrowser,
  type Theme,
  type Width,
} from './support.ts';

jest.setTimeout(180_000);
let under: BrowserUnderTest;
beforeAll(async () => {
  under = await startBrowser();
});
afterAll(async () => {
  await under?.stop();
});

const newPassword = 'Other-Passw0rd!';

async function mailTo(email: string, which: (mail: Mail) => boolean): Promise<Mail> {
  return eventually(`a mail for ${email}`, async () => (await mailsTo(under.platform, email)).find(which));
}
const hasCode = ({ subject }: Mail) => ['Confirm your e-mail address', 'Set a new password'].includes(subject);
/** Path and query of the button of a mail. */
function buttonOf({ html }: Mail): string {
  const { pathname, search } = new URL(/href="([^"]+)"/.exec(html)?.[1] ?? '');
  return `${pathname}${search}`;
}

async function fillSignIn(page: Page, email: string, secret = password): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
async function open(page: Page, path: string, heading: string): Promise<void> {
  await page.goto(path);
  await page.getByRole('heading', { level: 2, name: heading, exact: true }).waitFor();
}
async function signOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `account of ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/\/sign-in$/);
}
/** Scans nothing: types the secret that the page shows into its own authenticator. */
async function secretOn(page: Page): Promise<string> {
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
  return ((await page.locator('code').first().textContent()) ?? '').replace(/\s/g, '');
}
async function codesOn(page: Page): Promise<string[]> {
  const list = page.getByRole('list', { name: 'Backup codes' });
  await list.waitFor();
  return list.getByRole('listitem').allInnerTexts();
}
async function person(role: Role, name: string): Promise<{ page: Page; email: string }> {
  const { email } = await under.account(role, name);
  const page = await under.page();
  await under.signIn(page, email);
  return { page, email };
}

test('from registration to the second factor, its backup codes and a session that is ended from afar', async () => {
  const page = await under.page();
  const email = 'ida@browser.test';
  await page.goto('/register');
  await page.getByLabel('Your name').fill('Ida Identity');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password again').fill(password);
  await page.getByLabel('I accept the terms of use').check();
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(/\/confirm\?email=/);
  await page.getByLabel('Code').fill(codeOf(await mailTo(email, hasCode)) ?? '');
  await page.waitForURL(/\/sign-in\?confirmed/);
  await fillSignIn(page, email);
  await page.waitForURL(/\/dashboard$/);

  // The second factor is turned on.
  await open(page, '/settings/two-factor', 'Two-factor authentication');
  await expectSound(page);
  await page.getByRole('button', { name: 'Set up' }).click();
  const secret = await secretOn(page);
  await shot(page, 'identity/two-factor-setup');
  await expectSound(page);
  await page.getByLabel('The code that the app shows').fill(totpOf(secret, 9));
  await page.getByText('Is not the code of this moment.').waitFor();
  await page.getByLabel('The code that the app shows').fill(totpOf(secret));
  const codes = await codesOn(page);
  expect(new Set(codes).size).toBe(10);
  await shot(page, 'identity/backup-codes');
  await expectSound(page);

  // The codes can be copied, saved and printed, and are gone when they are kept.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByText('The codes are copied.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('mewayz-backup-codes.txt');
  const saved = await readFile(await download.path(), 'utf8');
  for (const code of codes) {
    expect(copied).toContain(code);
    expect(saved).toContain(code);
  }
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByText(codes[0] as string).isVisible()).toBe(true);
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(false);
  await page.emulateMedia({ media: null });
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('Two-factor authentication is on').first().waitFor();
  expect(await page.getByText(codes[0] as string).count()).toBe(0);
  await page.reload();
  await page.getByRole('button', { name: 'Make new codes' }).waitFor();
  await expectSound(page);

  // In with a code of the app, after a wrong one.
  await signOut(page, 'Ida Identity');
  await fillSignIn(page, email);
  await page.getByLabel('Code of the app').waitFor();
  await shot(page, 'identity/second-step');
  await expectSound(page);
  await page.getByLabel('Code of the app').fill(totpOf(secret, 9));
  await page.getByText(/This is not the code of this moment/).waitFor();
  await expectSound(page);
  await page.getByLabel('Code of the app').fill(totpOf(secret, 1));
  await page.waitForURL(/\/dashboard$/);

  // In with a backup code, elsewhere; once only.
  const other = await under.page();
  const [backupCode = ''] = codes;
  await other.goto('/sign-in?next=/settings/sessions');
  await fillSignIn(other, email);
  await other.getByRole('button', { name: 'Use a backup code' }).click();
  await expectSound(other);
  await other.getByLabel('Backup code').fill(backupCode);
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await other.waitForURL(/\/settings\/sessions$/);
  const third = await under.page();
  await third.goto('/sign-in');
  await fillSignIn(third, email);
  await third.getByRole('button', { name: 'Use a backup code' }).click();
  await third.getByLabel('Backup code').fill(backupCode);
  await third.getByRole('button', { name: 'Sign in', exact: true }).click();
  await third.getByText(/none of the backup codes that are left/).waitFor();
  await shot(third, 'identity/backup-code-refused');
  await expectSound(third);

  // The other session is ended from here: it is out at its next request.
  await open(page, '/settings/sessions', 'Sessions');
  const list = page.getByRole('list', { name: 'Sessions' });
  await list.getByText('This device').waitFor();
  expect(await list.getByRole('listitem').count()).toBe(2);
  await shot(page, 'identity/sessions');
  await expectSound(page);
  await list.getByRole('button', { name: /^Sign out/ }).click();
  await page
    .getByText(/is signed out$/)
    .first()
    .waitFor();
  await eventually('it left the list', async () => (await list.getByRole('listitem').count()) === 1);
  await other.getByRole('link', { name: 'Security activity' }).click();
  await other.getByRole('dialog', { name: 'Sign in again' }).waitFor();
  await expectSound(other);
  await other.reload();
  await other.waitForURL(/\/sign-in\?next=/);

  // All of it stands among the security events.
  await open(page, '/settings/activity', 'Security activity');
  const table = page.getByRole('region', { name: 'Table of events' });
  for (const what of ['Turned the second factor on', 'Used a backup code', 'Signed a session out', 'Failed to sign in'])
    await table.getByText(what).first().waitFor();
  await shot(page, 'identity/activity');
  await expectSound(page);
});

test('who forgot the password sets a new one by the code of the mail, and nobody learns who has an account', async () => {
  const { email } = await under.account('user', 'Fay Forgetful');
  const page = await under.page('phone');
  await page.goto('/sign-in');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  const said: string[] = [];
  for (const address of ['nobody@browser.test', email]) {
    await page.goto('/forgot-password');
    await page.getByLabel('E-mail').fill(address);
    await page.getByRole('button', { name: 'Mail me a code' }).click();
    await page.waitForURL(/\/reset-password\?email=/);
    await page.getByText(address).waitFor();
    said.push(((await page.locator('form').textContent()) ?? '').replace(address, '…'));
  }
  expect(said[0]).toBe(said[1]);
  await page.getByLabel('Code').fill('000000');
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.getByLabel('New password again').fill(newPassword);
  await page.getByRole('button', { name: 'Set the new password' }).click();
  await page.getByText('Must be the same as password.').waitFor();
  await eventually('four rules are not met', async () => (await page.getByText('(not met yet)').count()) === 4);
  await shot(page, 'identity/reset-problems');
  await expectSound(page);
  await page.getByLabel('New password', { exact: true }).fill(newPassword);
  await page.getByRole('button', { name: 'Set the new password' }).click();
  await page.getByText('Is wrong or has expired: ask for a new one.').waitFor();
  await page.getByLabel('Code').fill(codeOf(await mailTo(email, hasCode)) ?? '');
  await page.getByRole('button', { name: 'Set the new password' }).click();
  await page.waitForURL(/\/sign-in\?reset/);
  await page.getByText('Your new password is set. Sign in with it.').waitFor();
  await expectSound(page);
  await page.getByLabel('Password', { exact: true }).fill(newPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/dashboard$/);
});

test('who is invited trades the password of the mail for their own', async () => {
  const { email: manager } = await under.account('manager');
  const { api } = await signIn(under.platform, manager);
  const email = 'ivy@browser.test';
  dataOf(await api.call(inviteUser, { body: { email, name: 'Ivy Invited' } }));
  const { text } = await mailTo(email, (mail) => /invited/.test(mail.subject));
  const { pathname, search } = new URL(/^http\S+$/m.exec(text)?.[0] ?? '');
  const page = await under.page();
  await page.goto(`${pathname}${search}`);
  await page.waitForFunction(
    (address) => document.querySelector<HTMLInputElement>('[name=email]')?.value === address,
    email,
  );
  await page.getByLabel('Temporary password').fill('Wrong-Passw0rd!');
  await page.getByLabel('Your own password').fill(newPassword);
  await page.getByLabel('I accept the terms of use').check();
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.getByText('The address or the temporary password is not right').waitFor();
  await shot(page, 'identity/invitation');
  await expectSound(page);
  await page.getByLabel('Temporary password').fill(/^\S+aA1!$/m.exec(text)?.[0] ?? '');
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.waitForURL(/\/sign-in\?accepted/);
  await page.getByText('Your account is ready.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill(newPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/dashboard$/);
});

test('by the link of a security mail an account is taken back from whoever is in it', async () => {
  const { page: thief, email } = await person('user', 'Vic Victim');
  await open(thief, '/settings/password', 'Password');
  const { api } = await signIn(under.platform, email);
  const body = { currentPassword: password, password: newPassword, confirmPassword: newPassword };
  dataOf(await api.call(changePassword, { body }));
  const { text } = await mailTo(email, (mail) => mail.subject === 'Your password was changed');
  const { pathname, hash } = new URL(/^http\S+$/m.exec(text)?.[0] ?? '');
  const page = await under.page('phone', 'dark');
  await page.goto(pathname);
  await page.getByRole('button', { name: /secure my account$/ }).click();
  await page.getByText('This link does not work').waitFor();
  await shot(page, 'identity/secure-account-refused');
  await expectSound(page);
  await page.goto('/status');
  await page.goto(`${pathname}${hash}`);
  await page.getByRole('button', { name: /secure my account$/ }).click();
  await page.getByText('the old password no longer works').waitFor();
  await shot(page, 'identity/secured');
  await expectSound(page);
  // The mail brings whoever has closed the page to where its code is taken.
  const reset = await mailTo(email, hasCode);
  expect(buttonOf(reset)).toBe(`/reset-password?email=${encodeURIComponent(email)}`);
  await page.goto(buttonOf(reset));
  await page.getByLabel('Code').fill(codeOf(reset) ?? '');
  await page.getByLabel('New password', { exact: true }).fill('Third-Passw0rd!');
  await page.getByLabel('New password again').fill('Third-Passw0rd!');
  await page.getByRole('button', { name: 'Set the new password' }).click();
  await page.waitForURL(/\/sign-in\?reset/);
  await thief.reload();
  await thief.waitForURL(/\/sign-in\?next=/);
});

test.each<[Width, Theme]>([
  ['wide', 'light'],
  ['phone', 'dark'],
])('who must have a second factor by role can do nothing but set it up, or leave: %s, %s', async (...look) => {
  const { email: admin } = await under.account('admin');
  const { api } = await signIn(under.platform, admin);
  const { version } = dataOf(await api.call(getSettings));
  const { page: atWork } = await person('moderator', 'Wes Working');
  await open(atWork, '/settings/appearance', 'Appearance');
  const require = (mfaRequiredRoles: Role[], ifMatch: number) =>
    api.call(replaceSettings, { body: { mfaRequiredRoles }, headers: { 'if-match': `"${ifMatch}"` } });
  const set = dataOf(await require(['moderator'], version));
  const { email } = await under.account('moderator', 'Mo Moderator');
  const page = await under.page(...look);
  await page.goto('/sign-in?next=/settings/sessions');
  await fillSignIn(page, email);
  const heading = page.getByRole('heading', { level: 1, name: 'Set up two-factor authentication' });
  await heading.waitFor();
  await page.getByText('Your administrators ask everybody with the role “moderator”').waitFor();
  await shot(page, `identity/must-enrol-${look.join('-')}`);
  await expectSound(page);
  await page.goto('/products');
  await heading.waitFor();
  expect(await page.getByRole('link', { name: 'Products' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Set up' }).click();
  const secret = await secretOn(page);
  await expectSound(page);
  await page.getByLabel('The code that the app shows').fill(totpOf(secret));
  await codesOn(page);
  await shot(page, `identity/must-enrol-codes-${look.join('-')}`);
  await expectSound(page);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('heading', { level: 1, name: 'Products' }).waitFor();

  // Who was at work already is told when their session is renewed.
  await atWork.context().clearCookies({ name: '__Host-mewayz-access' });
  await atWork.getByRole('link', { name: 'Sessions', exact: true }).click();
  await atWork.getByRole('heading', { level: 1, name: 'Set up two-factor authentication' }).waitFor();
  await atWork.getByRole('button', { name: 'Sign out' }).click();
  await atWork.waitForURL(/\/sign-in$/);
  dataOf(await require([], set.version));
});

test('one signs in by the keyboard alone, with the second factor too', async () => {
  const { email } = await under.account('user', 'Kit Keyboard');
  const { next } = await enrol((await signIn(under.platform, email)).api);
  const page = await under.page();
  await page.goto('/sign-in');
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute('name') ?? document.activeElement?.textContent);
  for (let tabs = 0; tabs < 20 && (await focused()) !== 'email'; tabs++) await page.keyboard.press('Tab');
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('password');
  await page.keyboard.type(password);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('rememberMe');
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Sign in');
  await page.keyboard.press('Enter');
  await page.getByLabel('Code of the app').waitFor();
  await eventually('the code has the focus', async () => (await focused()) === 'code');
  await page.keyboard.type(next());
  await page.waitForURL(/\/dashboard$/);
  await open(page, '/settings/sessions', 'Sessions');
  // Seven days, because the box was checked by the keyboard.
  const refresh = (await page.context().cookies()).find(({ name }) => name === '__Secure-mewayz-refresh');
  expect((refresh?.expires ?? 0) - Date.now() / 1_000).toBeGreaterThan(6 * 86_400);
});

test('the password is changed with every rule in sight, and every other session ends', async () => {
  const { page, email } = await person('user', 'Pat Password');
  const other = await under.page();
  await under.signIn(other, email);
  await open(page, '/settings/password', 'Password');
  await page.getByLabel('Present password').fill('Wrong-Passw0rd!');
  await page.getByLabel('New password', { exact: true }).fill(`${email.split('@')[0]}`);
  // Whether it is a common one is told a moment later, when the list of those has come.
  await page.waitForFunction(
    () => document.querySelector('main')?.textContent?.split('(not met yet)').length === 3 + 1,
  );
  await page.getByLabel('New password', { exact: true }).fill(newPassword);
  await page.getByLabel('New password again').fill('Else-Passw0rd!');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Must be the same as password.').waitFor();
  await page.getByLabel('New password again').fill(newPassword);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Is not the present password.').waitFor();
  await shot(page, 'identity/password-refused');
  await expectSound(page);
  await page.getByLabel('Present password').fill(password);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('1 other session was signed out.').first().waitFor();
  await expectSound(page);
  expect(await page.getByLabel('Present password').inputValue()).toBe('');
  await other.goto('/settings');
  await other.waitForURL(/\/sign-in\?next=/);
});

test('new backup codes replace the old ones; turning the second factor off needs password and code', async () => {
  const { email } = await under.account('user', 'Ola Owner');
  const { secret, backupCodes, next } = await enrol((await signIn(under.platform, email)).api);
  const page = await under.page('phone', 'dark');
  await page.goto('/sign-in?next=/settings/two-factor');
  await fillSignIn(page, email);
  await page.getByRole('button', { name: 'Use a backup code' }).click();
  await page.getByLabel('Backup code').fill(backupCodes[0]?.toLowerCase() ?? '');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Make new codes' }).click();
  const renew = page.getByRole('dialog', { name: 'Make new backup codes?' });
  await renew.getByLabel('Password', { exact: true }).fill('Wrong-Passw0rd!');
  await renew.getByRole('button', { name: 'Make new codes' }).click();
  await renew.getByText('Is not the password.').waitFor();
  await shot(page, 'identity/renew-codes');
  await expectSound(page);
  await renew.getByLabel('Password', { exact: true }).fill(password);
  await renew.getByRole('button', { name: 'Make new codes' }).click();
  const renewed = await codesOn(page);
  expect(renewed).toHaveLength(10);
  expect(renewed.filter((code) => backupCodes.includes(code))).toEqual([]);
  await shot(page, 'identity/renewed-codes');
  await expectSound(page);
  await page.getByRole('button', { name: 'I have kept them' }).click();

  await page.getByRole('button', { name: 'Turn off' }).click();
  const disable = page.getByRole('dialog', { name: 'Turn two-factor authentication off?' });
  await disable.getByLabel('Password', { exact: true }).fill(password);
  await disable.getByLabel('Code of the app').fill(totpOf(secret, 9));
  await disable.getByRole('button', { name: 'Turn off' }).click();
  await disable.getByText('Is not the code of this moment.').waitFor();
  await shot(page, 'identity/disable');
  await expectSound(page);
  await disable.getByLabel('Code of the app').fill(next());
  await disable.getByRole('button', { name: 'Turn off' }).click();
  await page.getByRole('button', { name: 'Set up' }).waitFor();
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await fillSignIn(page, email);
  await page.waitForURL(/\/dashboard$/);
});

test('a session that has ended under a page asks for the second factor too', async () => {
  const { email } = await under.account('user', 'Sam Second');
  const { next, backupCodes } = await enrol((await signIn(under.platform, email)).api);
  const page = await under.page();
  await page.goto('/sign-in?next=/settings/appearance');
  await fillSignIn(page, email);
  await page.getByLabel('Code of the app').fill(next());
  await page.getByRole('radiogroup', { name: 'Theme' }).waitFor();
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Sessions', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('Password').fill(password);
  await dialog.getByRole('button', { name: 'Sign in and go on' }).click();
  await dialog.getByLabel('Code of the app').waitFor();
  await shot(page, 'identity/sign-in-again');
  await expectSound(page);
  await dialog.getByRole('button', { name: 'Use a backup code' }).click();
  await dialog.getByLabel('Backup code').fill(backupCodes[1] ?? '');
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('list', { name: 'Sessions' }).getByText('This device').waitFor();
});

test('choices of what to hear of are kept; that security alerts come by e-mail can not be changed', async () => {
  const { page } = await person('user', 'Nat Notified');
  await open(page, '/settings/notifications', 'Notifications');
  const row = (name: string) => page.getByRole('group', { name: new RegExp(`^${name}`) });
  const alerts = row('Security alerts').getByLabel(/^E-mail/);
  await alerts.waitFor();
  expect([await alerts.isChecked(), await alerts.isDisabled()]).toEqual([true, true]);
  await page.getByText('that can not be turned off').waitFor();
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await row('Product news').getByLabel('E-mail').check();
  await row('Order updates').getByLabel('In the app').uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Your choices are saved').first().waitFor();
  await page.reload();
  await row('Product news').waitFor();
  expect(await row('Product news').getByLabel('E-mail').isChecked()).toBe(true);
  expect(await row('Order updates').getByLabel('In the app').isChecked()).toBe(false);
});

test('what somebody saw themselves is noted among their security events, and they leave everywhere at once', async () => {
  const { page, email } = await person('user', 'Rob Reporter');
  const other = await under.page();
  await under.signIn(other, email);
  await open(page, '/settings/activity', 'Security activity');
  await page.getByRole('button', { name: 'Report something' }).click();
  const dialog = page.getByRole('dialog', { name: 'Report something' });
  await dialog.getByLabel(/In your words/).fill('My name is another one today');
  await shot(page, 'identity/report');
  await expectSound(page);
  await dialog.getByRole('button', { name: 'Report', exact: true }).click();
  await page.getByRole('region', { name: 'Table of events' }).getByText('My name is another one today').waitFor();
  await open(page, '/settings/sessions', 'Sessions');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  const asking = page.getByRole('alertdialog', { name: 'Sign out everywhere?' });
  await asking.waitFor();
  await expectSound(page);
  await asking.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.waitForURL(/\/sign-in$/);
  await other.goto('/settings');
  await other.waitForURL(/\/sign-in\?next=/);
});

test('two tabs renew a session whose tokens rotate, time and again, and never use a token twice', async () => {
  const { page } = await person('user', 'Tia Twotabs');
  const context = page.context();
  const other = await under.tab(page);
  const tokenNow = async () =>
    (await context.cookies()).find(({ name }) => name === '__Secure-mewayz-refresh')?.value as string;
  const seen = new Set([await tokenNow()]);
  for (let round = 0; round < 3; round++) {
    await open(page, '/settings/appearance', 'Appearance');
    await open(other, '/settings/appearance', 'Appearance');
    // As after a quarter of an hour: the access token is over.
    await context.clearCookies({ name: '__Host-mewayz-access' });
    await Promise.all([open(page, '/settings/sessions', 'Sessions'), open(other, '/settings/sessions', 'Sessions')]);
    for (const tab of [page, other]) await tab.getByText('This device').waitFor();
    seen.add(await tokenNow());
  }
  expect(seen.size).toBe(4);
  await open(page, '/settings/activity', 'Security activity');
  await page.getByText('Signed in').first().waitFor();
  expect(await page.getByText('its token was used twice').count()).toBe(0);
});

test('a session is renewed as well when the script that asks for it early comes late', async () => {
  const { page } = await person('user', 'Lee Latecomer');
  await page.route('**/session.js', async (route) => {
    await page.waitForRequest(/\/auth\/me$/);
    await route.continue();
  });
  await page.route('**/auth/refresh', async (route) => {
    await page.evaluate(async () => {
      while (performance.getEntriesByName(`${location.origin}/session.js`).length === 0)
        await new Promise((resolve) => setTimeout(resolve, 20));
    });
    await route.continue();
  });
  await page.context().clearCookies({ name: '__Host-mewayz-access' });
  await open(page, '/settings/sessions', 'Sessions');
  await page.getByText('This device').waitFor();
});

test('the sections of the settings are sound in every width and both themes', async () => {
  const { page } = await person('user', 'Una User');
  for (const [path, heading] of [
    ['password', 'Password'],
    ['two-factor', 'Two-factor authentication'],
    ['sessions', 'Sessions'],
    ['activity', 'Security activity'],
    ['notifications', 'Notifications'],
  ] as const) {
    await open(page, `/settings/${path}`, heading);
    await page.locator('[aria-label^="Loading"], [aria-busy="true"]').first().waitFor({ state: 'detached' });
    await expectSoundInAllLooks(under, page, `identity/${path}`);
  }
});
