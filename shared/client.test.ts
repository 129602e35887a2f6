import * as z from 'zod';
import { ApiProblem, createClient } from './client.ts';
import { contract } from './contracts/contract.ts';
import { listQuery } from './contracts/list.ts';

const thing = z.object({ id: z.string(), name: z.string() });
const base = { summary: 'x', permission: 'orders:read', errors: [], example: {} } as const;
const getThing = contract({
  ...base,
  id: 'things.get',
  method: 'GET',
  path: '/things/{id}',
  params: z.strictObject({ id: z.string() }),
  success: 200,
  output: thing,
  expands: ['maker'],
});
const listThings = contract({
  ...base,
  id: 'things.list',
  method: 'GET',
  path: '/things',
  query: z.strictObject({ ...listQuery(['created']), tag: z.array(z.string()).optional() }),
  success: 200,
  output: thing,
  list: { sorts: ['created'] },
});
const makeThing = contract({
  ...base,
  id: 'things.make',
  method: 'POST',
  path: '/things',
  body: z.strictObject({ name: z.string() }),
  success: 201,
  output: thing,
});
const deleteThing = contract({
  ...base,
  id: 'things.delete',
  method: 'DELETE',
  path: '/things/{id}',
  params: z.strictObject({ id: z.string() }),
  success: 204,
});
const data = { id: '1', name: 'one' };
const refusal = (status: number, code: string, details?: object, headers: Record<string, string> = {}) =>
  Response.json(
    { success: false, error: { code, message: 'No.', details }, requestId: 'req-12345678' },
    { status, headers },
  );

function client(answers: (() => Response)[], onUnauthenticated?: (sentAt: number) => Promise<boolean>) {
  const requests: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: unknown, init?: RequestInit) => {
    requests.push({ url: String(url), init: init ?? {} });
    const answer = answers[requests.length - 1];
    if (!answer) throw new TypeError('fetch failed');
    return answer();
  };
  const made = createClient({ baseUrl: '/api/v1', fetch: fetch as typeof globalThis.fetch, onUnauthenticated });
  return { ...made, requests };
}
const ok = (body: object) => () => Response.json({ success: true, ...body });

test('fills the path, sends the query and answers data', async () => {
  const { call, requests } = client([ok({ data })]);
  const found = await call(getThing, { params: { id: 'a/b' }, fields: ['id', 'name'], expand: ['maker'] });
  expect(found.name).toBe('one');
  expect(requests[0]?.url).toBe('/api/v1/things/a%2Fb?fields=id%2Cname&expand=maker');
});
test('answers a list as items, pagination and links', async () => {
  const links = { self: { href: '/api/v1/things', method: 'GET' } };
  const { call, requests } = client([ok({ data: [data], pagination: { totalItems: 1 }, _links: links })]);
  expect(await call(listThings, { query: { tag: ['a', 'b'], page: '2' } })).toEqual({
    items: [data],
    pagination: { totalItems: 1 },
    links,
  });
  expect(requests[0]?.url).toBe('/api/v1/things?tag=a&tag=b&page=2');
});
test('gives every POST an Idempotency-Key of its own, or the one that was given', async () => {
  const { call, requests } = client([ok({ data }), ok({ data }), ok({ data })]);
  await call(makeThing, { body: { name: 'a' } });
  await call(makeThing, { body: { name: 'a' } });
  await call(makeThing, { body: { name: 'a' }, idempotencyKey: 'mine' });
  const keys = requests.map(({ init }) => (init.headers as Record<string, string>)['idempotency-key']);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).not.toBe(keys[0]);
  expect(keys[2]).toBe('mine');
});
test('sends the version that was read, and answers nothing for 204', async () => {
  const { call, requests } = client([() => new Response(null, { status: 204 })]);
  expect(await call(deleteThing, { params: { id: '1' }, ifMatch: 7 })).toBeUndefined();
  expect(requests[0]?.init.headers).toMatchObject({ 'if-match': '"7"' });
});
test('throws the refusal with code, status, details and request id', async () => {
  const fields = [{ path: 'body.name', message: 'is needed' }];
  const { call } = client([() => refusal(400, 'VALIDATION_ERROR', { fields })]);
  const problem = await call(makeThing, { body: { name: '' } }).catch((error) => error);
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(problem).toMatchObject({ code: 'VALIDATION_ERROR', status: 400, requestId: 'req-12345678' });
  expect(problem.fields).toEqual({ 'body.name': 'is needed' });
});
test('tells how long to wait', async () => {
  const { call } = client([() => refusal(429, 'RATE_LIMITED', undefined, { 'retry-after': '30' })]);
  await expect(call(listThings)).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 30 });
});
test('tells an answer that is not the API’s, and no answer, from a refusal', async () => {
  const html = client([() => new Response('<html>Bad gateway</html>', { status: 502 })]);
  await expect(html.call(listThings)).rejects.toMatchObject({ code: 'NETWORK_ERROR', status: 502 });
  await expect(client([]).call(listThings)).rejects.toMatchObject({ code: 'NETWORK_ERROR', status: 0 });
});
test('renews the session once for all calls that were refused, and repeats each as the same request', async () => {
  let renewals = 0;
  const refused = () => refusal(401, 'UNAUTHENTICATED');
  const { call, requests } = client([refused, refused, ok({ data }), ok({ data })], async () => {
    renewals++;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    return true;
  });
  await Promise.all([call(makeThing, { body: { name: 'a' } }), call(makeThing, { body: { name: 'b' } })]);
  expect([renewals, requests.length]).toEqual([1, 4]);
  expect(requests[2]?.init).toEqual(requests[0]?.init);
});
test('says when the refused call went out, so that a renewal since is known as such', async () => {
  const said: number[] = [];
  const before = Date.now();
  let refusedAt = 0;
  const refused = () => {
    refusedAt = Date.now();
    return refusal(401, 'UNAUTHENTICATED');
  };
  const { call } = client([refused, ok({ data })], async (sentAt) => {
    said.push(sentAt);
    return true;
  });
  await call(makeThing, { body: { name: 'a' } });
  expect(said).toEqual([expect.any(Number)]);
  expect(said[0]).toBeGreaterThanOrEqual(before);
  expect(said[0]).toBeLessThanOrEqual(refusedAt);
});
test('gives up when the session can not be renewed', async () => {
  const { call, requests } = client([() => refusal(401, 'UNAUTHENTICATED')], async () => false);
  await expect(call(listThings)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(requests).toHaveLength(1);
});
