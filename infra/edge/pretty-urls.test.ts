import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { pagesIn, prettyUrlsCode } from './pretty-urls.ts';

interface Answer {
  uri?: string;
  statusCode?: number;
  body?: string;
}
let folder: string;
let ask: (uri: string) => Answer;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mewayz-pages-'));
  const pages = ['index', '404', 'orders', 'orders/_', 'orders/new', 'products/_/stock'];
  for (const page of pages) {
    mkdirSync(dirname(join(folder, page)), { recursive: true });
    writeFileSync(join(folder, `${page}.html`), '');
  }
  const handler = runInNewContext(`${prettyUrlsCode(folder)};handler`) as (event: object) => Answer;
  ask = (uri) => handler({ request: { uri, headers: {} } });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('pages are known by the paths that people ask for', () => {
  expect(pagesIn(folder)).toEqual(['/orders', '/orders/_', '/orders/new', '/products/_/stock']);
});

test.each([
  ['/', '/index.html'],
  ['/orders', '/orders.html'],
  ['/orders/', '/orders.html'],
  ['/orders/ord_01JD3Z5QW8', '/orders/_.html'],
  ['/orders/new', '/orders/new.html'],
  ['/products/prd_1/stock', '/products/_/stock.html'],
  ['/_next/static/chunks/a.js', '/_next/static/chunks/a.js'],
])('%s shows %s', (path, file) => {
  expect(ask(path).uri).toBe(file);
});

test.each(['/nowhere', '/orders/1/2', '/index', '/404'])('%s is answered 404 with a way back', (path) => {
  expect(ask(path)).toMatchObject({ statusCode: 404, body: expect.stringContaining('href="/"') });
});

test.each([
  ['/orders/ord_01JD3Z5QW8.txt', '/orders/_.txt'],
  ['/orders/ord_01JD3Z5QW8/__next._tree.txt', '/orders/_/__next._tree.txt'],
  ['/products/prd_1/stock/__next.products.$d$id.stock.txt', '/products/_/stock/__next.products.$d$id.stock.txt'],
  ['/orders/new.txt', '/orders/new.txt'],
  ['/index.txt', '/index.txt'],
  ['/__next._tree.txt', '/__next._tree.txt'],
])('who goes on by a link and asks for %s gets the part %s', (path, file) => {
  expect(ask(path).uri).toBe(file);
});

test('the page of an address that leads nowhere needs no style of its own, which the content security policy would refuse', () => {
  expect(ask('/nowhere').body).not.toMatch(/style=|<style/);
});
