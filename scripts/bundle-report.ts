/**
 * How much compressed JavaScript each exported page loads before anybody does anything, against the budget: `npm run bundle-report`. What is
 * loaded on demand (palette, menus, dialogs) is listed as a sum for the whole app. Ends with 1 when a page is over its budget.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Kilobytes (1,000 bytes, gzip) that a page may load: docs/architecture.md. */
export const budgets = { app: 250, public: 150 } as const;
/** Pages that everybody may see, by their address; all others belong to the app. */
const publicPages = new Set([
  '/',
  '/404',
  '/_not-found',
  '/confirm',
  '/forgot-password',
  '/invitation',
  '/register',
  '/reset-password',
  '/secure-account',
  '/sign-in',
  '/status',
  '/terms',
]);

export interface PageWeight {
  /** Address of the page: `/orders/_` for all orders. */
  page: string;
  kind: keyof typeof budgets;
  /** Bytes after gzip, of the scripts that its HTML names. */
  bytes: number;
  scripts: number;
  isOver: boolean;
}

const sizes = new Map<string, number>();
function gzipped(file: string): number {
  let size = sizes.get(file);
  if (size === undefined) {
    size = gzipSync(readFileSync(file), { level: 9 }).length;
    sizes.set(file, size);
  }
  return size;
}

/** Scripts that the page's HTML loads. Those for browsers without modules (`nomodule`) are loaded by none of ours. */
function scriptsOf(html: string): string[] {
  const found = new Set<string>();
  for (const [, attributes = ''] of html.matchAll(/<script\b([^>]*)>/g)) {
    const source = /\bsrc="(\/[^"]+)"/.exec(attributes)?.[1];
    if (source && !/\bnomodule\b/i.test(attributes)) found.add(source.split('?')[0] as string);
  }
  return [...found];
}

/** The weight of every exported page in `folder`, the heaviest first. Throws when it was not built, or a script is missing. */
export function weighPages(folder: string): { pages: PageWeight[]; onDemandBytes: number } {
  if (!existsSync(folder)) throw new Error(`${folder} is not there: npm run build:web`);
  const loaded = new Set<string>();
  const pages = globSync('**/*.html', { cwd: folder }).map((file): PageWeight => {
    const page = `/${file.slice(0, -'.html'.length)}`.replace(/^\/index$/, '/');
    const scripts = scriptsOf(readFileSync(join(folder, file), 'utf8'));
    for (const script of scripts) loaded.add(script);
    const bytes = scripts.reduce((sum, script) => sum + gzipped(join(folder, script)), 0);
    const kind = publicPages.has(page) ? 'public' : 'app';
    return { page, kind, bytes, scripts: scripts.length, isOver: bytes > budgets[kind] * 1_000 };
  });
  const onDemandBytes = globSync('_next/static/chunks/**/*.js', { cwd: folder })
    .filter((file) => !loaded.has(`/${file}`))
    .reduce((sum, file) => sum + gzipped(join(folder, file)), 0);
  return { pages: pages.sort((a, b) => b.bytes - a.bytes), onDemandBytes };
}

if (process.argv[1]?.endsWith('bundle-report.ts')) {
  const { pages, onDemandBytes } = weighPages('web/out');
  const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(1).padStart(7)} kB`;
  for (const { page, kind, bytes, scripts, isOver } of pages)
    console.log(
      `${kilobytes(bytes)} of ${budgets[kind]}  ${page.padEnd(28)} ${kind.padEnd(6)} ${scripts} scripts${isOver ? '  OVER' : ''}`,
    );
  console.log(`${kilobytes(onDemandBytes)}         loaded on demand, all of it together`);
  if (pages.some(({ isOver }) => isOver)) process.exit(1);
}
