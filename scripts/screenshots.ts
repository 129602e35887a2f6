/**
 * Takes the pictures of `docs/screenshots/` from what `npm start` runs, once its demo data is loaded: every page, wide and on a phone, some of
 * them dark too. `npm run screenshots [-- <name>]`; BASE_URL names another address, CHROMIUM_PATH another browser.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { demoAccounts, password } from '../demo/load.ts';
import type { Role } from '../shared/permissions.ts';
import { chromiumOptions } from './chromium.ts';

const base = process.env.BASE_URL ?? 'http://localhost:3000';
const folder = 'docs/screenshots';
const sizes = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

interface View {
  /** Name of the pictures, without size and theme. */
  name: string;
  path: string;
  isPublic?: boolean;
  /** Is taken in the dark theme too. */
  dark?: boolean;
  /** Only administrators see it. */
  isAdmins?: boolean;
}

/** Newest records of the demo data, for the pages that show one. */
async function recordPaths(page: Page): Promise<{ product: string; order: string; user: string }> {
  const first = async (path: string): Promise<string> => {
    const response = await page.request.get(`${base}/api/v1/${path}`);
    const { data } = (await response.json()) as { data?: { items?: { id: string }[] } | { id: string }[] };
    const items = Array.isArray(data) ? data : data?.items;
    const id = items?.[0]?.id;
    if (!id) throw new Error(`GET ${path} answered ${response.status()} without a record: is the demo data loaded?`);
    return id;
  };
  return {
    product: await first('products?limit=1&status=published&sort=stock&order=desc'),
    order: await first('orders?limit=1'),
    user: await first('users?limit=1&role=enterprise'),
  };
}

async function signedInState(browser: Browser, role: Role) {
  const context = await browser.newContext({ baseURL: base });
  const page = await context.newPage();
  const account = demoAccounts.find((demo) => demo.role === role);
  const response = await page.request.post(`${base}/api/v1/auth/login`, {
    data: { email: account?.email, password },
    headers: { origin: base },
  });
  if (!response.ok()) throw new Error(`Signing in was answered ${response.status()}: ${await response.text()}`);
  const records = await recordPaths(page);
  const state = await context.storageState();
  await context.close();
  return { records, state };
}

/** Waits until nothing moves or loads any more. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  if (new URL(page.url()).pathname !== '/gallery')
    await page.locator('[aria-label^="Loading"], [aria-busy="true"]').first().waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready.then(() => true)');
  await page.waitForTimeout(300);
}

const browser = await chromium.launch(chromiumOptions());
try {
  const { records, state } = await signedInState(browser, 'manager');
  const { state: administrator } = await signedInState(browser, 'admin');
  const views: readonly View[] = [
    { name: 'landing', path: '/', isPublic: true, dark: true },
    { name: 'register', path: '/register', isPublic: true },
    { name: 'confirm', path: '/confirm?email=ada@example.com', isPublic: true },
    { name: 'sign-in', path: '/sign-in', isPublic: true },
    { name: 'forgot-password', path: '/forgot-password', isPublic: true },
    { name: 'reset-password', path: '/reset-password?email=ada@example.com', isPublic: true },
    { name: 'invitation', path: '/invitation', isPublic: true },
    { name: 'secure-account', path: '/secure-account', isPublic: true },
    { name: 'status', path: '/status', isPublic: true },
    { name: 'terms', path: '/terms', isPublic: true },
    { name: 'not-found', path: '/nowhere', isPublic: true },
    { name: 'dashboard', path: '/dashboard', dark: true },
    { name: 'products', path: '/products' },
    { name: 'product', path: `/products/${records.product}` },
    { name: 'product-edit', path: `/products/${records.product}/edit` },
    { name: 'product-new', path: '/products/new' },
    { name: 'orders', path: '/orders', dark: true },
    { name: 'order', path: `/orders/${records.order}` },
    { name: 'order-new', path: `/orders/new?product=${records.product}` },
    { name: 'users', path: '/users' },
    { name: 'user', path: `/users/${records.user}` },
    { name: 'notifications', path: '/notifications', dark: true },
    { name: 'user-invite', path: '/users/invite' },
    { name: 'user-import', path: '/users/import' },
    { name: 'audit-log', path: '/admin/audit-log', isAdmins: true, dark: true },
    { name: 'platform-settings', path: '/admin/settings', isAdmins: true },
    { name: 'settings', path: '/settings', dark: true },
    { name: 'my-data', path: '/settings/my-data' },
    { name: 'password', path: '/settings/password' },
    { name: 'two-factor', path: '/settings/two-factor' },
    { name: 'sessions', path: '/settings/sessions', dark: true },
    { name: 'activity', path: '/settings/activity' },
    { name: 'notification-choices', path: '/settings/notifications' },
    { name: 'appearance', path: '/settings/appearance' },
    { name: 'gallery', path: '/gallery', isPublic: true },
  ];
  const only = process.argv.slice(2);
  mkdirSync(folder, { recursive: true });
  let total = 0;
  for (const { name, path, isPublic = false, dark = false, isAdmins = false } of views) {
    if (only.length > 0 && !only.includes(name)) continue;
    for (const size of ['wide', 'phone'] as const) {
      for (const theme of dark ? (['light', 'dark'] as const) : (['light'] as const)) {
        const context = await browser.newContext({
          baseURL: base,
          viewport: sizes[size],
          colorScheme: theme,
          reducedMotion: 'reduce',
          locale: 'en-GB',
          timezoneId: 'Europe/London',
          hasTouch: size === 'phone',
          isMobile: size === 'phone',
          ...(!isPublic && { storageState: isAdmins ? administrator : state }),
        });
        const page = await context.newPage();
        const answer = await page.goto(path);
        if ((answer?.status() ?? 0) >= 500) throw new Error(`${path} was answered ${answer?.status()}`);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await settle(page);
        const file = join(folder, `${name}-${size}${theme === 'dark' ? '-dark' : ''}.png`);
        await sharp(await page.screenshot({ animations: 'disabled' }))
          .png({ palette: true, colours: 256, dither: 0, compressionLevel: 9, effort: 10 })
          .toFile(file);
        const { size: bytes } = statSync(file);
        total += bytes;
        console.log(`${(bytes / 1_000).toFixed(0).padStart(5)} kB  ${file}`);
        await context.close();
      }
    }
  }
  console.log(`${(total / 1_000).toFixed(0).padStart(5)} kB  together`);
} finally {
  await browser.close();
}
