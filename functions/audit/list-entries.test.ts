import { newId } from '../../shared/ids.ts';
import { type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler as exportEntries } from './export-entries.ts';
import { handler as getEntry } from './get-entry.ts';
import { handler as list } from './list-entries.ts';
import { writeTrail } from './testing.ts';
import { auditEntries } from './trail.table.ts';

/** Days are told from today: without a time, a year is listed. */
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const [d18, d19, d20, d21] = [daysAgo(7), daysAgo(6), daysAgo(5), daysAgo(4)];
const [busy, afterBusy, large, afterLarge] = [daysAgo(50), daysAgo(49), daysAgo(80), daysAgo(79)];
const label = (id: string) => id.replace(d18, '18').replace(d20, '20').replace(d21, '21');

const ann = newId('user');
const bob = newId('user');
const vase = newId('product');
const ada = { id: newId('user'), type: 'user' };
const eve = { id: newId('user'), type: 'user' };
const system = { id: 'system', type: 'system' };

let platform: Operations;
let moderator: User;
beforeAll(async () => {
  platform = await startOperations([auditEntries]);
  moderator = await platform.person('moderator');
  await writeTrail(platform.table, `${d18}T23:59:00.000Z`, [{ item: ann, action: 'created', actor: ada }]);
  // Nothing happened on the 19th.
  await writeTrail(platform.table, `${d20}T10:00:00.000Z`, [
    {
      item: ann,
      actor: ada,
      events: ['UserRoleChanged'],
      change: '{"before":{"role":"user"},"after":{"role":"manager"}}',
    },
    { item: bob, actor: eve, events: ['UserSuspended'] },
    { entity: 'Product', item: vase, actor: eve, action: 'created', events: ['ProductCreated'] },
  ]);
  await writeTrail(platform.table, `${d21}T09:00:00.000Z`, [
    { entity: 'SecurityEvent', item: newId('securityEvent'), action: 'created', risk: 'high', actor: system },
    { item: ann, actor: eve, events: ['UserPlanChanged'], from: { ip: '203.0.113.7', device: 'Firefox on Linux' } },
    { entity: 'Inventory', item: vase, actor: system, cause: 'evt_1' },
    { item: ann, action: 'removed', actor: undefined, request: undefined },
  ]);
});
afterAll(() => platform.stop());

const ask = async (query: Record<string, string> = {}) => {
  const reply = await platform.call(list, { as: moderator, query });
  expect(reply.json.error ?? reply.status).toBe(200);
  return reply.json;
};
const ids = async (query?: Record<string, string>): Promise<string[]> =>
  (await ask(query)).data.map(({ id }: { id: string }) => label(id));
const everything = ['21.4', '21.3', '21.2', '21.1', '20.3', '20.2', '20.1', '18.1'];

it.each<[Record<string, string>, string[]]>([
  [{}, everything],
  [{ order: 'asc' }, [...everything].reverse()],
  [{ entity: 'User' }, ['21.4', '21.2', '20.2', '20.1', '18.1']],
  [{ entity: 'User', action: 'changed', order: 'asc' }, ['20.1', '20.2', '21.2']],
  [{ entityId: ann }, ['21.4', '21.2', '20.1', '18.1']],
  [{ entityId: ann, order: 'asc', action: 'changed' }, ['20.1', '21.2']],
  [{ entityId: ann, actor: ada.id }, ['20.1', '18.1']],
  [{ entityId: ann, event: 'UserPlanChanged' }, ['21.2']],
  [{ entityId: vase }, ['20.3']],
  [{ entityId: vase, entity: 'Inventory' }, ['21.3']],
  [{ actor: eve.id }, ['21.2', '20.3', '20.2']],
  [{ actor: eve.id, entity: 'User' }, ['21.2', '20.2']],
  [{ actor: 'system', risk: 'high' }, ['21.1']],
  [{ actor: 'nobody' }, []],
  [{ event: 'UserSuspended' }, ['20.2']],
  [{ risk: 'high' }, ['21.1']],
  [{ createdAfter: d20, createdBefore: d21 }, ['20.3', '20.2', '20.1']],
  [{ createdAfter: `${d20}T10:00:01.000Z`, createdBefore: `${d21}T09:00:00.000Z` }, ['20.3', '20.2']],
  [{ createdAfter: `${d20}T10:00:01.000Z`, entityId: ann, createdBefore: `${d21}T09:00:02.000Z` }, ['21.2']],
  [{ createdAfter: d21, createdBefore: d20 }, []],
  [{ createdBefore: d18 }, []],
  [{ createdBefore: '0000-01-01' }, []],
])('answers %j', async (query, expected) => {
  expect(await ids(query)).toEqual(expected);
});

it.each<[Record<string, string>, number]>([
  [{}, 8],
  [{ order: 'asc' }, 8],
  [{ entity: 'User' }, 5],
  [{ entityId: ann }, 4],
  [{ entityId: ann, order: 'asc' }, 4],
  [{ actor: eve.id, entity: 'User' }, 2],
])('walks %j by cursor and by page to the same entries, each once', async (query, count) => {
  const whole = await ids(query);
  expect(whole).toHaveLength(count);
  const walked: string[] = [];
  let cursor: string | undefined;
  for (let page = 1; ; page++) {
    const { data, pagination } = await ask({ ...query, limit: '1', ...(cursor && { cursor }) });
    const byPage = await ask({ ...query, limit: '1', page: String(page) });
    expect(byPage.data).toEqual(data);
    expect([pagination.currentPage, byPage.pagination.totalItems]).toEqual([page, pagination.totalItems]);
    walked.push(...data.map(({ id }: { id: string }) => label(id)));
    if (!pagination.hasNextPage) break;
    cursor = pagination.nextCursor;
  }
  expect(walked).toEqual(whole);
});

it('counts whole days exactly, and says where it has not counted', async () => {
  expect((await ask({ limit: '3', page: '2' })).pagination).toMatchObject({
    totalItems: 8,
    totalPages: 3,
    totalIsExact: true,
  });
  expect((await ask({ limit: '2', entity: 'User' })).pagination).toMatchObject({ totalItems: 3, totalIsExact: false });
});

it('shows who changed what from what to what, when, from where, by which request, and leads to it', async () => {
  const [entry] = (await ask({ entityId: ann, event: 'UserPlanChanged' })).data;
  expect(entry).toMatchObject({
    ...{ id: `${d21}.2`, entity: 'User', entityId: ann, action: 'changed', actor: eve, request: 'req_1' },
    ...{ from: { ip: '203.0.113.7', device: 'Firefox on Linux' }, at: `${d21}T09:00:01.000Z` },
    ...{ before: { plan: 'Free' }, after: { plan: 'Pro' }, events: ['UserPlanChanged'] },
  });
  expect(entry._links).toMatchObject({
    self: { href: `/api/v1/admin/audit-logs/${d21}.2` },
    item: { href: `/api/v1/users/${ann}` },
    actor: { href: `/api/v1/users/${eve.id}` },
  });
  const single = await platform.call(getEntry, { as: moderator, params: { id: entry.id } });
  expect(single.json.data).toEqual(entry);
  const { etag = '' } = single.headers;
  const again = { as: moderator, params: { id: entry.id }, headers: { 'if-none-match': etag } };
  expect((await platform.call(getEntry, again)).status).toBe(304);
  expect((await platform.call(getEntry, { as: moderator, params: { id: `${d19}.1` } })).status).toBe(404);
});

it('costs the same requests and units however many entries there are', async () => {
  const day = `${busy}T08:00:00.000Z`;
  const queries: Record<string, string>[] = [
    {},
    { page: '2' },
    { entityId: ann },
    { actor: eve.id },
    { entityId: ann, actor: ada.id },
    { createdAfter: busy, createdBefore: afterBusy },
    { createdAfter: busy, createdBefore: afterBusy, actor: eve.id, entity: 'User' },
    { createdAfter: busy, createdBefore: afterBusy, action: 'changed' },
  ];
  const costs = async () => {
    const all: object[] = [];
    for (const query of queries) {
      const { requests, readUnits } = await platform.table.measure(() => ask({ limit: '2', ...query }));
      all.push({ query, requests, readUnits });
    }
    return all;
  };
  const some = [
    { item: ann, actor: ada },
    { item: bob, actor: eve },
    { item: ann, actor: eve },
  ];
  // Filters look at entries in pieces of a hundred: of each there are as many.
  const many = (count: number) => Array.from({ length: count }, (_, i) => some[i % 3] ?? {});
  await writeTrail(platform.table, day, many(180));
  const before = await costs();
  await writeTrail(platform.table, day, many(600));
  expect(await costs()).toEqual(before);
});
it('looks at no more than a thousand entries for a page, and says where to go on', async () => {
  const rare = { createdAfter: busy, createdBefore: afterBusy, event: 'NeverHeardOf' };
  await writeTrail(
    platform.table,
    `${busy}T09:00:00.000Z`,
    Array.from({ length: 400 }, () => ({})),
  );
  const { result, requests } = await platform.table.measure(() => ask(rare));
  expect(requests).toEqual({ GetItem: 1, Query: 11 });
  expect([result.data, result.pagination.hasNextPage]).toEqual([[], true]);
  const { data, pagination } = await ask({ ...rare, cursor: result.pagination.nextCursor });
  expect([data, pagination.hasNextPage]).toEqual([[], false]);
});

it('is exported as a file of all rows, with the columns of the list', async () => {
  const reply = await platform.call(exportEntries, { as: moderator, query: { createdAfter: d20 } });
  expect([reply.status, reply.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
  expect(reply.headers['content-disposition']).toMatch(/^attachment; filename="audit-trail-[\d-]+\.csv"$/);
  expect(reply.headers.link).toBeUndefined();
  const [header, ...rows] = reply.body.trimEnd().split('\r\n');
  expect(header).toBe(
    'id,at,recordedAt,entity,entityId,action,actor.id,actor.type,from.ip,from.device,request,cause,events,risk,before,after,hash',
  );
  expect(rows).toHaveLength(7);
  expect(rows.some((row) => row.includes('"{""role"":""manager""}"'))).toBe(true);
});
it('is exported in parts that lead from one to the next', async () => {
  const day = `${large}T08:00:00.000Z`;
  await writeTrail(
    platform.table,
    day,
    Array.from({ length: 1_050 }, () => ({ item: bob })),
  );
  const days = { createdAfter: large, createdBefore: afterLarge, order: 'asc' };
  const first = await platform.call(exportEntries, { as: moderator, query: days });
  const next = new URL(/^<([^>]+)>; rel="next"$/.exec(first.headers.link ?? '')?.[1] ?? '', 'http://localhost');
  const second = await platform.call(exportEntries, { as: moderator, query: Object.fromEntries(next.searchParams) });
  expect(second.headers.link).toBeUndefined();
  const positions = [first, second].flatMap(({ body }) =>
    body
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(',')[0]),
  );
  expect(positions).toEqual(Array.from({ length: 1_050 }, (_, i) => `${large}.${i + 1}`));
});

it('is for who holds the right to it, and names parameters that are wrong', async () => {
  for (const handler of [list, exportEntries]) {
    expect((await platform.call(handler, {})).status).toBe(401);
    expect((await platform.call(handler, { as: await platform.person('manager') })).status).toBe(403);
  }
  const wrong = async (query: Record<string, string>) => {
    const { status, json } = await platform.call(list, { as: moderator, query });
    expect(status).toBe(400);
    return json.error.details.fields.map(({ path }: { path: string }) => path);
  };
  expect(await wrong({ entity: 'user', action: 'eaten', risk: 'none', event: 'x' })).toHaveLength(4);
  expect(await wrong({ entityId: 'platform' })).toEqual(['query.entity']);
  expect(await wrong({ createdAfter: '2024-01-01' })).toEqual(['query.createdAfter']);
  expect(await wrong({ page: '2', cursor: 'x' })).toEqual(['query.cursor']);
  expect(await wrong({ cursor: 'x' })).toEqual(['query.cursor']);
  const { nextCursor = '' } = (await ask({ limit: '1' })).pagination;
  expect(await wrong({ cursor: nextCursor, entityId: ann })).toEqual(['query.cursor']);
});
