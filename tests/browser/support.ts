/** One platform and one Chromium for a file of browser tests, its parts together, and what every page must hold: no console error, no CSP violation, no axe violation. */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumOptions } from '../../scripts/chromium.ts';
import { createAccount } from '../../scripts/create-account.ts';
import { login } from '../../shared/contracts/auth/login.ts';
import { pathOf } from '../../shared/contracts/contract.ts';
import type { Role } from '../../shared/permissions.ts';
import { operator, password } from '../support/people.ts';
import { type RunningPlatform, startPlatform } from '../support/platform.ts';
import { shared } from '../support/shared.ts';
import { notedOf, Tabs, type Theme, type Width } from './tabs.ts';

/** Where screenshots of tests go: output to look at, not kept. */
const SHOTS = 'test-results/browser';

export interface BrowserUnderTest {
  platform: RunningPlatform;
  browser: Browser;
  /** A page of a browser session without cookies, that notes what goes wrong in it; `alone`: as on a first visit, used by no test before or after. */
  page(width?: Width, theme?: Theme, options?: { reducedMotion?: boolean; alone?: boolean }): Promise<Page>;
  /** Gives a page another width, and fingers or a mouse as it is used in this one. */
  resize(page: Page, width: Width): Promise<void>;
  /** A further tab in the session of a page, that notes what goes wrong in it too. */
  tab(of: Page): Promise<Page>;
  /** Gives a page back before the test ends, as its end does. */
  release(page: Page): Promise<void>;
  /** Makes an account of this role on the platform. Its password is `password`. */
  account(role: Role, name?: string): Promise<{ id: string; email: string; name: string }>;
  /** Signs the page's session in without going through the form. */
  signIn(page: Page, email: string): Promise<void>;
  stop(): Promise<void>;
}

/** Minified, as each new page reads it whole: two thirds of the time that the usual one takes. Its own value, all of axe, is not for us. */
const AXE = `${readFileSync('node_modules/axe-core/axe.min.js', 'utf8')};0`;

/** WCAG 2.2 AA and good practice. */
const ALL_RULES: axe.RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
};
/** What is chosen as a theme can break these: all others judge what both themes share. */
const RULES_OF_COLOUR: axe.RunOptions = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/**
 * Violations of axe's rules as lines that say rule, place and reason; of a part of the page when `within` names one. It runs in the page itself
 * and describes violations only: our pages have no frames, for which axe's own builder opens a second page, and describing all that is well
 * takes longer than finding it.
 */
async function violationsOf(page: Page, rules: axe.RunOptions, within?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(
    async ([place, options]) => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(place ?? document, options);
      // Lines, as all that axe tells takes the test longer to read than the page to find.
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`),
      );
    },
    [within, { ...rules, resultTypes: ['violations'] }] satisfies [string | undefined, axe.RunOptions],
  );
}

/**
 * Fails unless the page, or the part of it that is `within`, is sound in light and in dark. Keeps a picture of each under `name`, as `shot`
 * does. Leaves the page light.
 */
export async function expectSoundInBothThemes(page: Page, name: string, within?: string): Promise<void> {
  await expectSound(page, within);
  await shot(page, `${name}-light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  const inDark = await violationsOf(page, RULES_OF_COLOUR, within);
  expect({ at: page.url(), inDark }).toEqual({ at: page.url(), inDark: [] });
  await shot(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Gives a page every width, from the widest, and looks at it in each. Leaves it wide. */
export async function inEveryWidth(
  under: BrowserUnderTest,
  page: Page,
  look: (width: Width) => Promise<void>,
): Promise<void> {
  for (const width of ['wide', 'tablet', 'phone'] as const) {
    await under.resize(page, width);
    await look(width);
  }
  await under.resize(page, 'wide');
}

/** `expectSoundInBothThemes` in every width. Leaves the page light, and wide. */
export const expectSoundInAllLooks = (under: BrowserUnderTest, page: Page, name: string): Promise<void> =>
  inEveryWidth(under, page, (width) => expectSoundInBothThemes(page, `${name}-${width}`));

/** Fails unless the page is free of axe violations (or the part of it that is `within`), CSP violations and console errors. */
export async function expectSound(page: Page, within?: string): Promise<void> {
  const at = page.url();
  const violations = await violationsOf(page, ALL_RULES, within);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect({ at, violations, ...notedOf(page), isTooWide: overflow > 0 }).toEqual({
    at,
    violations: [],
    errors: [],
    cspViolations: [],
    isTooWide: false,
  });
}

/** Keeps a picture of the page as test output, when PICTURES is set: a tenth of what a file of tests takes, for somebody who looks at them. */
export async function shot(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES) return;
  const path = join(SHOTS, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, animations: 'disabled' });
}

let isTesting = false;
beforeEach(() => {
  isTesting = true;
});
/** Open pages go on asking the API, and the next test pays for it. */
const tidied = new Set<Tabs>();
afterEach(async () => {
  isTesting = false;
  await Promise.all([...tidied].map((tabs) => tabs.releaseAll()));
});

/** The one of a file of tests, for its parts. */
export const startBrowser = shared(start);

async function start(): Promise<BrowserUnderTest> {
  const [platform, browser] = await Promise.all([startPlatform(), chromium.launch(chromiumOptions())]);
  const tabs = new Tabs(browser, platform.web);
  tidied.add(tabs);
  let made = 0;
  return {
    platform,
    browser,
    page: (width = 'wide', theme = 'light', { reducedMotion = true, alone = false } = {}) =>
      tabs.open({ width, theme, reducedMotion }, { alone, kept: !isTesting }),
    resize: (page, width) => tabs.resize(page, width),
    tab: (of) => tabs.tab(of),
    release: (page) => tabs.release(page),
    account: async (role, name = `Test ${role}`) => {
      made += 1;
      const email = `${role}-${made}@browser.test`;
      const { id } = await createAccount(operator(platform), { email, name, password, role, plan: 'Pro' });
      return { id, email, name };
    },
    signIn: async (page, email) => {
      const response = await page.request.post(`/api/v1${pathOf(login)}`, {
        data: { email, password },
        headers: { origin: platform.web },
      });
      if (!response.ok()) throw new Error(`signing in ${email}: ${response.status()} ${await response.text()}`);
    },
    stop: async () => {
      tidied.delete(tabs);
      await tabs.close();
      await browser.close();
      await platform.stop();
    },
  };
}

export { notedOf, password, type Theme, type Width };
