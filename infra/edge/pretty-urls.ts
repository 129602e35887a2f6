/** Code of the CloudFront Function that finds the exported page of a pretty URL. */
import { existsSync, globSync, readFileSync } from 'node:fs';

const TEMPLATE = 'infra/edge/pretty-urls.template.js';
/** CloudFront's limit for the code of a function. */
const LIMIT_BYTES = 10_240;

const notFound =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">' +
  '<title>Not found · Mewayz</title></head><body style="font-family:system-ui;margin:4rem auto;max-width:32rem;padding:0 1rem">' +
  '<h1>There is no such page</h1><p><a href="/">Go to the start page</a></p></body></html>';

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
