import * as z from 'zod';
import { contract } from '../../../shared/contracts/contract.ts';
import type { TestTable } from '../testing/table.ts';
import type { HttpContext } from './context.ts';
import { chainOf } from './testing.ts';
import { bearer, callersDb, onTable, startTableWithCallers, testUser } from './testing-callers.ts';

const output = z.object({ n: z.number(), by: z.string().optional() });
const base = { path: '/things', summary: 'x', success: 200, output, errors: [], example: {} } as const;
const readThing = contract({ ...base, id: 'test.read', method: 'GET', permission: 'orders:read', partner: true });

let table: TestTable;
beforeAll(async () => {
  table = await startTableWithCallers();
});
afterAll(() => table.stop());

const read = chainOf(
  readThing,
  async ({ actor, scope }) => ({ n: 1, by: `${actor.id} ${actor.via} ${scope}` }),
  onTable(readThing),
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
  const read = chainOf(audit, async () => ({ n: 1 }), onTable(audit));
  const { statusCode, json } = await read.call({ headers: bearer('usr_1') });
  expect([statusCode, json.error.code, json.error.details]).toEqual([403, 'FORBIDDEN', { permission: 'audit:read' }]);
  expect((await read.call({ headers: bearer('usr_mod') })).statusCode).toBe(200);
});
test('a public operation takes a broken session for none', async () => {
  const open = contract({ ...base, id: 'test.open', method: 'GET', public: 'for tests' });
  const seen: (string | undefined)[] = [];
  const run = async ({ actor }: HttpContext<typeof open, Record<never, never>, true>) => {
    seen.push(actor?.id);
    return { n: 1 };
  };
  const chain = chainOf(open, run, onTable(open));
  for (const token of ['usr_1', 'nonsense', 'usr_off']) await chain.call({ headers: bearer(token) });
  expect(seen).toEqual(['usr_1', undefined, undefined]);
});
test('a session that was ended does not act on the next request', async () => {
  const db = callersDb(table);
  await db.write(db.users.put(testUser('usr_leaving')));
  expect((await read.call({ headers: bearer('usr_leaving') })).statusCode).toBe(200);
  const revokedSessions = { 'of-usr_leaving': 2e9 };
  await db.write(db.users.update({ id: 'usr_leaving' }, { set: { revokedSessions } }));
  expect((await read.call({ headers: bearer('usr_leaving') })).statusCode).toBe(401);
});
