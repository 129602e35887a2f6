/**
 * Measures the public pages and the signed-in dashboard by Lighthouse, as a phone, against what `npm start` runs with its demo data, and prints
 * the table of docs/quality.md: `npm run lighthouse [-- --runs 5] [-- /sign-in /dashboard]`. Of several runs the best stands there, because
 * whatever else the machine does can only slow a page down. BASE_URL names another address, CHROMIUM_PATH another browser.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { demoAccounts, password } from '../demo/load.ts';
import { chromiumOptions } from './chromium.ts';

/** Fetched by npm when it is wanted, once: as a package of the project it would be a sixth of the files that every fresh clone installs. */
const LIGHTHOUSE = 'lighthouse@13.5.0';

const base = process.env.BASE_URL ?? 'http://localhost:3000';
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '3' } },
});
const pages = positionals.length > 0 ? positionals : ['/', '/sign-in', '/register', '/status', '/terms', '/dashboard'];

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

interface Measure {
  /** Of 100: performance, accessibility, best practices, SEO. */
  scores: number[];
  figures: string[];
  layoutShift: number;
  /** Audits that cost a score other than performance, by name. */
  failed: string[];
}

/** The part of Lighthouse's report that is read here. Scores are of 1. */
interface Report {
  runtimeError?: { message: string };
  finalDisplayedUrl: string;
  audits: Record<string, { score: number | null; numericValue?: number }>;
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
}

const execute = promisify(execFile);
async function reportOn(url: string, port: number): Promise<Report> {
  const categories = '--only-categories=performance,accessibility,best-practices,seo';
  // The session's cookies stay.
  const options = [`--port=${port}`, categories, '--disable-storage-reset', '--output=json', '--quiet'];
  const { stdout } = await execute(
    'npm',
    ['exec', '--yes', `--package=${LIGHTHOUSE}`, '--', 'lighthouse', url, ...options, '--no-enable-error-reporting'],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as Report;
}

async function measure(path: string, port: number): Promise<Measure> {
  const { audits, categories, finalDisplayedUrl, runtimeError } = await reportOn(`${base}${path}`, port);
  if (runtimeError) throw new Error(`${path}: ${runtimeError.message}`);
  if (new URL(finalDisplayedUrl).pathname !== path)
    throw new Error(`${path} led to ${finalDisplayedUrl}: is the demo data loaded?`);
  const value = (id: string) => audits[id]?.numericValue ?? Number.NaN;
  const seconds = (id: string) => `${(value(id) / 1_000).toFixed(1)} s`;
  return {
    scores: ['performance', 'accessibility', 'best-practices', 'seo'].map((id) =>
      Math.round((categories[id]?.score ?? 0) * 100),
    ),
    figures: [
      seconds('first-contentful-paint'),
      seconds('largest-contentful-paint'),
      seconds('speed-index'),
      `${Math.round(value('total-blocking-time'))} ms`,
    ],
    layoutShift: value('cumulative-layout-shift'),
    failed: ['accessibility', 'best-practices', 'seo'].flatMap((id) =>
      (categories[id]?.auditRefs ?? [])
        .filter(({ id: audit, weight }) => weight > 0 && (audits[audit]?.score ?? 1) < 1)
        .map(({ id: audit }) => audit),
    ),
  };
}

const port = await freePort();
const profile = mkdtempSync(join(tmpdir(), 'mewayz-lighthouse-'));
// Lighthouse opens its own tab in this browser, so it needs the context that all tabs share: the persistent one.
const { executablePath, args } = chromiumOptions();
const context = await chromium.launchPersistentContext(profile, {
  executablePath,
  args: [...args, `--remote-debugging-port=${port}`],
});
try {
  const manager = demoAccounts.find(({ role }) => role === 'manager');
  const signedIn = await context.request.post(`${base}/api/v1/auth/login`, {
    data: { email: manager?.email, password },
    headers: { origin: base },
  });
  if (!signedIn.ok()) throw new Error(`Signing in was answered ${signedIn.status()}: ${await signedIn.text()}`);
  console.log(
    '| page | performance | accessibility | best practices | SEO | FCP | LCP | speed index | blocking | CLS |\n|---|---|---|---|---|---|---|---|---|---|',
  );
  const failed = new Map<string, string[]>();
  for (const path of pages) {
    let best: Measure | undefined;
    let worstShift = 0;
    for (let run = 0; run < Number(values.runs); run++) {
      const found = await measure(path, port);
      // Layout shift depends on the order in which things come: its worst counts, not its best.
      worstShift = Math.max(worstShift, found.layoutShift);
      if (!best || (found.scores[0] ?? 0) > (best.scores[0] ?? 0)) best = found;
    }
    if (!best) continue;
    console.log(`| \`${path}\` | ${[...best.scores, ...best.figures, Number(worstShift.toFixed(3))].join(' | ')} |`);
    if (best.failed.length > 0) failed.set(path, best.failed);
  }
  for (const [path, audits] of failed) console.log(`${path} fails ${audits.join(', ')}`);
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
