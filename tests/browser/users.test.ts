/** The list of users and the page of one, for who may see them. */
import { type BrowserUnderTest, expectSound, startBrowser } from './support.ts';

let under: BrowserUnderTest;
let admin: { email: string };
let ann: { id: string };
beforeAll(async () => {
  under = await startBrowser();
  admin = await under.account('admin', 'Ada Lovelace');
  ann = await under.account('enterprise', 'Ann Archer');
}, 180_000);
afterAll(async () => {
  await under?.stop();
}, 60_000);

test('users are found by role, and each has a page of its own that a direct link opens', async () => {
  const page = await under.page();
  await under.signIn(page, admin.email);
  await page.goto('/users?role=enterprise');
  await page.getByRole('link', { name: 'Ann Archer' }).waitFor();
  expect(await page.getByText('Ada Lovelace').count()).toBe(0);
  await page.goto(`/users/${ann.id}`);
  await page.getByRole('heading', { level: 1, name: 'Ann Archer' }).waitFor();
}, 60_000);

test('an id that nobody has says so', async () => {
  const page = await under.page();
  await under.signIn(page, admin.email);
  await page.goto('/users/usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0');
  await page.getByText('There is no such user').waitFor();
  await expectSound(page);
}, 60_000);
