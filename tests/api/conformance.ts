/** The HTTP contract of PRODUCT.md, end to end: through CloudFront for browsers, through the keys and plans of the partner API for programs. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { login } from '../../shared/contracts/auth/login.ts';
import { placeOrder } from '../../shared/contracts/orders/place-order.ts';
import { createProduct } from '../../shared/contracts/products/create-product.ts';
import { getProduct } from '../../shared/contracts/products/get-product.ts';
import { listProducts } from '../../shared/contracts/products/list-products.ts';
import { updateProduct } from '../../shared/contracts/products/update-product.ts';
import { planLimits } from '../../shared/plans.ts';
import { type Api, apiAt, browserFetch } from '../support/api.ts';
import { eventually } from '../support/observe.ts';
import { newPartner } from '../support/partner.ts';
import { newPerson, type Person, password } from '../support/people.ts';
import { PUBLIC_URL, platformOfFile, type RunningPlatform } from '../support/platform.ts';
import { newProduct } from '../support/products.ts';
import { closeRaw, rawRequest } from '../support/raw.ts';

const PRODUCTS = 23;
let platform: RunningPlatform;
let admin: Person;
let nobody: Api;
let base: string;
let productId: string;
beforeAll(async () => {
  platform = await platformOfFile();
  base = `${platform.web}/api/v1`;
  nobody = apiAt(base);
  admin = await newPerson(platform, 'admin');
  for (let index = 0; index < PRODUCTS; index++)
    productId = await newProduct(admin.api, 5, { name: `Candle ${index}` });
  await eventually('all products are listed', async () => {
    const { json } = await admin.api.call(listProducts);
    return json.pagination.totalItems === PRODUCTS;
  });
}, 90_000);
afterAll(async () => {
  closeRaw();
  await platform?.stop();
});
const product = (headers: Record<string, string> = {}, query = {}) =>
  admin.api.call(getProduct, { params: { id: productId }, headers, query });

describe('replies', () => {
  test('a success is an envelope with data, time and request id', async () => {
    const { status, json, headers } = await product();
    expect(status).toBe(200);
    expect(Object.keys(json).sort()).toEqual(['data', 'requestId', 'success', 'timestamp']);
    expect(json.success).toBe(true);
    expect(Math.abs(Date.parse(json.timestamp) - Date.now())).toBeLessThan(60_000);
    expect(headers.get('x-request-id')).toBe(json.requestId);
    expect(headers.get('ratelimit-policy')).toContain('"edge-address";q=5000;w=300');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  test('a failure is an envelope with a code of the catalogue and where it is explained, or a problem document', async () => {
    const reply = await nobody.call(login, { body: { email: 'nobody', password: '' } });
    expect([reply.status, reply.code, reply.json.success]).toEqual([400, 'VALIDATION_ERROR', false]);
    const paths = reply.json.error.details.fields.map(({ path }: { path: string }) => path);
    expect(paths.sort()).toEqual(['body.email', 'body.password']);
    const { pathname } = new URL(reply.json.error.docs);
    expect((await nobody.send(pathname.replace('/api/v1', ''))).json.data.code).toBe('VALIDATION_ERROR');
    const problem = await nobody.send('/auth/me', { headers: { accept: 'application/problem+json' } });
    expect(problem.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(problem.json).toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
      title: expect.any(String),
      type: expect.any(String),
    });
  });

  test('come as XML, lists as CSV, and not as what is not offered', async () => {
    const xml = await product({ accept: 'application/xml' });
    expect(xml.headers.get('content-type')).toMatch(/^application\/xml/);
    expect(xml.text).toContain(`<id>${productId}</id>`);
    const csv = await admin.api.call(listProducts, { headers: { accept: 'text/csv' } });
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    const lines = csv.text.trim().split(/\r\n/);
    expect(lines).toHaveLength(11);
    expect(lines[0]).toMatch(/^id,name,/);
    expect(csv.headers.get('link')).toMatch(/rel="next"/);
    expect((await product({ accept: 'text/csv' })).code).toBe('NOT_ACCEPTABLE');
    expect((await admin.api.call(listProducts, { headers: { accept: 'image/png' } })).status).toBe(406);
  });

  test('hold only the fields that are asked for', async () => {
    const { json } = await product({}, { fields: 'id,name' });
    expect(Object.keys(json.data).sort()).toEqual(['id', 'name']);
    const wrong = await product({}, { fields: 'id,secret' });
    expect([wrong.status, wrong.json.error.details.fields[0].path]).toEqual([400, 'query.fields']);
  });

  test('are compressed as the caller takes them', async () => {
    const get = (encoding: string) =>
      rawRequest(platform.web, '/api/v1/errors', { headers: { 'accept-encoding': encoding } });
    const plain = JSON.parse((await get('identity')).body.toString()).data;
    const gzip = await get('gzip');
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(gunzipSync(gzip.body).toString()).data).toEqual(plain);
    const br = await get('gzip;q=0.5, br');
    expect(br.headers['content-encoding']).toBe('br');
    expect(JSON.parse(brotliDecompressSync(br.body).toString()).data).toEqual(plain);
    expect(br.headers.vary).toMatch(/Accept-Encoding/);
  });

  test('echo a request id, make one, and tell how long it took', async () => {
    const { headers, json } = await nobody.send('/health', { headers: { 'x-request-id': 'my-request-0001' } });
    expect([headers.get('x-request-id'), json.requestId]).toEqual(['my-request-0001', 'my-request-0001']);
    const other = await nobody.send('/health', { headers: { 'x-request-id': 'no good' } });
    expect(other.headers.get('x-request-id')).toMatch(/^req_[0-9A-Z]{26}$/);
    expect(other.headers.get('server-timing')).toMatch(/total;dur=[\d.]+/);
    expect(other.headers.get('x-response-time')).toMatch(/^[\d.]+ms$/);
  });

  test('name the version of the API, and refuse one that does not exist', async () => {
    expect((await nobody.send('/health')).headers.get('api-version')).toBe('2026-11-01');
    const wrong = await nobody.send('/health', { headers: { 'api-version': '1999-01-01' } });
    expect([wrong.status, wrong.code]).toEqual([400, 'UNSUPPORTED_VERSION']);
    expect(wrong.json.error.details.supported).toContain('2026-11-01');
  });
});

describe('versions and repetition', () => {
  test('an unchanged product is 304, a changed one is not overwritten', async () => {
    const tag = (await product()).headers.get('etag') as string;
    expect(tag).toMatch(/^"[^"]+"$/);
    const unchanged = await product({ 'if-none-match': tag });
    expect([unchanged.status, unchanged.text]).toEqual([304, '']);
    const change = (price: string) =>
      admin.api.call(updateProduct, { params: { id: productId }, body: { price }, headers: { 'if-match': tag } });
    expect((await change('3.00')).status).toBe(200);
    const late = await change('4.00');
    expect([late.status, late.code]).toEqual([412, 'PRECONDITION_FAILED']);
    expect((await product({ 'if-none-match': tag })).json.data.price).toBe('3.00');
  });

  test('one key is one request: repeated it answers the same, with another body it is refused', async () => {
    const post = (name: string) =>
      admin.api.call(createProduct, {
        body: { name, price: '1.00', category: 'home' },
        headers: { 'idempotency-key': 'conformance-1' },
      });
    const first = await post('Bowl');
    expect(first.status).toBe(201);
    expect(first.headers.get('location')).toBe(`/api/v1/products/${first.json.data.id}`);
    const again = await post('Bowl');
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await post('Plate');
    expect([other.status, other.code]).toEqual([422, 'IDEMPOTENCY_CONFLICT']);
    const order = (quantity: number) =>
      admin.api.call(placeOrder, {
        body: { lines: [{ productId, quantity }] },
        headers: { 'idempotency-key': 'conformance-2' },
      });
    const placed = await order(1);
    expect((await order(1)).json.data).toEqual(placed.json.data);
    expect((await order(2)).code).toBe('IDEMPOTENCY_CONFLICT');
  });
});

describe('lists', () => {
  test('are walked by pages, with totals and links', async () => {
    const seen: string[] = [];
    let path = '/products?limit=10&sort=name&order=asc&status=published';
    for (let page = 1; ; page++) {
      const { json } = await admin.api.send(path);
      expect(json.pagination).toMatchObject({
        currentPage: page,
        itemsPerPage: 10,
        hasPrevPage: page > 1,
        totalItems: PRODUCTS,
        totalPages: 3,
      });
      seen.push(...json.data.map(({ id }: { id: string }) => id));
      expect(json._links.self.method).toBe('GET');
      if (!json.pagination.hasNextPage) break;
      path = json._links.next.href.replace('/api/v1', '');
    }
    expect([seen.length, new Set(seen).size]).toEqual([PRODUCTS, PRODUCTS]);
  });

  test('are walked by cursor, each item once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query: Record<string, string> = {
        limit: '7',
        sort: 'price',
        status: 'published',
        ...(cursor && { cursor }),
      };
      const { json } = await admin.api.call(listProducts, { query });
      seen.push(...json.data.map(({ id }: { id: string }) => id));
      cursor = json.pagination.nextCursor;
    } while (cursor);
    expect([seen.length, new Set(seen).size]).toEqual([PRODUCTS, PRODUCTS]);
    expect((await admin.api.call(listProducts, { query: { cursor: 'made-up' } })).code).toBe('VALIDATION_ERROR');
  });
});

describe('requests', () => {
  test('for no address are 404, by a wrong method 405 with those that are right', async () => {
    expect([(await nobody.send('/nothing')).status, (await nobody.send('/nothing')).code]).toEqual([
      404,
      'ROUTE_NOT_FOUND',
    ]);
    const wrong = await admin.api.send('/products', { method: 'DELETE' });
    expect([wrong.status, wrong.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(wrong.headers.get('allow')?.split(/, */).sort()).toEqual(expect.arrayContaining(['GET', 'POST']));
  });

  test('with too much, of a wrong type or unreadable are 413, 415 and 400', async () => {
    const post = (body: string, type = 'application/json') =>
      admin.api.send('/products', { method: 'POST', body, headers: { 'content-type': type } });
    const large = await post(JSON.stringify({ name: 'x'.repeat(300_000) }));
    expect([large.status, large.code, large.json.error.details.limitBytes]).toEqual([
      413,
      'PAYLOAD_TOO_LARGE',
      262_144,
    ]);
    expect((await post('name=x', 'application/x-www-form-urlencoded')).status).toBe(415);
    expect((await post('{"name":')).code).toBe('MALFORMED_BODY');
  });

  test('from foreign pages get no CORS leave, those from our own do', async () => {
    const from = (origin: string) => nobody.send('/health', { headers: { origin } });
    expect((await from(PUBLIC_URL)).headers.get('access-control-allow-origin')).toBe(PUBLIC_URL);
    expect((await from('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    // This stage lets no other origin in, so there is nobody to whom a preflight could say yes.
    const preflight = await nobody.send('/products', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(405);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('that change something by the cookie must come from our own pages, as JSON', async () => {
    const browser = browserFetch(PUBLIC_URL);
    const body = JSON.stringify({ email: admin.email, password });
    const signedIn = await browser(`${base}/auth/login`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(signedIn.status).toBe(200);
    for (const cookie of signedIn.headers.getSetCookie()) expect(cookie).toMatch(/HttpOnly; Secure; SameSite=Strict/);
    const cookie = [...browser.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
    const post = (headers: Record<string, string>) =>
      nobody.send('/products', {
        method: 'POST',
        body: JSON.stringify({ name: 'Cup', price: '1.00', category: 'home' }),
        headers: { cookie, ...headers },
      });
    expect((await post({ origin: PUBLIC_URL })).status).toBe(201);
    for (const foreign of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: PUBLIC_URL, 'content-type': 'text/plain' },
    ]) {
      const reply = await post(foreign as unknown as Record<string, string>);
      expect([reply.status, reply.code]).toEqual([403, 'CSRF_REFUSED']);
    }
  });

  test('to sign in carry their limit: five failures, then 429 with the time to wait', async () => {
    const from = '127.9.9.9';
    const attempt = (email: string) =>
      rawRequest(platform.web, '/api/v1/auth/login', {
        method: 'POST',
        from,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: 'wrong' }),
      });
    for (let index = 0; index < 5; index++) {
      const { status, headers } = await attempt('victim@conformance.test');
      expect(status).toBe(401);
      expect(headers['ratelimit-policy']).toContain('q=5');
      expect(headers.ratelimit).toContain(`r=${4 - index}`);
    }
    const limited = await attempt('victim@conformance.test');
    expect(limited.status).toBe(429);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    expect((await attempt('another@conformance.test')).status).toBe(429);
  });
});

test('pages and API carry the security headers', async () => {
  for (const url of [platform.web, `${base}/health`, `${base}/nothing`, `${base}/docs`]) {
    const { headers } = await fetch(url);
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBeTruthy();
    expect(headers.get('permissions-policy')).toBeTruthy();
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src/);
    expect(/script-src[^;]*'unsafe-inline'/.test(policy)).toBe(false);
  }
});

describe('the partner API', () => {
  test('asks for a key, and acts for the user of the key within its scopes', async () => {
    const without = await apiAt(platform.partner).call(listProducts);
    expect([without.status, without.code, without.json.success]).toEqual([401, 'UNAUTHENTICATED', false]);
    const partner = await newPartner(platform, admin, { scopes: ['products:read'] });
    expect((await partner.call(listProducts)).json.pagination.totalItems).toBeGreaterThanOrEqual(PRODUCTS);
    expect((await partner.call(getProduct, { params: { id: productId } })).json.data._links.self.href).toBe(
      `/v1/products/${productId}`,
    );
    const beyond = await partner.call(createProduct, { body: { name: 'Jug', price: '1.00', category: 'home' } });
    expect([beyond.status, beyond.code]).toEqual([403, 'FORBIDDEN']);
    expect((await partner.call(login, { body: { email: admin.email, password } })).status).toBe(404);
  });

  test('throttles a key of the plan Free', async () => {
    const partner = await newPartner(platform, admin, { plan: 'Free' });
    const replies = await Promise.all(Array.from({ length: planLimits.Free.burst * 4 }, () => partner.send('/health')));
    const limited = replies.filter(({ status }) => status === 429);
    expect(replies.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(planLimits.Free.burst);
    expect(limited.length).toBeGreaterThan(0);
    expect(limited[0]?.json).toMatchObject({ success: false, error: { code: 'RATE_LIMITED' } });
  });
});
