import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { contract } from '../../../shared/contracts/contract.ts';
import { chainOf } from './testing.ts';

const getText = contract({
  id: 'test.get-text',
  method: 'GET',
  path: '/text',
  summary: 'A text',
  public: 'for tests',
  success: 200,
  output: z.object({ text: z.string() }),
  errors: [],
  example: {},
});
const putText = contract({
  id: 'test.put-text',
  method: 'PUT',
  path: '/text',
  summary: 'Sets a text',
  public: 'for tests',
  body: z.strictObject({ text: z.string() }),
  success: 204,
  errors: [],
  example: {},
});
const answer = async () => ({ text: 'hello' });
const nothing = async () => undefined;
const settings = {
  stage: 'test',
  publicUrl: 'https://app.example.com',
  origins: ['https://app.example.com', 'https://partner.example.com'],
  originSecret: 'the-secret',
};

describe('request id', () => {
  test('a sound X-Request-Id is kept, and is the correlation id too', async () => {
    const { headers, json } = await chainOf(getText, answer).call({ headers: { 'X-Request-Id': 'client-0001' } });
    expect(headers['x-request-id']).toBe('client-0001');
    expect(headers['x-correlation-id']).toBe('client-0001');
    expect(json.requestId).toBe('client-0001');
  });
  test.each(['short', 'with space 123', 'x'.repeat(129), 'a\r\nset-cookie: x=1'])(
    'an unsound one (%j) is replaced',
    async (id) => {
      const { headers } = await chainOf(getText, answer).call({ headers: { 'x-request-id': id } });
      expect(headers['x-request-id']).toMatch(/^req_[0-9A-Z]{26}$/);
    },
  );
});

describe('every reply', () => {
  test('carries security headers, timing and version, also when it is an error', async () => {
    const chain = chainOf(getText, async () => {
      throw new Error('secret detail');
    });
    const { statusCode, headers, body } = await chain.call();
    expect(statusCode).toBe(500);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'strict-transport-security': expect.stringContaining('max-age='),
      'referrer-policy': 'no-referrer',
      'permissions-policy': expect.any(String),
      'cache-control': 'no-store',
      'api-version': '2026-11-01',
      'x-response-time': expect.stringMatching(/^\d+\.\dms$/),
      'server-timing': expect.stringMatching(/total;dur=[\d.]+$/),
    });
    expect(body).not.toContain('secret detail');
    expect(chain.observed.lines.find((line) => line.level === 'error')?.keys.error).toMatchObject({
      message: 'secret detail',
    });
  });
  test('is logged once and counted once, with the operation’s path and not the caller’s', async () => {
    const chain = chainOf(getText, answer);
    await chain.call({ query: {} });
    await chain.call({ headers: { accept: 'image/png' } });
    expect(chain.observed.lines.filter((line) => line.message === 'request').map((line) => line.keys)).toMatchObject([
      { path: '/text', status: 200, face: 'browser', requestId: expect.any(String) },
      { path: '/text', status: 406, code: 'NOT_ACCEPTABLE' },
    ]);
    expect(chain.observed.metrics).toMatchObject([
      { Requests: 1, Errors: 0, ClientErrors: 0, ColdStart: 1 },
      { Requests: 1, Errors: 0, ClientErrors: 1 },
    ]);
    expect(chain.observed.metrics[1]).not.toHaveProperty('ColdStart');
  });
});

describe('origin secret', () => {
  test('the browser face refuses what did not come through the edge', async () => {
    const chain = chainOf(getText, answer, { settings });
    expect((await chain.call()).statusCode).toBe(403);
    expect((await chain.call({ headers: { 'x-origin-secret': 'the-secreT' } })).json.error.code).toBe('FORBIDDEN');
    expect((await chain.call({ headers: { 'x-origin-secret': 'the-secret' } })).statusCode).toBe(200);
  });
  test('the partner face needs none', async () => {
    expect((await chainOf(getText, answer, { settings }).call({ face: 'partner' })).statusCode).toBe(200);
  });
  test('only behind the edge are its headers about the viewer believed', async () => {
    const ips: (string | undefined)[] = [];
    const run = async ({ client }: { client: { ip: string; country?: string } }) => {
      ips.push(client.ip, client.country);
      return { text: '' };
    };
    const edge = {
      // The viewer's own claim, the viewer as CloudFront adds it, CloudFront as API Gateway adds it.
      'x-forwarded-for': '10.9.9.9, 2001:db8::1, 130.176.1.1',
      // Our policy does not ask CloudFront for it: who sends it makes it up.
      'cloudfront-viewer-address': '10.9.9.9:4711',
      'cloudfront-viewer-country': 'GB',
      'x-origin-secret': 'the-secret',
    };
    await chainOf(getText, run, { settings }).call({ headers: edge });
    await chainOf(getText, run).call({ headers: edge });
    await chainOf(getText, run, { settings }).call({ headers: { ...edge, 'cloudfront-viewer-country': 'XX' } });
    expect(ips).toEqual(['2001:db8::1', 'GB', '203.0.113.7', undefined, '2001:db8::1', undefined]);
  });
});

test('an unknown API-Version is refused with the versions there are', async () => {
  const { statusCode, json } = await chainOf(getText, answer).call({ headers: { 'API-Version': '2020-01-01' } });
  expect(statusCode).toBe(400);
  expect(json.error).toMatchObject({ code: 'UNSUPPORTED_VERSION', details: { supported: ['2026-11-01'] } });
});

describe('CORS', () => {
  test('an allowed origin may read the reply, without credentials; any other may not', async () => {
    const chain = chainOf(getText, answer);
    const allowed = await chain.call({ headers: { Origin: 'https://partner.example.com' } });
    expect(allowed.headers['access-control-allow-origin']).toBe('https://partner.example.com');
    expect(allowed.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(allowed.headers.vary).toContain('Origin');
    const other = await chain.call({ headers: { Origin: 'https://evil.example.com' } });
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('cross-site requests', () => {
  const cookie = { cookie: '__Host-mewayz-access=abc' };
  const put = (headers: Record<string, string>) =>
    chainOf(putText, nothing).call({ body: { text: 'x' }, headers: { ...cookie, ...headers } });
  test.each<Record<string, string>>([
    { origin: 'https://app.example.com' },
    { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3999' },
    { 'sec-fetch-site': 'same-origin' },
  ])('from ourselves pass: %j', async (headers) => {
    expect((await put(headers)).statusCode).toBe(204);
  });
  test.each<Record<string, string>>([
    { origin: 'https://evil.example.com' },
    { origin: 'null' },
    {},
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example.com' },
    { 'sec-fetch-site': 'same-site' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://app.example.com' },
  ])('from elsewhere, from nowhere or by a form are refused: %j', async (headers) => {
    const { statusCode, json } = await put(headers);
    expect([statusCode, json.error.code]).toEqual([403, 'CSRF_REFUSED']);
  });
  test('a bearer token needs no such check', async () => {
    expect((await put({ origin: 'https://evil.example.com', authorization: 'Bearer x' })).statusCode).toBe(204);
  });
});

describe('compression', () => {
  const long = async () => ({ text: 'long '.repeat(1_000) });
  test('gzip or br on request for a body worth it', async () => {
    const chain = chainOf(getText, long);
    const gzip = await chain.call({ headers: { 'accept-encoding': 'gzip' } });
    expect([gzip.headers['content-encoding'], gzip.isBase64Encoded]).toEqual(['gzip', true]);
    expect(JSON.parse(gunzipSync(Buffer.from(gzip.body, 'base64')).toString()).data).toEqual(await long());
    expect((await chain.call({ headers: { 'accept-encoding': 'gzip, br' } })).headers['content-encoding']).toBe('br');
    expect((await chain.call({ headers: { 'accept-encoding': 'br;q=0, gzip' } })).headers['content-encoding']).toBe(
      'gzip',
    );
  });
  test('none for a small body or without the wish', async () => {
    expect((await chainOf(getText, long).call()).headers).not.toHaveProperty('content-encoding');
    const small = await chainOf(getText, answer).call({ headers: { 'accept-encoding': 'gzip' } });
    expect(small.headers).not.toHaveProperty('content-encoding');
  });
});

test('a deprecated operation says since when and until when', async () => {
  const old = { ...getText, deprecated: { since: '2026-11-01', sunset: '2027-11-01' } };
  const { headers } = await chainOf(old, answer).call();
  expect(headers.deprecation).toBe('@1793491200');
  expect(headers.sunset).toBe('Mon, 01 Nov 2027 00:00:00 GMT');
});
