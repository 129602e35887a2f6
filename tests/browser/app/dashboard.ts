/** The dashboard of each role, when all is well and when the API is not. */
import { type BrowserUnderTest, expectSound, startBrowser } from '../support.ts';

let under: BrowserUnderTest;
let people: Record<'admin' | 'user' | 'moderator', { email: string }>;
beforeAll(async () => {
  under = await startBrowser();
  people = {
    admin: await under.account('admin', 'Ada Lovelace'),
    user: await under.account('user', 'Uma User'),
    moderator: await under.account('moderator', 'Max Moderator'),
  };
}, 180_000);
afterAll(async () => {
  await under?.stop();
}, 60_000);

test('the period is in the address and outlives a reload', async () => {
  const page = await under.page();
  await under.signIn(page, people.admin.email);
  await page.goto('/dashboard');
  await page.getByRole('radio', { name: '7 days' }).check();
  await page.getByRole('radio', { name: 'By hour' }).check();
  expect(new URL(page.url()).search).toBe('?range=7&by=hour');
  await page.reload();
  await page.getByText('By hour, UTC').first().waitFor();
  expect(await page.getByRole('radio', { name: '7 days' }).isChecked()).toBe(true);
}, 60_000);

test('who may not see figures finds their orders and the shop instead', async () => {
  for (const role of ['user', 'moderator'] as const) {
    const page = await under.page();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await under.signIn(page, people[role].email);
    await page.goto('/dashboard');
    await page.getByText('Your orders', { exact: true }).waitFor();
    await page.getByText('No orders yet').waitFor();
    await expectSound(page);
    expect(asked.filter((url) => url.includes('/analytics/'))).toEqual([]);
    await under.release(page);
  }
}, 60_000);
