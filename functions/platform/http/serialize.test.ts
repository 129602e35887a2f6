import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod';
import { contract } from '../../../shared/contracts/contract.ts';
import { listQuery } from '../../../shared/contracts/list.ts';
import { AppError } from '../../../shared/errors.ts';
import { page, raw, reply } from './context.ts';
import { chainOf } from './testing.ts';
import { toXml } from './xml.ts';

const thing = z.object({
  id: z.string(),
  name: z.string(),
  price: z.object({ amount: z.string(), currency: z.string() }).optional(),
  tags: z.array(z.string()).optional(),
  _links: z.record(z.string(), z.unknown()).optional(),
});
const base = { path: '/things/{id}', summary: 'x', public: 'for tests', errors: [], example: {} } as const;
const getThing = contract({ ...base, id: 'test.get-thing', method: 'GET', success: 200, output: thing });
const makeThing = contract({
  ...base,
  id: 'test.make-thing',
  method: 'POST',
  path: '/things',
  success: 201,
  output: thing,
  idempotency: { none: 'for tests' },
});
const patchThing = contract({ ...base, id: 'test.patch-thing', method: 'PATCH', success: 200, output: thing });
const listThings = contract({
  ...base,
  id: 'test.list-things',
  method: 'GET',
  path: '/things',
  success: 200,
  query: z.strictObject(listQuery(['created'])),
  output: thing,
  list: { sorts: ['created'] },
});
const one = { id: '1', name: 'A & <b> "c"', price: { amount: '12.50', currency: 'GBP' }, tags: ['x', 'y'] };
const get = chainOf(getThing, async () => reply(one, { version: 7 }));
const many = (items: (typeof one)[]) =>
  chainOf(listThings, async () =>
    page(items, {
      currentPage: 1,
      itemsPerPage: 10,
      totalItems: items.length,
      totalIsExact: true,
      totalPages: 1,
      hasNextPage: false,
      hasPrevPage: false,
    }),
  );

describe('envelope', () => {
  test('of a success, with Location below the base of the face', async () => {
    const make = chainOf(makeThing, async () => reply(one, { message: 'Made.', location: '/things/1', version: 1 }));
    const browser = await make.call();
    expect(browser.statusCode).toBe(201);
    expect(browser.json).toEqual({
      success: true,
      data: one,
      message: 'Made.',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      requestId: browser.headers['x-request-id'],
    });
    expect(browser.headers.location).toBe('/api/v1/things/1');
    expect((await make.call({ face: 'partner' })).headers.location).toBe('/v1/things/1');
  });
  test('of a failure, with the code, details and headers that were thrown', async () => {
    const { statusCode, json, headers } = await chainOf(getThing, async () => {
      throw new AppError('OUT_OF_STOCK', { details: { lines: [] }, headers: { 'retry-after': '5' } });
    }).call();
    expect(statusCode).toBe(409);
    expect(headers['retry-after']).toBe('5');
    expect(json).toEqual({
      success: false,
      error: {
        code: 'OUT_OF_STOCK',
        message: 'There is not enough in stock.',
        details: { lines: [] },
        docs: 'https://app.example.com/api/v1/errors/OUT_OF_STOCK',
      },
      timestamp: expect.any(String),
      requestId: expect.any(String),
    });
  });
  test('cookies are out of reach for scripts and other sites', async () => {
    const cookies = [{ name: '__Host-a', value: 'v', path: '/', maxAge: 900 }];
    const { multiValueHeaders } = await chainOf(makeThing, async () => reply(one, { cookies })).call();
    expect(multiValueHeaders['set-cookie']).toEqual([
      '__Host-a=v; Path=/; Max-Age=900; HttpOnly; Secure; SameSite=Strict',
    ]);
  });
});

describe('failures', () => {
  test('are problem documents for those who ask for them (RFC 9457)', async () => {
    const failing = chainOf(getThing, async () => {
      throw new AppError('ENTITY_NOT_FOUND');
    });
    const accept = 'application/json, application/problem+json';
    const { headers, json } = await failing.call({ headers: { accept } });
    expect(headers['content-type']).toBe('application/problem+json');
    expect(json).toMatchObject({
      type: 'https://app.example.com/api/v1/errors/ENTITY_NOT_FOUND',
      title: 'Not found',
      status: 404,
      code: 'ENTITY_NOT_FOUND',
    });
    expect((await failing.call({ headers: { accept: 'application/xml' } })).body).toContain(
      '<code>ENTITY_NOT_FOUND</code>',
    );
  });
  test('a service that is too busy is SERVICE_UNAVAILABLE with Retry-After', async () => {
    const busy = Object.assign(new Error('Rate exceeded for table mewayz'), { name: 'ThrottlingException' });
    const { statusCode, headers, body } = await chainOf(getThing, async () => {
      throw busy;
    }).call();
    expect([statusCode, headers['retry-after']]).toEqual([503, '1']);
    expect(body).not.toContain('mewayz`');
    expect(body).not.toContain('Rate exceeded');
  });
  test('an answer that the contract does not promise fails loudly before production', async () => {
    const wrong = chainOf(getThing, async () => ({ id: 1 }) as never);
    expect((await wrong.call()).statusCode).toBe(500);
    expect(JSON.stringify(wrong.observed.lines.map((line) => String(line.keys.error)))).toContain('does not promise');
  });
});

describe('negotiation', () => {
  test.each([
    ['*/*', 'application/json; charset=utf-8'],
    ['text/html, application/xml;q=0.9, */*;q=0.8', 'application/xml; charset=utf-8'],
    ['application/xml;q=0.5, application/json;q=0.9', 'application/json; charset=utf-8'],
    ['application/*', 'application/json; charset=utf-8'],
    ['application/problem+json', 'application/json; charset=utf-8'],
    ['text/csv', undefined],
    ['application/json;q=0', undefined],
    ['image/*', undefined],
  ])('Accept: %s gives %s', async (accept, expected) => {
    const { statusCode, headers } = await get.call({ headers: { accept } });
    if (expected) expect([statusCode, headers['content-type']]).toEqual([200, expected]);
    else expect(statusCode).toBe(406);
  });
  test('what can not be answered is refused before anything is done', async () => {
    let runs = 0;
    const { statusCode } = await chainOf(makeThing, async () => {
      runs++;
      return one;
    }).call({ headers: { accept: 'text/csv' } });
    expect([statusCode, runs]).toEqual([406, 0]);
  });
});

describe('XML', () => {
  test('says the same as JSON, with everything escaped', async () => {
    const { body } = await get.call({ headers: { accept: 'application/xml' } });
    const parsed = new XMLParser({ parseTagValue: false }).parse(body);
    expect(parsed.response).toMatchObject({
      success: 'true',
      data: { id: '1', name: one.name, price: one.price, tags: { item: ['x', 'y'] } },
    });
  });
  test('keeps odd names and drops what XML can not hold', () => {
    expect(toXml('response', { '1 x': null, ok: 'a\u0000b\ud800c', n: undefined })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><response><member name="1 x" nil="true"/><ok>a\ufffdb\ufffdc</ok></response>',
    );
  });
});

describe('CSV', () => {
  const rows = (body: string) => body.split('\r\n');
  test('has a column per scalar member and quotes what must be quoted', async () => {
    const { headers, body } = await many([one]).call({ headers: { accept: 'text/csv' } });
    expect(headers['content-type']).toContain('text/csv');
    expect(headers.link).toContain('rel="first"');
    expect(rows(body)).toEqual([
      'id,name,price.amount,price.currency,tags',
      '1,"A & <b> ""c""",12.50,GBP,"[""x"",""y""]"',
      '',
    ]);
  });
  test('gives no formula to a spreadsheet, and leaves numbers alone', async () => {
    const items = ['=1+1', '@SUM(A1)', '-12.50', '+44 20', '-1+2'].map((name) => ({ ...one, name }));
    const { body } = await many(items).call({ headers: { accept: 'text/csv' }, query: { fields: 'name' } });
    expect(rows(body)).toEqual(['name', "'=1+1", "'@SUM(A1)", '-12.50', "'+44 20", "'-1+2", '']);
  });
});

describe('entity tags', () => {
  test('name version, content and representation; If-None-Match answers 304 without a body', async () => {
    const { headers } = await get.call();
    const { etag = '' } = headers;
    expect(etag).toMatch(/^"7\.[\w-]{11}\.json"$/);
    expect(headers['cache-control']).toBe('private, no-cache');
    const compressed = etag.replace(/"$/, '.br"');
    const again = await get.call({ headers: { 'if-none-match': `W/${compressed}, "3.json"` } });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
    const xml = await get.call({ headers: { accept: 'application/xml', 'if-none-match': etag } });
    expect([xml.statusCode, xml.headers.etag]).toEqual([200, etag.replace('json', 'xml')]);
    expect((await get.call({ headers: { 'if-none-match': '"7.json"' } })).statusCode).toBe(200);
  });
  test('differ where readers see different things of one version', async () => {
    const seenBy = (name: string) => chainOf(getThing, async () => reply({ ...one, name }, { version: 7 }));
    const { etag = '' } = (await seenBy('Mine').call()).headers;
    const headers = { 'if-none-match': etag };
    expect((await seenBy('Mine').call({ headers })).statusCode).toBe(304);
    const theirs = await seenBy('Theirs').call({ headers });
    expect([theirs.statusCode, theirs.json.data.name]).toEqual([200, 'Theirs']);
    expect((await seenBy('Mine').call({ headers, query: { fields: 'id' } })).statusCode).toBe(200);
  });
  test('If-Match lets only the named version pass', async () => {
    const patch = chainOf(patchThing, async ({ ifMatch }) => {
      ifMatch(7);
      return one;
    });
    const { etag = '' } = (await get.call()).headers;
    for (const tag of [etag, `W/${etag.replace('json', 'xml.gzip')}`, '"7.json"', '"7"', '*', '"6.json", "7.json"']) {
      expect((await patch.call({ headers: { 'if-match': tag } })).statusCode).toBe(200);
    }
    const stale = await patch.call({ headers: { 'if-match': '"6.json"' } });
    expect([stale.statusCode, stale.json.error.code]).toEqual([412, 'PRECONDITION_FAILED']);
    expect((await patch.call()).statusCode).toBe(200);
  });
});

test('a raw reply has no envelope and its own headers', async () => {
  const document = contract({ ...base, id: 'test.document', method: 'GET', success: 200, raw: 'text/html' });
  const { body, headers } = await chainOf(document, async () =>
    raw('<p>hi</p>', 'text/html; charset=utf-8', { headers: { 'content-security-policy': "default-src 'self'" } }),
  ).call({ headers: { accept: 'text/html' } });
  expect([body, headers['content-type'], headers['content-security-policy']]).toEqual([
    '<p>hi</p>',
    'text/html; charset=utf-8',
    "default-src 'self'",
  ]);
});
test('HEAD answers the headers of GET without the body', async () => {
  const { statusCode, body, headers } = await get.call({ method: 'HEAD' });
  expect([statusCode, body, headers.etag]).toEqual([200, '', (await get.call()).headers.etag]);
});
