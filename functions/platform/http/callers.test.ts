/** The concerns that need the table (authentication, permission, rate limit, idempotency), on a real one. */
import * as z from 'zod';
import { contract } from '../../../shared/contracts/contract.ts';
import { AppError } from '../../../shared/errors.ts';
import { type ApiKey, apiKeys } from '../../api-keys/api-key.table.ts';
import { type User, users } from '../../users/user.table.ts';
import type { TokenClaims } from '../authentication.ts';
import { createDb } from '../dynamo.ts';
import { grant } from '../entity.ts';
import { startTable, type TestTable } from '../testing/table.ts';
import { withAdapterAccess } from './adapter-access.ts';
import type { Foundation } from './chain.ts';
import { type HttpContext, reply } from './context.ts';
import { networkOf, windowOf } from './rate-limit.ts';
import { chainOf } from './testing.ts';

const output = z.object({ n: z.number(), by: z.string().optional() });
const base = { path: '/things', summary: 'x', success: 200, output, errors: [], example: {} } as const;
const readThing = contract({ ...base, id: 'test.read', method: 'GET', permission: 'orders:read', partner: true });
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

const stamps = { createdAt: '', createdBy: '', updatedAt: '', updatedBy: '', version: 1 };
const user = (id: string, more: Partial<User> = {}): User => ({
  id,
  email: `${id}@example.com`,
  name: id,
  role: 'user',
  plan: 'Free',
  status: 'active',
  mfaEnabled: false,
  marketingConsent: false,
  acceptedTermsAt: '',
  ...stamps,
  ...more,
});
const key = (gatewayKeyId: string, more: Partial<ApiKey> = {}): ApiKey => ({
  gatewayKeyId,
  id: `key_${gatewayKeyId}`,
  userId: 'usr_1',
  name: 'CI',
  scopes: ['orders:read'],
  status: 'active',
  ...stamps,
  ...more,
});

let table: TestTable;
const seed = () => table.db({ table: { users: grant(users, 'put', 'update'), keys: grant(apiKeys, 'put') } });
beforeAll(async () => {
  table = await startTable([users, apiKeys]);
  const db = seed();
  await db.write(
    db.users.put(user('usr_1')),
    db.users.put(user('usr_2')),
    db.users.put(user('usr_off', { status: 'suspended' })),
    db.users.put(user('usr_mod', { role: 'moderator' })),
    db.keys.put(key('live')),
    db.keys.put(key('over', { expiresAt: '2020-01-01T00:00:00Z' })),
    db.keys.put(key('gone', { status: 'revoked' })),
    db.keys.put(key('other', { scopes: ['products:read'] })),
  );
});
afterAll(() => table.stop());

/** A token here is just the user's id: what a real one must be is tested with the verifier. */
const claims = (userId: string): TokenClaims => ({ userId, issuedAt: 1, expiresAt: 2e9, sessionId: `of-${userId}` });
const verifier = () => (token: string) => (token.startsWith('usr_') ? claims(token) : undefined);
function over(operation: typeof readThing | typeof makeThing | typeof register | typeof login | typeof limited) {
  const access = withAdapterAccess(operation, {}, true);
  const openDb: Foundation['openDb'] = (context) => createDb(access, context) as never;
  return { openDb, verifier, recognize: true };
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('authentication', () => {
  const read = chainOf(
    readThing,
    async ({ actor, scope }) => ({ n: 1, by: `${actor.id} ${actor.via} ${scope}` }),
    over(readThing),
  );

  test('by cookie or bearer token says who acts, in one read', async () => {
    const measured = await table.measure(() => read.call({ headers: bearer('usr_1') }));
    expect(measured.result.json.data.by).toBe('usr_1 session own');
    expect(measured.requests).toEqual({ GetItem: 1 });
    const byCookie = await read.call({ headers: { cookie: 'a=b; __Host-mewayz-access=usr_2' } });
    expect(byCookie.json.data.by).toBe('usr_2 session own');
  });
  test('every reason to refuse looks the same', async () => {
    const replies = await Promise.all(
      [{}, bearer('nonsense'), bearer('usr_nobody'), bearer('usr_off'), { authorization: 'Basic abc' }].map((headers) =>
        read.call({ headers: headers as Record<string, string> }),
      ),
    );
    const seen = replies.map(({ statusCode, json, headers }) => [statusCode, json.error, headers['www-authenticate']]);
    expect(new Set(seen.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(seen[0]?.[0]).toBe(401);
  });
  test('on the partner face goes by the API key alone', async () => {
    const partner = (apiKeyId: string) => read.call({ face: 'partner', apiKeyId, headers: bearer('usr_2') });
    expect((await partner('live')).json.data.by).toBe('usr_1 api-key own');
    for (const id of ['over', 'gone', 'unknown']) expect((await partner(id)).statusCode).toBe(401);
    const foreign = await partner('other');
    expect([foreign.statusCode, foreign.json.error.details]).toEqual([403, { permission: 'orders:read' }]);
  });
  test('a role without the permission is told which one it lacks', async () => {
    const audit = contract({ ...base, id: 'test.audit', method: 'GET', permission: 'audit:read' });
    const read = chainOf(audit, async () => ({ n: 1 }), over(audit as never));
    const { statusCode, json } = await read.call({ headers: bearer('usr_1') });
    expect([statusCode, json.error.code, json.error.details]).toEqual([403, 'FORBIDDEN', { permission: 'audit:read' }]);
    expect((await read.call({ headers: bearer('usr_mod') })).statusCode).toBe(200);
  });
  test('a public operation takes a broken session for none', async () => {
    const seen: (string | undefined)[] = [];
    const { idempotency: _, rateLimit: __, ...open } = login;
    const run = async ({ actor }: HttpContext<typeof login, Record<never, never>, true>) => {
      seen.push(actor?.id);
      return { n: 1 };
    };
    const chain = chainOf({ ...open, idempotency: { none: 'for tests' } } as typeof login, run, over(readThing));
    const body = { email: 'a', right: true };
    await chain.call({ body, headers: bearer('usr_1') });
    await chain.call({ body, headers: bearer('nonsense') });
    expect(seen).toEqual(['usr_1', undefined]);
  });
  test('a session that was ended does not act on the next request', async () => {
    const db = seed();
    await db.write(db.users.put(user('usr_leaving')));
    expect((await read.call({ headers: bearer('usr_leaving') })).statusCode).toBe(200);
    const revokedSessions = { 'of-usr_leaving': 2e9 };
    await db.write(db.users.update({ id: 'usr_leaving' }, { set: { revokedSessions } }));
    expect((await read.call({ headers: bearer('usr_leaving') })).statusCode).toBe(401);
  });
});

describe('rate limit', () => {
  test('counts each request of a user and tells what is left', async () => {
    const call = chainOf(limited, async () => ({ n: 1 }), over(limited));
    const replies = [];
    for (let i = 0; i < 4; i++) replies.push(await call.call({ headers: bearer('usr_1') }));
    expect(replies.map((reply) => reply.statusCode)).toEqual([200, 200, 200, 429]);
    expect(replies.map((reply) => /r=(\d+)/.exec(reply.headers.ratelimit ?? '')?.[1])).toEqual(['2', '1', '0', '0']);
    expect(replies[0]?.headers['ratelimit-policy']).toBe('"user";q=3;w=60');
    expect(Number(replies[3]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await call.call({ headers: bearer('usr_2') })).statusCode).toBe(200);
  });
  const tries = chainOf(
    login,
    async ({ body }) => {
      if (!body.right) throw new AppError('INVALID_CREDENTIALS');
      return { n: 1 };
    },
    over(login),
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
});

describe('idempotency', () => {
  let made = 0;
  const make = chainOf(makeThing, async () => reply({ n: ++made }, { location: `/things/${made}` }), over(makeThing));
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
      over(makeThing),
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
    const open = chainOf(register, async () => ({ n: ++runs }), over(register));
    const send = (email: string, password: string) =>
      open.call({ body: { email, password }, headers: { 'Idempotency-Key': 'k-7' } });
    const first = await send('a@example.com', 'x');
    expect((await send('a@example.com', 'x')).body).toBe(first.body);
    expect((await send('a@example.com', 'y')).statusCode).toBe(422);
    expect((await send('b@example.com', 'x')).json.data.n).toBe(2);

    const cookies = [{ name: 'c', value: 'v', path: '/', maxAge: 1 }];
    const signIn = chainOf(register, async () => reply({ n: ++runs }, { cookies }), over(register));
    const enter = () => signIn.call({ body: { email: 'c@example.com' }, headers: { 'Idempotency-Key': 'k-8' } });
    expect([(await enter()).json.data.n, (await enter()).json.data.n]).toEqual([3, 4]);
  });
  test('a reply that could not be kept is given all the same; the request is done again once its lease is over', async () => {
    let writes = 0;
    const { openDb } = over(makeThing);
    const losing: Foundation['openDb'] = (context) => {
      const db = openDb(context);
      return {
        ...db,
        tryWrite: (...ops) => (++writes === 2 ? Promise.reject(new Error('lost')) : db.tryWrite(...ops)),
      };
    };
    const stuck = chainOf(makeThing, async () => ({ n: 1 }), { ...over(makeThing), openDb: losing });
    const headers = { ...bearer('usr_1'), 'Idempotency-Key': 'k-9' };
    expect((await stuck.call({ body: { name: 'a' }, headers })).statusCode).toBe(201);
    expect(stuck.observed.lines.map((line) => line.message)).toContain('reply not kept');
    expect((await post('k-9', 'a')).json.error.code).toBe('REQUEST_IN_PROGRESS');
    jest.useFakeTimers({
      now: Date.now() + 13_000,
      doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'performance'],
    });
    const later = await post('k-9', 'a');
    jest.useRealTimers();
    expect(later.statusCode).toBe(201);
  });
  test('costs two writes, and nothing without the header', async () => {
    const withKey = await table.measure(() => post('k-10', 'a'));
    expect(withKey.requests).toEqual({ GetItem: 1, PutItem: 2 });
    const without = await table.measure(() => make.call({ body: { name: 'a' }, headers: bearer('usr_1') }));
    expect(without.requests).toEqual({ GetItem: 1 });
  });
});
