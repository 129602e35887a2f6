import * as z from 'zod';
import { contract } from '../../../shared/contracts/contract.ts';
import { AppError } from '../../../shared/errors.ts';
import type { TestTable } from '../testing/table.ts';
import type { Foundation } from './chain.ts';
import { type HttpContext, reply } from './context.ts';
import { chainOf } from './testing.ts';
import { bearer, onTable, startTableWithCallers } from './testing-callers.ts';

const output = z.object({ n: z.number(), by: z.string().optional() });
const base = { path: '/things', summary: 'x', success: 200, output, errors: [], example: {} } as const;
const makeThing = contract({
  ...base,
  id: 'test.make',
  method: 'POST',
  success: 201,
  permission: 'orders:place',
  body: z.strictObject({ name: z.string() }),
});
const register = contract({
  ...base,
  id: 'test.register',
  method: 'POST',
  public: 'for tests',
  body: z.strictObject({ email: z.string(), password: z.string().optional() }),
});

let table: TestTable;
beforeAll(async () => {
  table = await startTableWithCallers();
});
afterAll(() => table.stop());

let made = 0;
const make = chainOf(makeThing, async () => reply({ n: ++made }, { location: `/things/${made}` }), onTable(makeThing));
const post = (idempotencyKey: string, name: string, token = 'usr_1') =>
  make.call({ body: { name }, headers: { ...bearer(token), 'Idempotency-Key': idempotencyKey } });

test('the same key and body get the same reply without doing it again', async () => {
  const first = await post('k-1', 'a');
  const again = await post('"k-1"', 'a');
  expect(first.statusCode).toBe(201);
  expect([again.statusCode, again.body, again.headers.location]).toEqual([201, first.body, first.headers.location]);
  expect(again.headers['idempotency-replayed']).toBe('true');
  expect(first.headers).not.toHaveProperty('idempotency-replayed');
  expect(again.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
});
test('the same key with another body is a conflict; another caller’s key is another key', async () => {
  await post('k-2', 'a');
  const other = await post('k-2', 'b');
  expect([other.statusCode, other.json.error.code]).toEqual([422, 'IDEMPOTENCY_CONFLICT']);
  expect((await post('k-2', 'a', 'usr_2')).headers).not.toHaveProperty('idempotency-replayed');
});
test('fifty at once are done once; the others are told to wait or get the reply', async () => {
  made = 100;
  const replies = await Promise.all(Array.from({ length: 50 }, () => post('k-3', 'a')));
  expect(made).toBe(101);
  const codes = new Set(replies.map((reply) => (reply.statusCode === 409 ? reply.json.error.code : reply.body)));
  expect([...codes].filter((code) => code !== 'REQUEST_IN_PROGRESS')).toHaveLength(1);
  const waiting = replies.find((reply) => reply.statusCode === 409);
  if (waiting) expect(Number(waiting.headers['retry-after'])).toBeGreaterThan(0);
});
test('a failure of ours is not kept, one of the caller is', async () => {
  let runs = 0;
  const fail = chainOf(
    makeThing,
    async ({ body }) => {
      runs++;
      if (body.name === 'ours' && runs === 1) throw new Error('broken');
      if (body.name === 'theirs') throw new AppError('OUT_OF_STOCK');
      return { n: runs };
    },
    onTable(makeThing),
  );
  const send = (idempotencyKey: string, name: string) =>
    fail.call({ body: { name }, headers: { ...bearer('usr_1'), 'Idempotency-Key': idempotencyKey } });
  expect([(await send('k-4', 'ours')).statusCode, (await send('k-4', 'ours')).statusCode]).toEqual([500, 201]);
  const [first, again] = [await send('k-5', 'theirs'), await send('k-5', 'theirs')];
  expect([first.statusCode, again.statusCode, again.body === first.body, runs]).toEqual([409, 409, true, 3]);
});
test('a request that was refused before it began may be mended under its key', async () => {
  expect((await make.call({ body: {}, headers: { ...bearer('usr_1'), 'Idempotency-Key': 'k-6' } })).statusCode).toBe(
    400,
  );
  expect((await post('k-6', 'a')).statusCode).toBe(201);
});
test('a key that is no key is a problem of that header', async () => {
  const { json } = await post('a b', 'a');
  expect(json.error.details.fields[0].path).toBe('headers.Idempotency-Key');
});
test('without a signed-in caller a record belongs to the account that is named; cookies are never kept', async () => {
  let runs = 0;
  const open = chainOf(register, async () => ({ n: ++runs }), onTable(register));
  const send = (email: string, password: string) =>
    open.call({ body: { email, password }, headers: { 'Idempotency-Key': 'k-7' } });
  const first = await send('a@example.com', 'x');
  expect((await send('a@example.com', 'x')).body).toBe(first.body);
  expect((await send('a@example.com', 'y')).statusCode).toBe(422);
  expect((await send('b@example.com', 'x')).json.data.n).toBe(2);

  const cookies = [{ name: 'c', value: 'v', path: '/', maxAge: 1 }];
  const signIn = chainOf(register, async () => reply({ n: ++runs }, { cookies }), onTable(register));
  const enter = () => signIn.call({ body: { email: 'c@example.com' }, headers: { 'Idempotency-Key': 'k-8' } });
  expect([(await enter()).json.data.n, (await enter()).json.data.n]).toEqual([3, 4]);
});
async function inSeconds<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  jest.useFakeTimers({
    now: Date.now() + seconds * 1_000,
    doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'performance'],
  });
  try {
    return await work();
  } finally {
    jest.useRealTimers();
  }
}
test('a reply that could not be kept is given all the same; the request is done again once its lease is over', async () => {
  let writes = 0;
  const { openDb } = onTable(makeThing);
  const losing: Foundation['openDb'] = (context) => {
    const db = openDb(context);
    return {
      ...db,
      tryWrite: (...ops) => (++writes === 2 ? Promise.reject(new Error('lost')) : db.tryWrite(...ops)),
    };
  };
  const stuck = chainOf(makeThing, async () => ({ n: 1 }), { ...onTable(makeThing), openDb: losing });
  const headers = { ...bearer('usr_1'), 'Idempotency-Key': 'k-9' };
  expect((await stuck.call({ body: { name: 'a' }, headers })).statusCode).toBe(201);
  expect(stuck.observed.lines.map((line) => line.message)).toContain('reply not kept');
  expect((await post('k-9', 'a')).json.error.code).toBe('REQUEST_IN_PROGRESS');
  expect((await inSeconds(13, () => post('k-9', 'a'))).statusCode).toBe(201);
});
/** What a handler would make, and when. */
const makes = contract({
  ...makeThing,
  id: 'test.makes',
  output: z.object({ ids: z.array(z.string()), at: z.string() }),
});
const madeBy = ({ firstAttempt: { newId, now } }: Pick<HttpContext<typeof makes, object>, 'firstAttempt'>) => ({
  ids: [newId('product'), newId('product')],
  at: now.toISOString(),
});
/** `fates`: what becomes of one attempt after the other; those after the last of them succeed. */
function trying(...fates: readonly ('fails' | 'is lost')[]) {
  const made: ReturnType<typeof madeBy>[] = [];
  const { openDb } = onTable(makes);
  let isLost = false;
  const trial = chainOf(
    makes,
    async (context) => {
      const fate = fates[made.length];
      const all = madeBy(context);
      made.push(all);
      if (fate === 'fails') throw new Error('broken');
      isLost = fate === 'is lost';
      return all;
    },
    {
      ...onTable(makes),
      openDb: (context) => {
        const db = openDb(context);
        return { ...db, tryWrite: (...ops) => (isLost ? Promise.reject(new Error('lost')) : db.tryWrite(...ops)) };
      },
    },
  );
  const send = (idempotencyKey: string, query: Record<string, string> = {}) => {
    isLost = false;
    const headers = { ...bearer('usr_1'), 'Idempotency-Key': idempotencyKey };
    return trial.call({ body: { name: 'a' }, query, headers });
  };
  return { made, send };
}
test('who repeats what failed on our side makes the same, with the same ids and the moment of the first attempt', async () => {
  const { made, send } = trying('fails', 'fails');
  expect([(await send('k-11')).statusCode, (await send('k-11')).statusCode]).toEqual([500, 500]);
  expect((await send('k-11')).json.data).toEqual(made[0]);
  expect(made).toEqual([made[0], made[0], made[0]]);
  expect(new Set(made[0]?.ids).size).toBe(2);
  expect((await send('k-12')).json.data.ids).not.toContain(made[0]?.ids[0]);
  expect((await send('k-11')).headers['idempotency-replayed']).toBe('true');
});
test('a repeat that is refused before it begins leaves the attempt that failed to the next one', async () => {
  const { made, send } = trying('fails');
  expect([(await send('k-14')).statusCode, (await send('k-14', { fields: 'typo' })).statusCode]).toEqual([500, 400]);
  expect((await send('k-14')).json.data).toEqual(made[0]);
});
test('who repeats what was lost makes the same once its lease is over, and something new after a day', async () => {
  const { made, send } = trying('is lost', 'is lost');
  await send('k-15');
  const again = await inSeconds(13, () => send('k-15'));
  expect(again.json.data).toEqual(made[0]);
  const late = await inSeconds(2 * 86_400, () => send('k-15'));
  expect(late.statusCode).toBe(201);
  expect(late.json.data.ids).not.toContain(made[0]?.ids[0]);
});
test('another request under the key of one that failed is a conflict', async () => {
  const failing = chainOf(makes, () => Promise.reject(new Error('broken')), onTable(makes));
  const send = (name: string) =>
    failing.call({ body: { name }, headers: { ...bearer('usr_1'), 'Idempotency-Key': 'k-13' } });
  expect([(await send('a')).statusCode, (await send('b')).statusCode]).toEqual([500, 422]);
});
test('costs two writes, and nothing without the header', async () => {
  const withKey = await table.measure(() => post('k-10', 'a'));
  expect(withKey.requests).toEqual({ GetItem: 1, PutItem: 2 });
  const without = await table.measure(() => make.call({ body: { name: 'a' }, headers: bearer('usr_1') }));
  expect(without.requests).toEqual({ GetItem: 1 });
});
