/** A list that is too long to be made for a test. */
import type { Page } from 'playwright-core';
import { listProducts } from '../../shared/contracts/products/list-products.ts';

/** Of how many items a list tells how many they are. */
const COUNTED = 10_000;

function pageOf(query: URLSearchParams) {
  const limit = Number(query.get('limit'));
  const current = Number(query.get('cursor')?.split(' ')[1] ?? query.get('page') ?? 1);
  const first = (current - 1) * limit;
  const data = Array.from({ length: limit }, (_, n) => ({
    ...listProducts.example.output,
    id: `prd_${String(first + n).padStart(26, '0')}`,
    name: `${query.get('search') ?? 'Product'} ${first + n + 1}`,
  }));
  const pagination = {
    currentPage: current,
    itemsPerPage: limit,
    totalItems: COUNTED,
    totalIsExact: false,
    totalPages: COUNTED / limit,
    hasNextPage: true,
    hasPrevPage: current > 1,
    nextCursor: `page ${current + 1}`,
  };
  return { success: true, data, pagination, timestamp: '', requestId: 'req_many' };
}

/**
 * Answers the list as if there were 100,000 products: a page sees one page of them, and how many it is told of. It asks the browser itself, whose
 * cache a route of Playwright's would turn off; the page is to be one that no other test has.
 */
export async function withManyProducts(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  devtools.on('Fetch.requestPaused', ({ requestId, request }) => {
    const body = Buffer.from(JSON.stringify(pageOf(new URL(request.url).searchParams))).toString('base64');
    const responseHeaders = [{ name: 'content-type', value: 'application/json' }];
    devtools
      .send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body })
      // A page that was left has no more use for an answer.
      .catch(() => undefined);
  });
  await devtools.send('Fetch.enable', { patterns: [{ urlPattern: '*/api/v1/products\\?*' }] });
}
