/** Users administration and the audit log, for who may see them. */
import type { Page } from 'playwright-core';
import { eventually, mailsTo } from '../../support/observe.ts';
import {
  type BrowserUnderTest,
  expectSound,
  expectSoundInAllLooks,
  expectSoundInBothThemes,
  shot,
  startBrowser,
  type Theme,
  type Width,
} from '../support.ts';

let under: BrowserUnderTest;
let admin: { id: string; email: string };
let ann: { id: string; email: string };
beforeAll(async () => {
  under = await startBrowser();
  admin = await under.account('admin', 'Ada Lovelace');
  ann = await under.account('enterprise', 'Ann Archer');
}, 180_000);
afterAll(async () => {
  await under?.stop();
}, 60_000);

async function signedIn(width: Width = 'wide', theme: Theme = 'light', email = admin.email) {
  const page = await under.page(width, theme);
  await under.signIn(page, email);
  return page;
}
const choose = async (page: Page, item: string) => {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
/** Reads the page anew until the trail has come through. */
const history = (page: Page, title: string) =>
  eventually(`the history says ${title}`, async () => {
    await page.reload();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.getByRole('list', { name: 'Changes of the user' }).waitFor();
    return (await page.getByText(title).count()) > 0;
  });

test('users are found by role, and each has a page of its own that a direct link opens', async () => {
  const page = await signedIn();
  await page.goto('/users?role=enterprise');
  await page.getByRole('link', { name: 'Ann Archer' }).waitFor();
  expect(await page.getByText('Ada Lovelace').count()).toBe(0);
  await expectSoundInAllLooks(under, page, 'users/list');
  await page.goto(`/users/${ann.id}`);
  await page.getByRole('heading', { level: 1, name: 'Ann Archer' }).waitFor();
  await expectSoundInAllLooks(under, page, 'users/detail');
}, 90_000);

test('an id that nobody has says so', async () => {
  const page = await signedIn();
  await page.goto('/users/usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0');
  await page.getByText('There is no such user').waitFor();
  await expectSound(page);
}, 60_000);

test('who is suspended is out at the next request, with the reason on the page, and comes back', async () => {
  const bob = await under.account('user', 'Bob Brown');
  const theirs = await signedIn('wide', 'light', bob.email);
  const asked = async () => (await theirs.request.get('/api/v1/auth/me')).status();
  expect(await asked()).toBe(200);
  const page = await signedIn();
  await page.goto(`/users/${bob.id}`);
  await choose(page, 'Suspend…');
  await page.getByLabel('Reason').fill('Card fraud');
  await expectSound(page);
  await page.getByRole('button', { name: 'Suspend', exact: true }).click();
  await page.getByText('“Card fraud”').waitFor();
  expect(await asked()).toBe(401);
  await choose(page, 'Activate…');
  await page.getByRole('button', { name: 'Activate', exact: true }).click();
  await page.getByText('can sign in again').first().waitFor();
  await choose(page, 'Delete…');
  await page.getByRole('button', { name: 'Delete user' }).click();
  await page.getByText('This account was deleted').waitFor();
  await choose(page, 'Restore…');
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText('This account was deleted').waitFor({ state: 'detached' });
}, 90_000);

test('a new role shows at once, and the history of the user says from what to what and by whom', async () => {
  const page = await signedIn();
  await page.goto(`/users/${ann.id}`);
  await choose(page, 'Role and plan…');
  await page.getByRole('combobox', { name: 'Role' }).selectOption('manager');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Ann Archer was changed').first().waitFor();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Company').fill('Archer Ltd');
  await expectSound(page);
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Archer Ltd').first().waitFor();
  await history(page, 'User role changed');
  const entry = page.getByRole('listitem').filter({ hasText: 'User role changed' });
  await entry.getByText('User role changed').click();
  expect(await entry.getByRole('definition').filter({ hasText: 'enterprise' }).textContent()).toContain('manager');
  await entry.getByText('by You').waitFor();
  await expectSound(page);
  await shot(page, 'users/history-wide-light');
}, 120_000);

test('an invitation makes a pending user and a mail; one that is taken says so at its field', async () => {
  const page = await signedIn();
  await page.goto('/users/invite');
  await page.getByLabel('E-mail').fill(ann.email);
  await page.getByLabel('Name', { exact: false }).first().fill('Ivy Invited');
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await page.getByText('Is taken already.').waitFor();
  await expectSound(page);
  await shot(page, 'users/invite-wide-light');
  await page.getByLabel('E-mail').fill('ivy@invited.test');
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await page.getByRole('heading', { level: 1, name: 'Ivy Invited' }).waitFor();
  await page.getByText('Invited, not yet accepted').waitFor();
  await eventually(
    'the invitation is mailed',
    async () => (await mailsTo(under.platform, 'ivy@invited.test')).length > 0,
  );
}, 90_000);

test('an import tells what is wrong beside each row, sends the others, and sends again only what failed', async () => {
  const page = await signedIn();
  await page.goto('/users/import');
  const people = Array.from({ length: 27 }, (_, n) => `imported-${n}@import.test,Person ${n}`);
  await page.getByLabel('CSV text').fill(['email,name', ...people, 'no-address,Nobody', `${ann.email},Ann`].join('\n'));
  await page.getByText('1 row can not be sent').waitFor();
  await expectSound(page);
  let calls = 0;
  await page.route('**/api/v1/users/batch', (route) => {
    calls += 1;
    return calls === 2
      ? route.fulfill({
          status: 403,
          contentType: 'application/json',
          body: '{"success":false,"error":{"code":"FORBIDDEN","message":"Not now."}}',
        })
      : route.continue();
  });
  await page.getByRole('button', { name: 'Invite 28 people' }).click();
  // Each invitation is a write of its own.
  await page.getByText('25 invitations sent').waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Try again for 3 people' }).click();
  await page.getByText('27 invitations sent').waitFor();
  expect(calls).toBe(3);
  await page.getByText('Has an account already').waitFor();
  await expectSound(page);
  await shot(page, 'users/import-wide-light');
}, 90_000);

test('chosen users are suspended together', async () => {
  const page = await signedIn();
  await under.account('user', 'Carl Clay');
  await under.account('user', 'Cora Clay');
  await eventually('both are listed', async () => {
    await page.goto('/users?search=clay');
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    await page.locator('[data-row-link]').first().waitFor();
    return (await page.locator('[data-row-link]').count()) === 2;
  });
  for (const _ of [1, 2]) {
    await page.keyboard.press('j');
    await page.keyboard.press('x');
  }
  await page.getByRole('toolbar', { name: 'Chosen rows' }).getByRole('button', { name: 'Suspend' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
  await page.getByText('2 users suspended').first().waitFor();
}, 90_000);

test('the audit log lists what was changed, and opens an entry that its address names', async () => {
  for (const width of ['wide', 'phone'] as const) {
    const page = await signedIn(width);
    await page.goto(`/admin/audit-log?entityId=${ann.id}&event=UserRoleChanged`);
    await page.getByRole('link', { name: 'User role changed' }).first().waitFor();
    await expectSoundInBothThemes(page, `audit/list-${width}`);
    await page.getByRole('link', { name: 'User role changed' }).first().click();
    const sheet = page.getByRole('dialog', { name: 'User role changed' });
    await sheet.getByText('Before and after').waitFor();
    await sheet.getByText('manager').first().waitFor();
    expect(page.url()).toContain('entry=');
    await expectSoundInBothThemes(page, `audit/entry-${width}`);
    await page.reload();
    await page.getByRole('dialog', { name: 'User role changed' }).getByText('Before and after').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(page.url()).not.toContain('entry=');
    await under.release(page);
  }
}, 120_000);

test('an administrator says which roles must have a second factor; others do not see these pages in the navigation', async () => {
  const page = await signedIn('phone', 'dark');
  await page.goto('/admin/settings');
  await page.getByText('Enterprise', { exact: true }).click();
  await expectSound(page);
  await shot(page, 'audit/settings-phone-dark');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The settings are saved').first().waitFor();
  await page.reload();
  const boxes = page.getByRole('group', { name: 'Roles that must have one' }).getByRole('checkbox');
  await boxes.first().waitFor();
  const chosen = await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked));
  expect(chosen).toEqual([false, true, false, false, false]);
  const manager = await under.account('manager', 'Max Manager');
  const theirs = await signedIn('wide', 'light', manager.email);
  await theirs.goto('/users');
  await theirs.getByRole('link', { name: 'Orders' }).first().waitFor();
  expect(await theirs.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
}, 90_000);
