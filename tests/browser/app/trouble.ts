/**
 * The API in trouble: stopped, slow, or answering 500, 429 or 401, for every page and every form. Each says so, loses no input, and goes on by
 * itself, without a reload, once the trouble is over. The tabs of a trouble wait beside each other.
 */
import type { Locator, Page } from 'playwright-core';
import { listOrders } from '../../../shared/contracts/orders/list-orders.ts';
import { listProducts } from '../../../shared/contracts/products/list-products.ts';
import type { Api } from '../../support/api.ts';
import { eventually } from '../../support/observe.ts';
import { signIn } from '../../support/people.ts';
import { newOrder, newProduct, untilListed } from '../../support/products.ts';
import { type BrowserUnderTest, expectSound, notedOf, password, shot, startBrowser } from '../support.ts';

jest.setTimeout(180_000);
let under: BrowserUnderTest;
/** Signed in; the tabs of a test share its session. */
let session: Page;
let api: Api;
let admin: { id: string; email: string };
let records: { product: string; order: string };

beforeAll(async () => {
  under = await startBrowser();
  admin = await under.account('admin', 'Ada Lovelace');
  session = await under.page();
  await under.signIn(session, admin.email);
  ({ api } = await signIn(under.platform, admin.email));
  const product = await newProduct(api, 100, { name: 'Lantern', inventory: { stock: 100, lowStockThreshold: 0 } });
  records = { product, order: await newOrder(api, product) };
  await untilListed(api, listProducts, [records.product]);
  await untilListed(api, listOrders, [records.order]);
}, 180_000);
afterAll(async () => {
  await under?.stop();
});

const envelope = (code: string) =>
  JSON.stringify({ success: false, error: { code, message: code }, timestamp: '', requestId: 'req_trouble' });
interface Call {
  stop(): Promise<unknown>;
  goOn(): Promise<unknown>;
  answer(status: number, code: string, retryAfter?: string): Promise<unknown>;
}
const answers = {
  stopped: (call: Call) => call.stop(),
  /** Comes when the trouble is over. */
  slow: (call: Call, over: Promise<void>) => over.then(() => call.goOn()),
  500: (call: Call) => call.answer(500, 'INTERNAL_ERROR'),
  429: (call: Call) => call.answer(429, 'RATE_LIMITED', '1'),
  401: (call: Call) => call.answer(401, 'UNAUTHENTICATED'),
} as const;
type Trouble = keyof typeof answers;
const troubles = ['stopped', 'slow', '500', '429', '401'] as const satisfies readonly `${Trouble}`[];

/** What a part of a page says. A slow answer is awaited in peace, and a session that ended asks for the password. */
const words: Record<Exclude<Trouble, 'slow' | 401>, RegExp> = {
  stopped: /can not be reached/,
  500: /Something went wrong on our side/,
  429: /Too many tries/,
};

const lifts = new Set<() => Promise<void>>();
afterEach(() => Promise.all([...lifts].map((lift) => lift())));

/**
 * Puts every call that `isMeant` names into trouble. Gives what ends it. It asks the browser itself: with a route of Playwright's the browser
 * caches nothing, and each page that is opened would compile all its scripts anew.
 */
async function inTrouble(page: Page, trouble: Trouble, isMeant: (path: string, method: string) => boolean) {
  const devtools = await page.context().newCDPSession(page);
  const over = Promise.withResolvers<void>();
  const running = new Set<Promise<unknown>>();
  devtools.on('Fetch.requestPaused', ({ requestId, request }) => {
    const path = new URL(request.url).pathname.slice('/api/v1'.length);
    // What is stopped is stopped for the probe that asks whether it is back, and an ended session can't be renewed.
    const also = (trouble === 'stopped' && path === '/health') || (Number(trouble) === 401 && path === '/auth/refresh');
    const call: Call = {
      stop: () => devtools.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionRefused' }),
      goOn: () => devtools.send('Fetch.continueRequest', { requestId }),
      answer: (responseCode, code, retryAfter) =>
        devtools.send('Fetch.fulfillRequest', {
          requestId,
          responseCode,
          responseHeaders: retryAfter ? [{ name: 'retry-after', value: retryAfter }] : [],
          body: Buffer.from(envelope(code)).toString('base64'),
        }),
    };
    const answered = also || isMeant(path, request.method) ? answers[trouble](call, over.promise) : call.goOn();
    // A page that was left has no more use for an answer.
    const done = answered.catch(() => undefined).finally(() => running.delete(done));
    running.add(done);
  });
  await devtools.send('Fetch.enable', { patterns: [{ urlPattern: `${under.platform.web}/api/v1/*` }] });
  const lift = async () => {
    if (!lifts.delete(lift)) return;
    over.resolve();
    await Promise.all(running);
    await devtools.detach();
  };
  lifts.add(lift);
  return lift;
}

const slowNotice = (page: Page) => page.getByText('This takes longer than usual…').first();
const signInAgain = (page: Page) => page.getByRole('dialog', { name: 'Sign in again' });

async function answerSignInAgain(page: Page): Promise<void> {
  await signInAgain(page).getByLabel('Password').fill(password);
  await signInAgain(page).getByRole('button', { name: 'Sign in and go on' }).click();
}

interface PageUnderTest {
  path: () => string;
  /** Parts of the page that read something of their own. */
  parts: number;
  /** Stands there once everything was read. */
  whole: (page: Page) => Locator;
}
const pages: Record<string, PageUnderTest> = {
  dashboard: {
    path: () => '/dashboard',
    parts: 5,
    whole: (page) => page.getByRole('img', { name: /^Orders over time/ }),
  },
  products: { path: () => '/products', parts: 1, whole: (page) => page.getByRole('link', { name: 'Lantern' }) },
  product: {
    path: () => `/products/${records.product}`,
    parts: 1,
    whole: (page) => page.getByRole('heading', { name: 'Lantern' }),
  },
  'product editor': {
    path: () => `/products/${records.product}/edit`,
    parts: 1,
    whole: (page) => page.getByRole('heading', { name: 'Edit Lantern' }),
  },
  orders: { path: () => '/orders', parts: 1, whole: (page) => page.getByRole('link', { name: /^MW-/ }) },
  order: { path: () => `/orders/${records.order}`, parts: 1, whole: (page) => page.getByText('Order placed') },
  users: { path: () => '/users', parts: 1, whole: (page) => page.getByRole('link', { name: 'Ada Lovelace' }) },
  notifications: {
    path: () => '/notifications',
    parts: 1,
    whole: (page) => page.locator('main [data-row-link]').or(page.getByText('Nothing to tell yet')),
  },
  user: {
    path: () => `/users/${admin.id}`,
    parts: 1,
    whole: (page) => page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }),
  },
};

describe.each(troubles)('reading, with the API %s', (name) => {
  const trouble = (Number(name) || name) as Trouble;

  test('every part of every page says so, and shows what it should without a reload when it is over', async () => {
    const tabs = await Promise.all(
      Object.entries(pages).map(async ([title, { path, parts, whole }]) => {
        const page = await under.tab(session);
        const lift = await inTrouble(page, trouble, (called) => called !== '/auth/me');
        await page.goto(path());
        return { title, page, parts, whole: whole(page), lift };
      }),
    );
    await Promise.all(
      tabs.map(async ({ title, page, parts }) => {
        const main = page.getByRole('main');
        if (trouble === 'slow') await slowNotice(page).waitFor();
        else if (trouble === 401) await signInAgain(page).waitFor();
        else
          await eventually(`${title} says it ${parts} times`, async () => {
            return (await main.getByText(words[trouble]).count()) >= parts;
          });
        if (trouble === 500) {
          await shot(page, `trouble/${title.replaceAll(' ', '-')}`);
          await expectSound(page);
        }
      }),
    );
    // The trouble is over for all at once: a tab that could renew the session would tell the others, still refused, that it is open.
    await Promise.all(tabs.map(({ lift }) => lift()));
    // Signed in again in one tab, all others go on too.
    if (trouble === 401) await answerSignInAgain((tabs[0] as (typeof tabs)[number]).page);
    await Promise.all(
      tabs.map(async ({ page, whole }) => {
        await whole.first().waitFor({ timeout: 30_000 });
        await signInAgain(page).waitFor({ state: 'detached' });
        await slowNotice(page).waitFor({ state: 'detached' });
        expect(notedOf(page)).toEqual({ errors: [], cspViolations: [] });
        await under.release(page);
      }),
    );
  });

  test('the app does not begin without knowing who is signed in, and begins by itself once it does', async () => {
    const page = await under.tab(session);
    const lift = await inTrouble(page, trouble, (called) => called === '/auth/me');
    await page.goto('/settings/appearance');
    if (trouble === 'slow') await slowNotice(page).waitFor();
    else if (trouble === 401) {
      await page.waitForURL(/\/sign-in\?next=%2Fsettings%2Fappearance/);
      await lift();
      await under.release(page);
      return;
    } else await page.getByText(words[trouble]).waitFor();
    await lift();
    await page.getByRole('radiogroup', { name: 'Theme' }).waitFor({ timeout: 30_000 });
    await under.release(page);
  });
});

interface FormUnderTest {
  path: () => string | Promise<string>;
  /** Fills it in, and gives the fields that must keep what was typed. */
  fill: (page: Page) => Promise<Locator[]>;
  send: (page: Page) => Locator;
  sends: (path: string, method: string) => boolean;
  done: (page: Page) => Promise<unknown>;
  isPublic?: boolean;
}
let made = 0;
const forms: Record<string, FormUnderTest> = {
  'new product': {
    path: () => '/products/new',
    fill: async (page) => {
      await page.getByLabel('Name').fill(`Kept lantern ${++made}`);
      await page.getByLabel('Category').fill('lighting');
      await page.getByLabel('Price').fill('3.00');
      return [page.getByLabel('Name'), page.getByLabel('Category'), page.getByLabel('Price')];
    },
    send: (page) => page.getByRole('button', { name: 'Create product' }),
    sends: (path, method) => path === '/products' && method === 'POST',
    done: (page) => page.getByRole('heading', { level: 1, name: /^Kept lantern/ }).waitFor(),
  },
  'product editor': {
    path: async () => `/products/${await newProduct(api, 0, { name: 'Edited', status: 'draft' })}/edit`,
    fill: async (page) => {
      await page.getByLabel('Name').fill('Edited twice');
      return [page.getByLabel('Name')];
    },
    send: (page) => page.getByRole('button', { name: 'Save changes' }),
    sends: (_, method) => method === 'PATCH',
    done: (page) => page.getByRole('heading', { level: 1, name: 'Edited twice' }).waitFor(),
  },
  'new order': {
    path: () => `/orders/new?product=${records.product}`,
    fill: async (page) => {
      const quantity = page.getByLabel('Quantity of Lantern');
      await quantity.fill('2');
      await page.getByLabel('Note').fill('Ring twice');
      return [quantity, page.getByLabel('Note')];
    },
    send: (page) => page.getByRole('button', { name: 'Place order' }),
    sends: (path, method) => path === '/orders' && method === 'POST',
    done: (page) => page.getByRole('heading', { level: 1, name: /^MW-/ }).waitFor(),
  },
  cancellation: {
    path: async () => `/orders/${await newOrder(api, records.product)}`,
    fill: async (page) => {
      await page.getByRole('button', { name: 'Cancel order' }).click();
      await page.getByLabel('Reason').fill('Ordered twice');
      return [page.getByLabel('Reason')];
    },
    send: (page) => page.getByRole('alertdialog').getByRole('button', { name: 'Cancel order' }),
    sends: (path) => path.endsWith('/cancel'),
    done: (page) => page.getByText('This order is cancelled').waitFor(),
  },
  registration: {
    path: () => '/register',
    fill: async (page) => {
      await page.getByLabel('Your name').fill('Rita Reader');
      await page.getByLabel('E-mail').fill(`rita-${++made}@trouble.test`);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByLabel('Password again').fill(password);
      await page.getByLabel('I accept the terms of use').check();
      return [page.getByLabel('Your name'), page.getByLabel('Password', { exact: true })];
    },
    send: (page) => page.getByRole('button', { name: 'Create account' }),
    sends: (path) => path === '/auth/register',
    done: (page) => page.waitForURL(/\/confirm\?email=/),
    isPublic: true,
  },
  confirmation: {
    path: () => '/confirm?email=someone%40trouble.test',
    fill: async (page) => {
      await page.getByLabel('Code').fill('000000');
      return [page.getByLabel('Code')];
    },
    // The sixth digit sends it.
    send: (page) => page.getByLabel('Code'),
    sends: (path) => path === '/auth/confirm',
    done: (page) => page.getByText('Is wrong or has expired: ask for a new one.').waitFor(),
    isPublic: true,
  },
  'signing in': {
    path: () => '/sign-in',
    fill: async (page) => {
      await page.getByLabel('E-mail').fill(admin.email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      return [page.getByLabel('E-mail'), page.getByLabel('Password', { exact: true })];
    },
    send: (page) => page.getByRole('button', { name: 'Sign in' }),
    sends: (path) => path === '/auth/login',
    done: (page) => page.waitForURL(/\/dashboard$/),
    isPublic: true,
  },
};

describe.each(troubles)('writing, with the API %s', (name) => {
  const trouble = (Number(name) || name) as Trouble;
  /** Without a session, 401 is an answer, not a trouble. */
  const meant = Object.entries(forms).filter(([, { isPublic }]) => !(isPublic && trouble === 401));

  test('every form says so, keeps what was typed, and is sent once when it is over', async () => {
    const tabs = await Promise.all(
      meant.map(async ([title, form]) => {
        const page = form.isPublic ? await under.page() : await under.tab(session);
        await page.goto(await form.path());
        const keys = new Set<string | undefined>();
        page.on('request', (request) => {
          const { pathname } = new URL(request.url());
          if (form.sends(pathname.slice('/api/v1'.length), request.method()))
            keys.add(request.headers()['idempotency-key']);
        });
        const lift = await inTrouble(page, trouble, form.sends);
        const fields = await form.fill(page);
        const typed = await Promise.all(fields.map((field) => field.inputValue()));
        if (title !== 'confirmation') await form.send(page).click();
        if (trouble === 'slow') await slowNotice(page).waitFor();
        else if (trouble === 401) await signInAgain(page).waitFor();
        else
          await page
            .getByText(/Trying again/)
            .first()
            .waitFor();
        if (trouble === 500) await shot(page, `trouble/form-${title.replaceAll(' ', '-')}`);
        expect(await Promise.all(fields.map((field) => field.inputValue()))).toEqual(typed);
        return { title, form, page, keys, lift };
      }),
    );
    await Promise.all(tabs.map(({ lift }) => lift()));
    if (trouble === 401) await answerSignInAgain((tabs[0] as (typeof tabs)[number]).page);
    for (const { title, form, page, keys } of tabs) {
      await form.done(page);
      expect({ title, keys: keys.size }).toEqual({ title, keys: 1 });
      expect(notedOf(page)).toEqual({ errors: [], cspViolations: [] });
      await under.release(page);
    }
  });
});

test('the search for a product goes on by itself when it has failed', async () => {
  const page = await under.tab(session);
  await page.goto('/orders/new');
  const lift = await inTrouble(page, 500, (path) => path === '/products');
  await page.getByRole('combobox', { name: 'Add a product' }).fill('lant');
  await page.getByText('The search does not answer. Trying again…').waitFor();
  await lift();
  await page
    .getByRole('option', { name: /Lantern/ })
    .first()
    .waitFor();
  expect(await page.getByRole('combobox', { name: 'Add a product' }).inputValue()).toBe('lant');
  await under.release(page);
});
