/** Code of the CloudFront Function that finds the exported page of a pretty URL. */
import { existsSync, globSync, readFileSync } from 'node:fs';

const TEMPLATE = 'infra/edge/pretty-urls.template.js';
/** CloudFront's limit for the code of a function. */
const LIMIT_BYTES = 10_240;

/** Small, because it is part of the code; its look is a file, because the content security policy allows no style within a page. */
const notFound =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">' +
  '<meta name="robots" content="noindex"><title>Page not found · Mewayz</title><script src="/theme.js"></script>' +
  '<link rel="stylesheet" href="/not-found.css"><link rel="icon" href="/icon.svg"></head><body><main><p>404</p><h1>There is no such page</h1>' +
  '<p>The address may be mistyped, or what it led to is gone or not yours to see.</p>' +
  '<nav aria-label="Go on"><a href="/dashboard">Go to the dashboard</a><a href="/">Start page</a></nav></main></body></html>';

/** Paths of the exported pages without `.html`, as people ask for them: `/orders`, `/orders/_`. */
export function pagesIn(folder: string): string[] {
  return globSync('**/*.html', { cwd: folder })
    .map((file) => `/${file.replaceAll('\\', '/').slice(0, -'.html'.length)}`)
    .filter((page) => page !== '/index' && page !== '/404' && page !== '/_not-found')
    .sort();
}

/** The function's code for the pages in `folder`. Throws when the folder is missing or the code is too long for CloudFront. */
export function prettyUrlsCode(folder: string): string {
  if (!existsSync(folder)) throw new Error(`There are no pages in ${folder}.`);
  const code = readFileSync(TEMPLATE, 'utf8')
    .replace('PAGES;', `${JSON.stringify(pagesIn(folder))};`)
    .replace('NOT_FOUND,', `${JSON.stringify(notFound)},`);
  const bytes = Buffer.byteLength(code);
  if (bytes > LIMIT_BYTES)
    throw new Error(`The pretty-URL function has ${bytes} bytes; CloudFront takes ${LIMIT_BYTES}.`);
  return code;
}
