/** What `db` does when DynamoDB says no for a while: by a server that answers as it is told. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDb } from './dynamo.ts';
import { entity, grant } from './entity.ts';

interface Thing {
  id: string;
}
const things = entity<Thing>()({
  name: 'Thing',
  partition: 'THING',
  describes: 'A thing of the tests',
  keyShape: 'THING#<id> / THING',
  key: ({ id }: { id: string }) => ({ pk: `THING#${id}`, sk: 'THING' }),
  keyOf: ({ id }) => ({ id }),
  patterns: {},
});
const access = { table: { things: grant(things, 'batchGet', 'put', 'check') } };

type Reply = { status: number; body: object };
let server: Server;
let replies: Reply[] = [];
let requests: { operation: string; body: Record<string, unknown> }[] = [];
const ok: Reply = { status: 200, body: {} };
const error = (type: string, more: object = {}): Reply => ({
  status: 400,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: type, ...more },
});
const cancelled = (...codes: string[]) =>
  error('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      requests.push({ operation: String(request.headers['x-amz-target']).split('.')[1] ?? '', body: JSON.parse(body) });
      const reply = replies.length > 1 ? replies.shift() : replies[0];
      response.writeHead(reply?.status ?? 500, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(reply?.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    TABLE_NAME: 'test',
  });
});
beforeEach(() => {
  requests = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const open = (remainingMs?: () => number) =>
  createDb(access, { actor: { id: 'system', type: 'system' }, correlationId: 'c', now: () => new Date(), remainingMs });

test('a transaction that collides is repeated under one token until it comes through', async () => {
  replies = [
    cancelled('None', 'TransactionConflict'),
    error('TransactionInProgressException'),
    cancelled('ThrottlingError', 'None'),
    ok,
  ];
  const db = open();
  await db.write(db.things.put({ id: '1' }), db.things.put({ id: '2' }));
  expect(requests).toHaveLength(4);
  expect(new Set(requests.map(({ body }) => body.ClientRequestToken)).size).toBe(1);
});

test('a single write that meets a transaction is repeated too', async () => {
  replies = [error('TransactionConflictException'), ok];
  const db = open();
  await db.write(db.things.put({ id: '1' }));
  expect(requests.map(({ operation }) => operation)).toEqual(['PutItem', 'PutItem']);
});

test('a condition that failed beside a collision is an answer, not a reason to repeat', async () => {
  replies = [cancelled('ConditionalCheckFailed', 'TransactionConflict')];
  const db = open();
  expect(await db.tryWrite(db.things.put({ id: '1' }), db.things.put({ id: '2' }))).toMatchObject([{ index: 0 }]);
  expect(requests).toHaveLength(1);
});

test('when time is nearly up the caller is told to come back, and no other error is repeated', async () => {
  replies = [cancelled('TransactionConflict', 'None')];
  const hurried = open(() => 400);
  await expect(hurried.write(hurried.things.put({ id: '1' }), hurried.things.put({ id: '2' }))).rejects.toMatchObject({
    code: 'SERVICE_UNAVAILABLE',
    headers: { 'retry-after': '1' },
  });
  expect(requests).toHaveLength(1);
  replies = [cancelled('ValidationError', 'None')];
  const db = open();
  await expect(db.write(db.things.put({ id: '1' }), db.things.put({ id: '2' }))).rejects.toThrow(
    'TransactionCanceledException',
  );
  expect(requests).toHaveLength(2);
});

test('keys that a batch left over are asked for again, each key once', async () => {
  const stored = (id: string) => ({ pk: { S: `THING#${id}` }, sk: { S: 'THING' }, id: { S: id } });
  const key = (id: string) => ({ pk: { S: `THING#${id}` }, sk: { S: 'THING' } });
  replies = [
    { status: 200, body: { Responses: { test: [stored('1')] }, UnprocessedKeys: { test: { Keys: [key('2')] } } } },
    { status: 200, body: { Responses: { test: [stored('2')] } } },
  ];
  expect(await open().things.batchGet([{ id: '2' }, { id: '1' }, { id: '2' }, { id: '3' }])).toEqual([
    { id: '2' },
    { id: '1' },
    { id: '2' },
    undefined,
  ]);
  expect(requests.map(({ body }) => (body.RequestItems as { test: { Keys: object[] } }).test.Keys.length)).toEqual([
    3, 1,
  ]);
  await expect(open().things.batchGet(Array.from({ length: 101 }, (_, i) => ({ id: String(i) })))).rejects.toThrow(
    'at most 100 keys',
  );
});
