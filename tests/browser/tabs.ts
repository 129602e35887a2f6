/**
 * The tabs of a browser, used again by one test after another: a page of ours takes 2.4 s of processor time in a new session with a new tab and
 * 0.75 s in a tab that was here before, whose process knows the scripts. What a test can leave behind is taken away; init scripts are not: a
 * test disposes of its own, or asks for a tab of its own (`alone`) for what can not be disposed of, such as an installed clock.
 */
import type { Browser, BrowserContext, CDPSession, Page, Request } from 'playwright-core';
import { refresh } from '../../shared/contracts/auth/refresh.ts';
import { pathOf } from '../../shared/contracts/contract.ts';

/** Sizes that pages are looked at in. */
export const sizes = { phone: [390, 844], tablet: [820, 1180], wide: [1280, 800] } as const;
export type Width = keyof typeof sizes;
export type Theme = 'light' | 'dark';
export interface Look {
  width: Width;
  theme: Theme;
  reducedMotion: boolean;
}
export interface Noted {
  /** Console errors and exceptions, but for refusals of the API, which the browser logs by itself. */
  errors: string[];
  cspViolations: string[];
}

/** Where a tab stands between two tests: at a file of the site that does nothing, as leaving the site would end the tab's process. */
const PARKED = '/icon.svg';
/** Events that tests listen to. */
const heard = ['request', 'response', 'requestfinished', 'requestfailed', 'dialog', 'download', 'popup'] as const;
const notes = new WeakMap<Page, Noted>();
const devtools = new WeakMap<Page, CDPSession>();
const devtoolsOf = (page: Page) => devtools.get(page) as CDPSession;

/** What went wrong in the page since this test has it. */
export function notedOf(page: Page): Noted {
  const found = notes.get(page);
  if (!found) throw new Error('This page was not opened by the browser under test.');
  return found;
}

/** A browser session: cookies and storage of its own. */
interface Session {
  context: BrowserContext;
  look: Look;
  first: Page;
  idle: Page[];
  isAlone: boolean;
  /** Renewals whose answer has not come: it will bring cookies, also when the page that asked is gone. */
  renewals: Set<Request>;
}

export class Tabs {
  readonly #browser: Browser;
  readonly #site: string;
  readonly #sessions = new Map<BrowserContext, Session>();
  readonly #idle: Session[] = [];
  /** In use by the test that runs. */
  readonly #lent = new Set<Page>();

  /** `site` is the origin of the pages. */
  constructor(browser: Browser, site: string) {
    this.#browser = browser;
    this.#site = site;
  }

  /** The first tab of a session without cookies and storage. It is the test's until `release`; who opens it outside of a test keeps it. */
  async open(look: Look, { alone = false, kept = false } = {}): Promise<Page> {
    const session = (!alone && this.#idle.pop()) || (await this.#newSession(look, alone));
    session.look = look;
    await show(session.first, look);
    if (!kept) this.#lent.add(session.first);
    return session.first;
  }

  /** A further tab in the session of a page. */
  async tab(of: Page): Promise<Page> {
    const session = this.#sessionOf(of);
    const page = session.idle.pop() ?? (await newTab(session.context));
    await show(page, session.look);
    this.#lent.add(page);
    return page;
  }

  async resize(page: Page, width: Width): Promise<void> {
    await show(page, { ...this.#sessionOf(page).look, width });
    // What the page lays out by its code has its turn with the next picture.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))),
    );
  }

  /** Takes a tab back; with the first of a session, all of it. */
  async release(page: Page): Promise<void> {
    this.#lent.delete(page);
    const session = this.#sessionOf(page);
    if (!session.isAlone && (await this.#takeBack(page, session).catch(() => false))) return;
    this.#sessions.delete(session.context);
    await session.context.close();
  }
  /** False when the tab can not be used again: a test may have closed it, or left something in it that does not end. */
  async #takeBack(page: Page, session: Session): Promise<boolean> {
    if (page.isClosed()) return false;
    await park(page);
    if (page !== session.first) session.idle.push(page);
    else {
      if (session.renewals.size > 0) return false;
      await this.#clear(session);
      this.#idle.push(session);
    }
    return true;
  }

  /** Takes back what the test that ends did not give back itself. */
  async releaseAll(): Promise<void> {
    const isFirst = (page: Page) => this.#sessions.get(page.context())?.first === page;
    const lent = [...this.#lent];
    await Promise.all(lent.filter((page) => !isFirst(page)).map((page) => this.release(page)));
    await Promise.all(lent.filter(isFirst).map((page) => this.release(page)));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.keys()].map((context) => context.close()));
  }

  #sessionOf(page: Page): Session {
    const session = this.#sessions.get(page.context());
    if (!session) throw new Error('This page was not opened by the browser under test, or was released.');
    return session;
  }

  async #newSession(look: Look, isAlone: boolean): Promise<Session> {
    const context = await this.#browser.newContext({
      baseURL: this.#site,
      locale: 'en-GB',
      timezoneId: 'Europe/London',
    });
    // A guard against what hangs: with other work on the machine, a page may take its time.
    context.setDefaultTimeout(40_000);
    const first = await newTab(context);
    const renewals = new Set<Request>();
    context.on('request', (request) => {
      if (request.url().endsWith(pathOf(refresh))) renewals.add(request);
    });
    context.on('requestfinished', (request) => renewals.delete(request));
    const session: Session = { context, look, first, idle: [], isAlone, renewals };
    this.#sessions.set(context, session);
    return session;
  }

  async #clear({ context, first, idle }: Session): Promise<void> {
    const strange = context.pages().filter((page) => page !== first && !idle.includes(page));
    await Promise.all(strange.map((page) => page.close()));
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    await context.setOffline(false);
    await context.clearPermissions();
    await context.clearCookies();
    await devtoolsOf(first).send('Storage.clearDataForOrigin', { origin: this.#site, storageTypes: 'all' });
    await devtoolsOf(first).send('Page.resetNavigationHistory');
  }
}

/** A tab that notes what goes wrong in it. */
async function newTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  devtools.set(page, await context.newCDPSession(page));
  notes.set(page, { errors: [], cspViolations: [] });
  await page.exposeFunction('noteCspViolation', (text: string) => void notedOf(page).cspViolations.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const note = (globalThis as unknown as { noteCspViolation(text: string): void }).noteCspViolation;
      note(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
    });
  });
  page.on('pageerror', (error) => notedOf(page).errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const text = message.text();
    if (/Content Security Policy/i.test(text)) notedOf(page).cspViolations.push(text);
    else if (!/^Failed to load resource/.test(text)) notedOf(page).errors.push(text);
  });
  return page;
}

async function show(page: Page, { width, theme, reducedMotion }: Look): Promise<void> {
  const [w, h] = sizes[width];
  await page.setViewportSize({ width: w, height: h });
  // Asked for here, as a whole session of Playwright has fingers or has none.
  await devtoolsOf(page).send('Emulation.setTouchEmulationEnabled', { enabled: width !== 'wide' });
  const motion = reducedMotion ? 'reduce' : 'no-preference';
  await page.emulateMedia({ media: null, colorScheme: theme, reducedMotion: motion });
}

async function park(page: Page): Promise<void> {
  for (const event of heard) page.removeAllListeners(event as 'request');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.goto(PARKED);
  // What a form keeps for its tab.
  await page.evaluate(() => sessionStorage.clear());
  // Nothing of the next page lies under the mouse.
  await page.mouse.move(-1, -1);
  notes.set(page, { errors: [], cspViolations: [] });
}
