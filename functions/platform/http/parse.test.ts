import fc from 'fast-check';
import * as z from 'zod';
import { contract } from '../../../shared/contracts/contract.ts';
import { listQuery } from '../../../shared/contracts/list.ts';
import { page } from './context.ts';
import { chainOf } from './testing.ts';

const placeThing = contract({
  id: 'test.place-thing',
  method: 'PUT',
  path: '/things/{id}',
  summary: 'Places a thing',
  public: 'for tests',
  params: z.strictObject({ id: z.string().regex(/^thg_\d+$/, 'must be thg_ and digits') }),
  query: z.strictObject({ dryRun: z.enum(['true', 'false']).optional() }),
  body: z.strictObject({
    name: z.string().min(1),
    lines: z.array(z.strictObject({ quantity: z.number().int().min(1) })),
  }),
  success: 200,
  output: z.object({ id: z.string(), name: z.string(), note: z.string().optional() }),
  expands: ['maker'],
  errors: [],
  maxBodyBytes: 1_000,
  example: {},
});
const listThings = contract({
  id: 'test.list-things',
  method: 'GET',
  path: '/things',
  summary: 'Lists things',
  public: 'for tests',
  query: z.strictObject({ ...listQuery(['created']), tag: z.array(z.string()).optional() }),
  success: 200,
  output: z.object({ id: z.string(), name: z.string() }),
  list: { sorts: ['created'] },
  errors: [],
  example: {},
});
const place = chainOf(placeThing, async ({ params, body }) => ({ id: params.id, name: body.name }));
const good = { params: { id: 'thg_1' }, body: { name: 'a', lines: [{ quantity: 1 }] } };

test('all problems of params, query, headers and body are told at once, each by its path', async () => {
  const { statusCode, json } = await place.call({
    params: { id: 'x' },
    query: { dryRun: 'maybe', other: '1' },
    headers: { 'if-match': 'seven' },
    body: { name: '', lines: [{ quantity: 0 }, { quantity: 2, price: 1 }], extra: true },
  });
  expect(statusCode).toBe(400);
  expect(json.error.code).toBe('VALIDATION_ERROR');
  expect(json.error.details.fields.map((field: { path: string }) => field.path).sort()).toEqual([
    'body.extra',
    'body.lines[0].quantity',
    'body.lines[1].price',
    'body.name',
    'headers.If-Match',
    'params.id',
    'query.dryRun',
    'query.other',
  ]);
  expect(json.error.docs).toBe('https://app.example.com/api/v1/errors/VALIDATION_ERROR');
});
test('a missing body names the fields that are missing', async () => {
  const { json } = await place.call({ params: good.params });
  expect(json.error.details.fields.map((field: { path: string }) => field.path)).toEqual(['body.name', 'body.lines']);
});
test.each([
  ['another media type', { 'content-type': 'text/xml' }, '{}', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['another charset', { 'content-type': 'application/json; charset=utf-16' }, '{}', 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ['broken JSON', {}, '{"name":', 400, 'MALFORMED_BODY'],
  ['a body that is too large', {}, JSON.stringify({ name: 'x'.repeat(1_000) }), 413, 'PAYLOAD_TOO_LARGE'],
  ['a __proto__ member', {}, '{"__proto__":{"name":"x"}}', 400, 'MALFORMED_BODY'],
  ['a __proto__ member in disguise', {}, '{"\\u005f_proto__":{"name":"x"}}', 400, 'MALFORMED_BODY'],
  ['a body that is no object', {}, '[1]', 400, 'VALIDATION_ERROR'],
])('%s is refused', async (_, headers, body, status, code) => {
  const { statusCode, json } = await place.call({
    params: good.params,
    headers: headers as Record<string, string>,
    body,
  });
  expect([statusCode, json.error.code]).toEqual([status, code]);
});
test('a body in base64 that is not UTF-8 is malformed', async () => {
  const event = { ...good, body: Buffer.from([0x7b, 0xff, 0x7d]).toString('base64') };
  const { apiEvent, lambdaContext } = await import('./testing.ts');
  const reply = await place.chain({ ...apiEvent({ method: 'PUT', ...event }), isBase64Encoded: true }, lambdaContext);
  expect(JSON.parse(reply.body).error.code).toBe('MALFORMED_BODY');
});

describe('query', () => {
  const seen: unknown[] = [];
  const list = chainOf(listThings, async ({ query }) => {
    seen.push(query);
    return page([{ id: '1', name: 'one' }], {
      currentPage: query.page ?? 1,
      itemsPerPage: query.limit,
      totalItems: 45,
      totalIsExact: true,
      totalPages: 5,
      hasNextPage: true,
      hasPrevPage: true,
    });
  });
  test('is parsed with its defaults; a repeated parameter is a list where a list is meant', async () => {
    await list.call({ query: { page: '2', tag: ['a', 'b'] } });
    await list.call({ query: { tag: 'a' } });
    expect(seen).toEqual([
      { page: 2, limit: 10, sort: 'created', order: 'desc', tag: ['a', 'b'] },
      { limit: 10, sort: 'created', order: 'desc', tag: ['a'] },
    ]);
  });
  test('a parameter given twice where one is meant is a problem', async () => {
    const { json } = await list.call({ query: { limit: ['1', '2'] } });
    expect(json.error.details.fields).toEqual([{ path: 'query.limit', message: 'is given more than once' }]);
  });
  test('fields selects members of each item, and names what is possible', async () => {
    expect((await list.call({ query: { fields: 'name' } })).json.data).toEqual([{ name: 'one' }]);
    const { json } = await list.call({ query: { fields: 'name,secret' } });
    expect(json.error.details.fields).toEqual([
      { path: 'query.fields', message: 'secret: unknown; possible are id, name' },
    ]);
  });
  test('expand takes what the contract declares and nothing else', async () => {
    const { json } = await place.call({ ...good, query: { expand: 'maker,owner' } });
    expect(json.error.details.fields).toEqual([
      { path: 'query.expand', message: 'owner: unknown; possible are maker' },
    ]);
    expect((await place.call({ ...good, query: { expand: 'maker' } })).statusCode).toBe(200);
    expect((await list.call({ query: { expand: 'maker' } })).statusCode).toBe(400);
  });
  test('a list links to itself and its neighbours with its filters kept', async () => {
    const { json } = await list.call({ query: { page: '2', tag: ['a', 'b'], limit: '10' } });
    const href = (n: number) => `/api/v1/things?tag=a&tag=b&limit=10&page=${n}`;
    expect(json._links).toEqual({
      self: { href: href(2), method: 'GET' },
      first: { href: href(1), method: 'GET' },
      prev: { href: href(1), method: 'GET' },
      next: { href: href(3), method: 'GET' },
      last: { href: href(5), method: 'GET' },
    });
  });
});

test('whatever is sent, the answer is a refusal that names fields, never a failure of ours', async () => {
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'fields', 'expand', 'name', 'lines', 'dryRun'),
  );
  const text = fc.string({ unit: 'binary' });
  const request = fc.record({
    params: fc.record({ id: fc.oneof(text, fc.constant('thg_1')) }),
    query: fc.dictionary(name, fc.oneof(text, fc.array(text, { maxLength: 3 })), { maxKeys: 4 }),
    headers: fc.dictionary(
      fc.constantFrom('accept', 'if-match', 'if-none-match', 'x-request-id', 'cookie', 'authorization', 'api-version'),
      text,
    ),
    body: fc.oneof(fc.json(), text, fc.object({ key: name, maxDepth: 3 }), fc.constant({ name: 'a', lines: [] })),
  });
  await fc.assert(
    fc.asyncProperty(request, async (input) => {
      const { statusCode, json } = await place.call(input);
      if (statusCode >= 500) throw new Error(`${statusCode} ${JSON.stringify(json)}`);
      if (json.error?.code === 'VALIDATION_ERROR' && json.error.details.fields.length === 0)
        throw new Error('no field');
    }),
    { numRuns: 1_000 },
  );
});
