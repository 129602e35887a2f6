import { orderPlaced } from '../../events/orders/order-placed.v1.ts';
import { AppError } from '../../shared/errors.ts';
import { dynamodb } from './aws-dynamodb.ts';
import { encodeCursor } from './cursor.ts';
import { ride } from './db.ts';
import { entity, grant } from './entity.ts';
import { startTable, type TestTable } from './testing/table.ts';

interface Thing {
  id: string;
  owner: string;
  name: string;
  status?: string;
  stock: number;
  version: number;
  note?: string;
}
const things = entity<Thing>()({
  name: 'Thing',
  partition: 'THING',
  describes: 'A thing of the tests',
  keyShape: 'THING#<id> / THING',
  key: ({ id }: { id: string }) => ({ pk: `THING#${id}`, sk: 'THING' }),
  keyOf: ({ id }) => ({ id }),
  indexes: ({ owner, id }) => ({ g1: { pk: `THING#BY#${owner}`, sk: id } }),
  projection: ['id', 'name', 'stock'],
  patterns: {
    byOwner: {
      index: 'g1',
      reads: "an owner's things",
      range: ({ owner }: { owner: string }) => ({ pk: `THING#BY#${owner}` }),
    },
  },
});
interface Counter {
  day: string;
  orders: number;
}
const counters = entity<Counter>()({
  name: 'Counter',
  partition: 'COUNTER',
  describes: 'A count of the tests',
  keyShape: 'COUNTER#<day> / COUNTER',
  key: ({ day }: { day: string }) => ({ pk: `COUNTER#${day}`, sk: 'COUNTER' }),
  keyOf: ({ day }) => ({ day }),
  patterns: {},
  derived: true,
});
const access = {
  table: {
    things: grant(things, 'get', 'batchGet', 'put', 'update', 'delete', 'check', 'query:byOwner'),
    counters: grant(counters, 'get', 'update'),
  },
};
const thing = (id: string, more: Partial<Thing> = {}): Thing => ({
  id,
  owner: 'ann',
  name: `thing ${id}`,
  stock: 5,
  version: 1,
  ...more,
});

let table: TestTable;
const open = () => table.db(access, { actor: { id: 'usr_1', type: 'user' }, correlationId: 'cor_1' });
/** The item as it lies in the table, with the platform's attributes. */
async function lying(id: string) {
  const { GetCommand } = await import('@aws-sdk/lib-dynamodb');
  const { Item } = await dynamodb().send(
    new GetCommand({ TableName: 'test', Key: { pk: `THING#${id}`, sk: 'THING' }, ConsistentRead: true }),
  );
  return Item;
}
const codeOf = (error: unknown) => (error instanceof AppError ? error.code : String(error));

beforeAll(async () => {
  table = await startTable([things]);
});
afterAll(() => table.stop());

test('what is put is read as the entity declares it, without anything of the platform', async () => {
  const db = open();
  await db.write(db.things.put(thing('a', { note: undefined }), { events: [ride(orderPlaced, { number: 'MW-1' })] }));
  expect(await db.things.get({ id: 'a' }, { consistent: true })).toEqual(thing('a'));
  expect(await lying('a')).toMatchObject({
    et: 'Thing',
    sq: 1,
    ev: [{ n: 'OrderPlaced', v: 1, x: { number: 'MW-1' } }],
    cx: { a: 'usr_1', y: 'user', c: 'cor_1' },
    g1pk: 'THING#BY#ann',
    g1sk: 'a',
  });
});

test('a put never overwrites unless it is told to', async () => {
  const db = open();
  await db.write(db.things.put(thing('once')));
  const again = db.things.put(thing('once', { name: 'other' }), {
    otherwise: (current) => new AppError('DUPLICATE_ENTITY', { details: { name: current?.name } }),
  });
  await expect(db.write(again)).rejects.toMatchObject({ code: 'DUPLICATE_ENTITY', details: { name: 'thing once' } });
  await db.write(db.things.put(thing('once', { name: 'other' }), { replace: true }));
  expect((await db.things.get({ id: 'once' }))?.name).toBe('other');
});

test('sequences count the events of an item without gaps, and events of the write before are gone', async () => {
  const db = open();
  await db.write(db.things.put(thing('seq'), { events: [ride(orderPlaced)] }));
  await db.write(
    db.things.update({ id: 'seq' }, { set: { name: 'two' }, events: [ride(orderPlaced), ride(orderPlaced)] }),
  );
  expect(await lying('seq')).toMatchObject({ sq: 3, ev: [{}, {}] });
  await db.write(db.things.update({ id: 'seq' }, { add: { stock: -1 } }));
  const item = await lying('seq');
  expect(item).toMatchObject({ sq: 3, stock: 4 });
  expect(item).not.toHaveProperty('ev');
});

test('a version that is not the present one changes nothing', async () => {
  const db = open();
  await db.write(db.things.put(thing('ver')));
  await db.write(db.things.update({ id: 'ver' }, { version: 1, set: { name: 'new' }, remove: ['note'] }));
  await expect(db.write(db.things.update({ id: 'ver' }, { version: 1, set: { name: 'late' } }))).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect(await db.things.get({ id: 'ver' })).toMatchObject({ name: 'new', version: 2 });
});

test('an update of what does not exist fails, unless it may create', async () => {
  const db = open();
  expect(await db.tryWrite(db.things.update({ id: 'none' }, { set: { name: 'x' } }))).toMatchObject([
    { index: 0, current: undefined },
  ]);
  await db.write(db.counters.update({ day: 'd' }, { add: { orders: 2 }, upsert: true }));
  await db.write(db.counters.update({ day: 'd' }, { add: { orders: -1 }, upsert: true }));
  expect(await db.counters.get({ day: 'd' })).toEqual({ day: 'd', orders: 1 });
});

test('a transaction happens wholly or not at all, and says which condition failed with the item as it stands', async () => {
  const db = open();
  await db.write(db.things.put(thing('t1')), db.things.put(thing('t2', { stock: 1 })));
  const take = (id: string, n: number) => db.things.update({ id }, { add: { stock: -n }, when: { stock: { gte: n } } });
  const failures = await db.tryWrite(take('t1', 2), take('t2', 2), db.things.put(thing('t3')));
  expect(failures).toMatchObject([{ index: 1, current: { id: 't2', stock: 1 } }]);
  expect(failures[0]?.current).not.toHaveProperty('pk');
  expect(await db.things.batchGet([{ id: 't3' }, { id: 't1' }, { id: 't2' }, { id: 't1' }])).toMatchObject([
    undefined as never,
    { stock: 5 },
    { stock: 1 },
    { stock: 5 },
  ]);
});

test('the first failed write decides what the caller is told', async () => {
  const db = open();
  await db.write(db.things.put(thing('first')));
  const refused = (code: 'OUT_OF_STOCK' | 'DUPLICATE_ENTITY') => () => new AppError(code);
  await expect(
    db.write(
      db.things.check({ id: 'first' }, { stock: { gte: 9 } }, refused('OUT_OF_STOCK')),
      db.things.put(thing('first'), { otherwise: refused('DUPLICATE_ENTITY') }).kind === 'Put'
        ? db.things.put(thing('other'))
        : db.things.delete({ id: 'other' }),
    ),
  ).rejects.toMatchObject({ code: 'OUT_OF_STOCK' });
});

test('a lone check is held too', async () => {
  const db = open();
  await db.write(db.things.put(thing('chk')));
  await db.write(db.things.check({ id: 'chk' }, { stock: 5 }));
  await expect(db.write(db.things.check({ id: 'chk' }, { stock: 6 }))).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a write that is repeated after its reply was lost counts as done once', async () => {
  const db = open();
  const put = db.things.put(thing('lost'), { events: [ride(orderPlaced)] });
  await db.write(put);
  await expect(db.write(put)).resolves.toBeUndefined();
  const update = db.things.update({ id: 'lost' }, { version: 1, set: { name: 'x' }, events: [ride(orderPlaced)] });
  await db.write(update);
  await expect(db.write(update)).resolves.toBeUndefined();
  expect(await lying('lost')).toMatchObject({ sq: 2, version: 2 });
});

test('200 at once take 50 units: exactly 50 succeed and 150 are refused', async () => {
  const db = open();
  await db.write(db.things.put(thing('hot', { stock: 50 })));
  const take = () =>
    db
      .write(
        db.things.update(
          { id: 'hot' },
          { add: { stock: -1 }, when: { stock: { gte: 1 } }, otherwise: () => new AppError('OUT_OF_STOCK') },
        ),
      )
      .then(() => 'taken', codeOf);
  const answers = await Promise.all(Array.from({ length: 200 }, take));
  expect(answers.filter((answer) => answer === 'taken')).toHaveLength(50);
  expect(answers.filter((answer) => answer === 'OUT_OF_STOCK')).toHaveLength(150);
  expect((await db.things.get({ id: 'hot' }, { consistent: true }))?.stock).toBe(0);
}, 20_000);

test('200 transactions at once on one item: exactly 50 succeed and 150 are refused', async () => {
  // As much time as a busy machine needs: what is held is that none is lost, not how soon.
  const db = table.db(access, { remainingMs: () => 60_000 });
  await db.write(db.things.put(thing('hot2', { stock: 50 })));
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      db
        .write(
          db.things.update(
            { id: 'hot2' },
            { add: { stock: -1 }, when: { stock: { gte: 1 } }, otherwise: () => new AppError('OUT_OF_STOCK') },
          ),
          db.things.put(thing(`hot2-${i}`, { owner: 'hot2' })),
        )
        .then(() => 'taken', codeOf),
    ),
  );
  expect(answers.filter((answer) => answer === 'taken')).toHaveLength(50);
  expect(answers.filter((answer) => answer === 'OUT_OF_STOCK')).toHaveLength(150);
  expect((await db.things.query('byOwner', { owner: 'hot2' })).items).toHaveLength(50);
}, 60_000);

test('a query walks by cursor through everything once and knows its end', async () => {
  const db = open();
  const ids = Array.from({ length: 12 }, (_, i) => `q${String(i).padStart(2, '0')}`);
  await Promise.all(ids.map((id) => db.write(db.things.put(thing(id, { owner: 'bob' })))));
  const seen: string[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await db.things.query('byOwner', { owner: 'bob' }, { limit: 4, cursor, order: 'desc' });
    expect(page.items.length).toBe(4);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.cursor;
    pages++;
  } while (cursor);
  expect(pages).toBe(3);
  expect(seen).toEqual([...ids].reverse());
  const few = await db.things.query(
    'byOwner',
    { owner: 'bob' },
    { filter: { name: { beginsWith: 'thing q0' }, stock: { in: [5, 6] } } },
  );
  expect(few.items).toHaveLength(10);
});

test.each([
  ['nonsense', 'no cursor at all'],
  [encodeCursor(['a']), 'too few parts'],
  [encodeCursor(['THING#x', '', 'y']), 'an empty part'],
  [Buffer.from('{"a":1}').toString('base64url'), 'no list'],
])('a bad cursor is a validation error that names it: %s (%s)', async (cursor) => {
  const db = open();
  await expect(db.things.query('byOwner', { owner: 'bob' }, { cursor })).rejects.toMatchObject({
    code: 'VALIDATION_ERROR',
    details: { fields: [{ path: 'query.cursor' }] },
  });
});

test('an action that was not declared throws before anything is sent, naming function and entity', async () => {
  const db = table.db({ table: { things: grant(things, 'get') } });
  const untyped = db.things as unknown as {
    put(item: Thing): unknown;
    query(pattern: string, args: object): Promise<unknown>;
  };
  expect(() => untyped.put(thing('x'))).toThrow('local has not declared put on Thing');
  await expect(untyped.query('byOwner', { owner: 'bob' })).rejects.toThrow('has not declared query:byOwner on Thing');
  await expect(db.write(open().things.put(thing('x')))).rejects.toThrow('has not declared put on Thing');
});

test('a get costs one request and half a unit, a transaction one request', async () => {
  const db = open();
  await db.write(...['c1', 'c2', 'c3'].map((id) => db.things.put(thing(id, { owner: 'cost' }))));
  const read = await table.measure(() => db.things.get({ id: 'c1' }));
  expect(read).toMatchObject({ requests: { GetItem: 1 }, readUnits: 0.5 });
  const take = (id: string) => db.things.update({ id }, { add: { stock: -1 }, when: { stock: { gte: 1 } } });
  const write = await table.measure(() =>
    db.write(
      take('c1'),
      take('c2'),
      take('c3'),
      db.counters.update({ day: 'c' }, { add: { orders: 1 }, upsert: true }),
    ),
  );
  expect(write.requests).toEqual({ TransactWriteItems: 1 });
});

test('a replacing put refuses events, and a derived entity too', () => {
  const db = open();
  expect(() => db.things.put(thing('r'), { replace: true, events: [ride(orderPlaced)] })).toThrow('no event can ride');
  expect(() => db.counters.update({ day: 'r' }, { events: [ride(orderPlaced)] })).toThrow('derived');
});
