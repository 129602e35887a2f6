/** Placing an order, where the journey does not lead: what is refused. */
import { signIn } from '../../support/people.ts';
import { newProduct } from '../../support/products.ts';
import { type BrowserUnderTest, expectSound, shot, startBrowser } from '../support.ts';

let under: BrowserUnderTest;
let admin: { email: string };
beforeAll(async () => {
  under = await startBrowser();
  admin = await under.account('admin', 'Ada Lovelace');
}, 180_000);
afterAll(async () => {
  await under?.stop();
}, 60_000);

test('more than there is is refused at its line, which says how many are left; a smaller number is placed', async () => {
  const page = await under.page();
  await under.signIn(page, admin.email);
  const { api } = await signIn(under.platform, admin.email);
  const product = await newProduct(api, 5, { name: 'Jam jar' });
  await page.goto(`/orders/new?product=${product}`);
  const quantity = page.getByLabel('Quantity of Jam jar');
  await quantity.fill('9');
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByText('Only 5 left in stock.').waitFor();
  await expectSound(page);
  await shot(page, 'orders/out-of-stock');
  await quantity.fill('2');
  await page.getByText('£5.10').first().waitFor();
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByRole('heading', { level: 1, name: /^MW-/ }).waitFor();
  // A reload and a direct link show the same order.
  await page.reload();
  await page.getByText('Order placed').waitFor();
}, 60_000);
