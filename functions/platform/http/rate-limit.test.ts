import * as z from 'zod';
import { contract } from '../../../shared/contracts/contract.ts';
import { AppError } from '../../../shared/errors.ts';
import { grant } from '../entity.ts';
import type { TestTable } from '../testing/table.ts';
import { rateLimits } from './rate-limit.table.ts';
import { networkOf, windowOf } from './rate-limit.ts';
import { chainOf } from './testing.ts';
import { bearer, onTable, startTableWithCallers } from './testing-callers.ts';

const output = z.object({ n: z.number(), by: z.string().optional() });
const base = { path: '/things', summary: 'x', success: 200, output, errors: [], example: {} } as const;
const login = contract({
  ...base,
  id: 'test.login',
  method: 'POST',
  public: 'for tests',
  idempotency: { none: 'for tests' },
  body: z.strictObject({ email: z.string(), right: z.boolean() }),
  rateLimit: [
    { per: 'account', limit: 5, windowSeconds: 900, counts: 'failures' },
    { per: 'address', limit: 8, windowSeconds: 900, counts: 'failures' },
  ],
});
const limited = contract({
  ...base,
  id: 'test.limited',
  method: 'GET',
  permission: 'orders:read',
  rateLimit: [{ per: 'user', limit: 3, windowSeconds: 60 }],
});

let table: TestTable;
beforeAll(async () => {
  table = await startTableWithCallers();
});
afterAll(() => table.stop());

test('counts each request of a user and tells what is left', async () => {
  const call = chainOf(limited, async () => ({ n: 1 }), onTable(limited));
  const replies = [];
  for (let i = 0; i < 4; i++) replies.push(await call.call({ headers: bearer('usr_1') }));
  expect(replies.map((reply) => reply.statusCode)).toEqual([200, 200, 200, 429]);
  expect(replies.map((reply) => /r=(\d+)/.exec(reply.headers.ratelimit ?? '')?.[1])).toEqual(['2', '1', '0', '0']);
  expect(replies[0]?.headers['ratelimit-policy']).toBe(
    '"user";q=3;w=60, "edge-address";q=5000;w=300, "edge-session";q=3000;w=300',
  );
  expect(Number(replies[3]?.headers['retry-after'])).toBeGreaterThan(0);
  expect((await call.call({ headers: bearer('usr_2') })).statusCode).toBe(200);
});
test('every reply says which limits hold for all operations: the firewall’s, or the plan’s of the key', async () => {
  const open = contract({ ...base, id: 'test.open', method: 'GET', public: 'for tests' });
  const { call } = chainOf(open, async () => ({ n: 1 }), onTable(open));
  expect((await call()).headers['ratelimit-policy']).toBe('"edge-address";q=5000;w=300, "edge-session";q=3000;w=300');
  expect((await call({ face: 'partner' })).headers['ratelimit-policy']).toBe(
    '"plan-second";q=5;w=1, "plan-month";q=10000;w=2592000',
  );
});
test('counters vanish by themselves, a little after their window', async () => {
  const call = chainOf(limited, async () => ({ n: 1 }), onTable(limited));
  await call.call({ headers: bearer('usr_2') });
  const { endsAt, number } = windowOf({ per: 'user', limit: 3, windowSeconds: 60 }, new Date());
  const db = table.db({ table: { counters: grant(rateLimits, 'get') } });
  const ids = [number, number - 1].map((window) => `test.limited#user#usr_2#${window}`);
  const kept = await Promise.all(ids.map((id) => db.counters.get({ id }, { consistent: true })));
  const expires = kept.find(Boolean)?.expires ?? 0;
  expect(expires).toBeGreaterThanOrEqual(endsAt - 60);
  expect(expires).toBeLessThanOrEqual(endsAt + 300);
  expect(rateLimits.expires).toBe('expires');
});
const tries = chainOf(
  login,
  async ({ body }) => {
    if (!body.right) throw new AppError('INVALID_CREDENTIALS');
    return { n: 1 };
  },
  onTable(login),
);
const attempt = (email: string, right: boolean, ip: string) =>
  tries.call({ body: { email, right }, ip }).then((reply) => reply.statusCode);
test('of failures lets successes through without counting them', async () => {
  const codes = [];
  for (const right of [true, true, false, false, false, true, false, false, true, true]) {
    codes.push(await attempt('a@example.com', right, '198.51.100.1'));
  }
  expect(codes).toEqual([200, 200, 401, 401, 401, 200, 401, 401, 429, 429]);
  expect(await attempt('A@example.com ', true, '198.51.100.99')).toBe(429);
  expect(await attempt('b@example.com', true, '198.51.100.1')).toBe(200);
});
test('is exact when all guesses come at once', async () => {
  const codes = await Promise.all(Array.from({ length: 20 }, () => attempt('c@example.com', false, '198.51.100.2')));
  expect(codes.filter((code) => code === 401)).toHaveLength(5);
  expect(codes.filter((code) => code === 429)).toHaveLength(15);
});
test('holds per address over many accounts', async () => {
  const codes = [];
  for (let i = 0; i < 9; i++) codes.push(await attempt(`d${i}@example.com`, false, '198.51.100.3'));
  expect(codes).toEqual([...Array(8).fill(401), 429]);
});
test('takes the /64 of an IPv6 address for one caller', () => {
  expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
});
test('windows follow the clock', () => {
  const window = { per: 'user', limit: 1, windowSeconds: 60 } as const;
  expect(windowOf(window, new Date(119_999))).toEqual({ number: 1, endsAt: 120 });
  expect(windowOf(window, new Date(120_000))).toEqual({ number: 2, endsAt: 180 });
});
