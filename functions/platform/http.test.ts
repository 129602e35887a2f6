import * as z from 'zod';
import { contract } from '../../shared/contracts/contract.ts';
import { entity, grant } from './entity.ts';
import { environmentNames } from './env.ts';
import { apiEvent, chainOf, lambdaContext } from './http/testing.ts';
import { bearer, startTableWithCallers } from './http/testing-callers.ts';
import { http } from './http.ts';
import type { TestTable } from './testing/table.ts';

interface Thing {
  id: string;
  name: string;
}
const things = entity<Thing>()({
  name: 'Thing',
  partition: 'THING',
  describes: 'A thing',
  keyShape: 'THING#<id> / THING',
  key: ({ id }: { id: string }) => ({ pk: `THING#${id}`, sk: 'THING' }),
  keyOf: ({ id }) => ({ id }),
  patterns: {},
});
const output = z.object({ id: z.string(), name: z.string() });
const base = { path: '/things/{id}', summary: 'x', output, success: 200, errors: [], example: {} } as const;
const params = z.strictObject({ id: z.string() });
const getThing = contract({ ...base, id: 'things.get', method: 'GET', params, public: 'for tests' });
const access = { table: { things: grant(things, 'get') } };
const impact = 'Nobody sees things.';

describe('a declaration', () => {
  const run = async () => ({ id: '1', name: 'x' });
  const grantsOf = (operation: Parameters<typeof http>[0], recognize?: boolean) =>
    Object.entries(
      http(operation, { access, errorImpact: impact, recognize, run: run as never }).declaration.access.table ?? {},
    )
      .map(([name, { actions }]) => `${name}: ${actions.join(' ')}`)
      .sort();

  test('has the operation’s own rights, and those that its concerns need and no others', () => {
    const guarded = { ...base, params, permission: 'orders:read' } as const;
    expect(grantsOf(getThing)).toEqual(['things: get']);
    expect(grantsOf(getThing, true)).toEqual(['http:users: get', 'things: get']);
    expect(grantsOf({ ...guarded, id: 'things.a', method: 'GET' })).toEqual(['http:users: get', 'things: get']);
    expect(grantsOf({ ...guarded, id: 'things.b', method: 'GET', partner: true })).toEqual([
      'http:apiKeys: get',
      'http:users: get',
      'things: get',
    ]);
    expect(grantsOf({ ...guarded, id: 'things.c', method: 'POST' })).toEqual([
      'http:idempotency: put delete',
      'http:users: get',
      'things: get',
    ]);
    expect(grantsOf({ ...guarded, id: 'things.d', method: 'POST', idempotency: 'natural' })).toEqual([
      'http:users: get',
      'things: get',
    ]);
    const limits = [{ per: 'address', limit: 1, windowSeconds: 1 }] as const;
    expect(grantsOf({ ...base, id: 'things.e', method: 'GET', public: 'for tests', rateLimit: limits })).toEqual([
      'http:rateLimits: get put update',
      'things: get',
    ]);
  });
  test('gives its handler what it declares; the rest does not compile', () => {
    http(getThing, {
      access,
      errorImpact: impact,
      run: async ({ db, params: { id }, actor, identity }) => {
        const nobody: undefined = actor;
        const noPool: undefined = identity;
        // @ts-expect-error the operation did not declare put
        db.things.put;
        // @ts-expect-error the contract has no such parameter
        params.name;
        return (await db.things.get({ id })) ?? { id, name: `${nobody}${noPool}` };
      },
    });
  });
});

describe('a function', () => {
  let table: TestTable;
  beforeAll(async () => {
    table = await startTableWithCallers();
    process.env[environmentNames.stage] = 'test';
    process.env[environmentNames.publicUrl] = 'https://app.example.com/';
    const db = table.db({ table: { things: grant(things, 'put') } });
    await db.write(db.things.put({ id: '1', name: 'one' }));
  });
  afterAll(() => table.stop());

  test('answers by its contract from the table, with nothing but its environment', async () => {
    const print = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockReturnValue(true));
    const handler = http(getThing, {
      access,
      errorImpact: impact,
      run: async ({ db, params: { id } }) => (await db.things.get({ id })) ?? { id, name: 'none' },
    }) as unknown as (event: object, context: object) => Promise<{ statusCode: number; body: string }>;
    const reply = await handler(apiEvent({ params: { id: '1' }, headers: bearer('nonsense') }), lambdaContext);
    for (const spy of print) spy.mockRestore();
    expect(reply.statusCode).toBe(200);
    expect(JSON.parse(reply.body).data).toEqual({ id: '1', name: 'one' });
  });
});

test('a run that does not end is answered before Lambda ends it', async () => {
  const { chain, observed } = chainOf(getThing, () => new Promise(() => {}));
  const reply = await chain(apiEvent({ params: { id: '1' } }), { getRemainingTimeInMillis: () => 120 });
  expect([reply.statusCode, JSON.parse(reply.body).error.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  expect(observed.lines.map((line) => line.level)).toContain('error');
});
