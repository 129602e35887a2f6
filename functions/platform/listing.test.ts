import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from './aws-dynamodb.ts';
import type { Db, WriteFailure, WriteOp, Writing } from './db.ts';
import { grant } from './entity.ts';
import { type ListQuery, listing } from './listing.ts';
import { startTable, type TestTable } from './testing/table.ts';
import { nameKey, numberKey, wordFacets, wordSearch, wordText } from './words.ts';

interface Mug {
  id: string;
  name: string;
  price: number;
  category: string;
  status: 'draft' | 'published';
  gone?: boolean;
}
const mugs = listing<Mug, { id: string; name: string; price: number; words: string }>({
  name: 'MugList',
  partition: 'MUGLIST',
  describes: 'Mugs of the tests',
  card: ({ id, name, price }) => ({ id, name, price, words: wordText(name) }),
  facets: ({ gone, status, category, name }) =>
    gone
      ? []
      : [`${status}#all`, `${status}#category#${category}`, ...wordFacets(name).map((facet) => `${status}#${facet}`)],
  sorts: {
    name: { index: 'l1', key: ({ name }) => nameKey(name) },
    price: { index: 'l2', key: ({ price }, facet) => (facet.includes('word#') ? undefined : numberKey(price)) },
  },
});
const access = {
  table: { list: mugs.reading, rows: mugs.writing, raw: grant(mugs.entity, 'get', 'batchGet') },
} as const;
const mug = (n: number, more: Partial<Mug> = {}): Mug => ({
  id: `m${String(n).padStart(6, '0')}`,
  name: `Mug ${n}`,
  price: n % 10,
  category: n % 2 ? 'odd' : 'even',
  status: 'published',
  ...more,
});

let table: TestTable;
let db: Db<typeof access>;
beforeAll(async () => {
  table = await startTable();
  db = table.db(access);
});
beforeEach(() => table.clear());
afterEach(() => {
  delete process.env.LIST_SHARDS;
});
afterAll(() => table.stop());

const reindex = (item: Mug | undefined, id = item?.id ?? '', on: Pick<Writing, 'tryWrite'> = db) =>
  mugs.reindex(on, db.rows, id, async () => item);
const list = (query: Partial<ListQuery> = {}) =>
  mugs.list(db.list, { facet: 'published#all', sort: 'created', order: 'asc', limit: 10, ...query });
const ids = async (query: Partial<ListQuery> = {}) => (await list(query)).cards.map(({ id }) => Number(id.slice(1)));
/** Rows of a whole store, put there without the reaction. */
async function load(count: number) {
  const rows = mugs.rowsOf(Array.from({ length: count }, (_, i) => mug(i)));
  const requests = rows.map(({ facet, id, ...row }) => ({
    PutRequest: { Item: { ...mugs.entity.key({ facet, id }), et: 'MugList', ...row } },
  }));
  for (let i = 0; i < requests.length; i += 25)
    await dynamodb().send(new BatchWriteCommand({ RequestItems: { test: requests.slice(i, i + 25) } }));
}

test('an item stands in its facets in each order, and moves with what changes', async () => {
  for (const n of [3, 1, 2]) await reindex(mug(n, { price: 10 - n }));
  expect(await ids()).toEqual([1, 2, 3]);
  expect(await ids({ order: 'desc' })).toEqual([3, 2, 1]);
  expect(await ids({ sort: 'price' })).toEqual([3, 2, 1]);
  expect(await ids({ facet: 'published#category#odd', sort: 'name', order: 'desc' })).toEqual([3, 1]);
  await reindex(mug(3, { category: 'even', price: 99 }));
  expect(await ids({ facet: 'published#category#odd' })).toEqual([1]);
  expect(await ids({ facet: 'published#category#even', sort: 'price', order: 'desc' })).toEqual([3, 2]);
  expect((await list({ facet: 'published#category#even' })).pagination.totalItems).toBe(2);
  await reindex(undefined, mug(3).id);
  expect((await list()).pagination).toMatchObject({ totalItems: 2, totalIsExact: true, hasNextPage: false });
});

test('duplicates and replays change nothing', async () => {
  for (let i = 0; i < 3; i++) await reindex(mug(1));
  await reindex(mug(2, { gone: true }));
  expect((await list()).pagination.totalItems).toBe(1);
  const again = await table.measure(() => reindex(mug(1)));
  expect(again).toMatchObject({ requests: { GetItem: 1, PutItem: 1 }, writeUnits: 1 });
});

test('a crash before or after the transaction leaves all or nothing, and the next try ends the same', async () => {
  await reindex(mug(1));
  const before: Pick<Writing, 'tryWrite'> = { tryWrite: () => Promise.reject(new Error('killed before')) };
  const after: Pick<Writing, 'tryWrite'> = {
    async tryWrite(...ops: readonly WriteOp[]): Promise<WriteFailure[]> {
      await db.tryWrite(...ops);
      throw new Error('killed after');
    },
  };
  for (const killed of [before, after, before, after]) {
    await expect(reindex(mug(1, { category: 'even' }), mug(1).id, killed)).rejects.toThrow('killed');
    const [odd, even] = await Promise.all(['odd', 'even'].map((name) => list({ facet: `published#category#${name}` })));
    for (const page of [odd, even]) expect(page?.pagination.totalItems).toBe(page?.cards.length);
    expect((odd?.cards.length ?? 0) + (even?.cards.length ?? 0)).toBe(1);
  }
  await reindex(mug(1, { category: 'even' }));
  expect(await ids({ facet: 'published#category#even' })).toEqual([1]);
});

test('many working on one item at once, each with what it read, end with the newest state and exact counts', async () => {
  const id = mug(1).id;
  let current: Mug | undefined;
  const changes = Array.from({ length: 24 }, (_, i) => async () => {
    current = i % 7 === 6 ? undefined : mug(1, { category: `c${i % 3}`, price: i, name: `Mug ${'abc'[i % 3]}${i}` });
    await mugs.reindex(db, db.rows, id, async () => {
      const read = current;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      return read;
    });
  });
  await Promise.all(changes.map((change) => change().catch(() => change())));
  await mugs.reindex(db, db.rows, id, async () => current);
  const [expected] = current ? [current] : [];
  const all = await list();
  expect(all.cards).toEqual(expected ? [expect.objectContaining({ id, price: expected.price })] : []);
  for (const category of ['c0', 'c1', 'c2']) {
    const { cards, pagination } = await list({ facet: `published#category#${category}` });
    expect(cards).toHaveLength(expected?.category === category ? 1 : 0);
    expect(pagination.totalItems).toBe(cards.length);
  }
}, 20_000);

test('an old state that a slow reaction still holds never stands over a newer one, not even when the newer one changes nothing', async () => {
  const [old, newer] = [mug(1, { price: 1 }), mug(1, { price: 2 })];
  await reindex(newer);
  let raced = false;
  await mugs.reindex(db, db.rows, old.id, async () => {
    if (raced) return newer;
    raced = true;
    await reindex(newer);
    return old;
  });
  expect((await list()).cards[0]?.price).toBe(2);
});

test('a change too large for one transaction is made in two, each exact', async () => {
  const wide = listing<{ id: string; facets: string[] }, { id: string }>({
    name: 'WideList',
    partition: 'WIDELIST',
    describes: 'Wide',
    card: ({ id }) => ({ id }),
    facets: ({ facets }) => facets,
    sorts: {},
  });
  const wideDb = table.db({ table: { list: wide.reading, rows: wide.writing } });
  const facets = (from: string) => Array.from({ length: 45 }, (_, i) => `${from}${i}`);
  for (const from of ['a', 'b', 'c'])
    await wide.reindex(wideDb, wideDb.rows, 'x', async () => ({ id: 'x', facets: facets(from) }));
  for (const [facet, total] of [
    ['a7', 0],
    ['b44', 0],
    ['c0', 1],
    ['c44', 1],
  ] as const) {
    const page = await wide.list(wideDb.list, { facet, sort: 'created', order: 'asc', limit: 5 });
    expect([page.cards.length, page.pagination.totalItems]).toEqual([total, total]);
  }
  await expect(
    wide.reindex(wideDb, wideDb.rows, 'y', async () => ({ id: 'y', facets: [...facets('a'), 'more'] })),
  ).rejects.toThrow('46 facets');
});

test('pages and cursors show everything once, in each order', async () => {
  await load(47);
  for (const sort of ['created', 'name', 'price']) {
    const whole = await ids({ sort, limit: 100 });
    expect(new Set(whole).size).toBe(47);
    const paged: number[] = [];
    for (let page = 1; page <= 5; page++) paged.push(...(await ids({ sort, page })));
    expect(paged).toEqual(whole);
    const walked: number[] = [];
    let cursor: string | undefined;
    do {
      const { cards, pagination } = await list({ sort, cursor });
      walked.push(...cards.map(({ id }) => Number(id.slice(1))));
      expect(pagination).toMatchObject({ totalItems: 47, totalPages: 5, currentPage: Math.ceil(walked.length / 10) });
      cursor = pagination.nextCursor;
    } while (cursor);
    expect(walked).toEqual(whole);
  }
  expect(await ids({ page: 9 })).toEqual([]);
});

test('several facets are one list: merged in order, with the sum of their counts and one cursor', async () => {
  for (let n = 0; n < 15; n++) await reindex(mug(n, { status: n % 3 ? 'published' : 'draft' }));
  const facet = ['published#all', 'draft#all'];
  const first = await list({ facet, sort: 'name', limit: 8 });
  const second = await list({ facet, sort: 'name', limit: 8, cursor: first.pagination.nextCursor });
  expect(first.pagination).toMatchObject({ totalItems: 15, totalPages: 2, hasNextPage: true });
  expect(second.pagination).toMatchObject({ currentPage: 2, hasNextPage: false, hasPrevPage: true });
  const names = [...first.cards, ...second.cards].map(({ name }) => name);
  expect(names).toEqual([...names].sort());
  expect(new Set(names).size).toBe(15);
  expect(await ids({ facet, page: 2, limit: 5, order: 'desc' })).toEqual([9, 8, 7, 6, 5]);
});

test('shards are one list too', async () => {
  process.env.LIST_SHARDS = '4';
  for (let n = 0; n < 20; n++) await reindex(mug(n));
  expect(await ids({ limit: 20 })).toEqual(Array.from({ length: 20 }, (_, i) => i));
  const { pagination } = await list({ limit: 7 });
  expect(pagination.totalItems).toBe(20);
  expect(await ids({ limit: 7, cursor: pagination.nextCursor })).toEqual([7, 8, 9, 10, 11, 12, 13]);
});

test('a range and a filter narrow the list and say what they know of the total', async () => {
  await load(50);
  expect(
    (await list({ sort: 'price', range: { gte: numberKey(3), lte: numberKey(4) }, limit: 20 })).cards.map(
      ({ price }) => price,
    ),
  ).toEqual([3, 3, 3, 3, 3, 4, 4, 4, 4, 4]);
  const range = await list({ sort: 'price', range: { gte: numberKey(8) }, limit: 4 });
  expect(range.pagination).toMatchObject({ totalItems: 5, totalIsExact: false, hasNextPage: true });
  const filtered = await list({ filter: { price: { lte: 1 } }, limit: 6 });
  expect(filtered.cards).toHaveLength(6);
  const rest = await list({ filter: { price: { lte: 1 } }, limit: 6, cursor: filtered.pagination.nextCursor });
  expect(rest.cards).toHaveLength(4);
  expect(rest.pagination).toMatchObject({ totalItems: 10, totalIsExact: true, hasNextPage: false });
});

test('a filter that matches nothing looks at a thousand entries and hands on a cursor', async () => {
  await load(1_200);
  const { result, readUnits } = await table.measure(() => list({ filter: { price: 77 } }));
  expect(result.cards).toEqual([]);
  expect(result.pagination).toMatchObject({ totalItems: 1, totalIsExact: false, hasNextPage: true });
  expect(readUnits).toBeLessThan(60);
  expect((await list({ filter: { price: 77 }, cursor: result.pagination.nextCursor })).pagination).toMatchObject({
    totalItems: 0,
    hasNextPage: false,
  });
}, 30_000);

test('words are found by their beginnings, folded, all of them', async () => {
  await reindex(mug(1, { name: 'Crème brûlée mug' }));
  await reindex(mug(2, { name: 'Cream jug, hanging' }));
  const search = async (text: string) => {
    const found = wordSearch(text);
    if (!found) return [];
    const { facet, containsAll } = found;
    return ids({ facet: `published#${facet}`, ...(containsAll.length > 0 && { filter: { words: { containsAll } } }) });
  };
  expect(await search('creme')).toEqual([1]);
  expect(await search('CR')).toEqual([1, 2]);
  expect(await search('mug brul')).toEqual([1]);
  expect(await search('hangi')).toEqual([2]);
  expect(await search('hangings')).toEqual([]);
  expect(await search('jug mug')).toEqual([]);
  expect(wordSearch(' - ')).toBeUndefined();
});

test('a made-up cursor, a page beyond the depth, and both at once are validation errors that name the field', async () => {
  await load(30);
  const { nextCursor } = (await list()).pagination;
  for (const cursor of [
    'x',
    'W10',
    Buffer.from('[1,0,["a","b"]]').toString('base64url'),
    Buffer.from('[-1,0,["a"]]').toString('base64url'),
  ])
    await expect(list({ cursor })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { fields: [{ path: 'query.cursor' }] },
    });
  await expect(list({ sort: 'name', cursor: nextCursor })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  await expect(list({ page: 2, cursor: nextCursor })).rejects.toMatchObject({
    details: { fields: [{ path: 'query.cursor' }] },
  });
  await expect(list({ page: 1_001 })).rejects.toMatchObject({ details: { fields: [{ path: 'query.page' }] } });
});

test('a page costs the same requests and read units at 500 and at 5,000 items', async () => {
  const queries: Partial<ListQuery>[] = [
    { limit: 20 },
    { limit: 20, sort: 'name', order: 'desc' },
    { limit: 20, page: 5 },
    { limit: 20, sort: 'price', range: { gte: numberKey(4) } },
    { limit: 20, facet: 'published#category#odd', filter: { price: { gte: 5 } } },
  ];
  const costs = [];
  for (const size of [500, 5_000]) {
    await table.clear();
    await load(size);
    const cost = [];
    for (const query of queries) {
      const { requests, readUnits, result } = await table.measure(() => list(query));
      expect(result.cards).toHaveLength(20);
      cost.push({ requests, readUnits });
    }
    costs.push(cost);
  }
  expect(costs[1]).toEqual(costs[0]);
  expect(costs[0]?.[0]).toMatchObject({ requests: { Query: 1, BatchGetItem: 1 } });
}, 120_000);
