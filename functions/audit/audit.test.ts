import { marshall } from '@aws-sdk/util-dynamodb';
import { grant } from '../platform/entity.ts';
import { startTable, type TestTable } from '../platform/testing/table.ts';
import { type AuditEntry, beginningOf, type ChainEnd, chained, entryOf } from './entry.ts';
import { handler } from './record-changes.ts';
import { auditEnds, auditEntries } from './trail.table.ts';
import { verifyDay } from './verify.ts';

const image = (more: object = {}, t = '2026-11-21T09:30:00.000Z') => ({
  pk: 'USER#usr_1',
  sk: 'USER',
  et: 'User',
  id: 'usr_1',
  name: 'Ann',
  cx: { a: 'usr_9', y: 'user', c: 'req_1', f: '203.0.113.7 Firefox on Windows', t },
  ...more,
});
const platform = {
  own: ({ pk: _, sk: __, et: ___, cx: ____, ev: _____, ...own }: Record<string, unknown>) => own,
  names: { entity: 'et', context: 'cx', events: 'ev' },
};
const now = new Date('2026-11-21T09:30:01.000Z');

describe('an entry', () => {
  const changed = (before: object | undefined, after: object | undefined, kind: 'INSERT' | 'MODIFY' | 'REMOVE') =>
    entryOf({ kind, sequenceNumber: '1', before: before as never, after: after as never }, platform, now);

  it('says who changed what from what to what, when, from where, and by which request', () => {
    const entry = changed(image(), image({ name: 'Eve', role: 'admin', ev: [{ n: 'UserRoleChanged' }] }), 'MODIFY');
    expect(entry).toMatchObject({
      ...{ entity: 'User', item: 'usr_1', action: 'changed', at: '2026-11-21T09:30:00.000Z', request: 'req_1' },
      ...{ actor: { id: 'usr_9', type: 'user' }, events: ['UserRoleChanged'] },
      from: { ip: '203.0.113.7', device: 'Firefox on Windows' },
    });
    expect(JSON.parse(entry?.change ?? '')).toEqual({ before: { name: 'Ann' }, after: { name: 'Eve', role: 'admin' } });
  });
  it('of what has no id names what its key names', () => {
    const { id: _, ...stock } = image({ pk: 'INVENTORY#prd_1', et: 'Inventory' });
    expect(changed(undefined, stock, 'INSERT')).toMatchObject({ entity: 'Inventory', item: 'prd_1' });
  });
  it('holds no secret and nothing made of one, wherever it stands', () => {
    const secrets = { keyHash: 'h1', backupCodes: ['c1'], confirmedWith: 'm1', deep: { refreshToken: 't1' } };
    const text = JSON.stringify(changed(undefined, image(secrets), 'INSERT'));
    for (const value of ['h1', 'c1', 'm1', 't1']) expect(text).not.toContain(`"${value}`);
    expect(text).toContain('(masked)');
  });
  it('is not made of a write that changed nothing of its own', () => {
    expect(changed(image(), image({}, '2026-11-21T10:00:00.000Z'), 'MODIFY')).toBeUndefined();
  });
});

describe('a chain', () => {
  const day = '2026-11-21';
  const unplaced = (i: number) => ({
    ...{ at: now.toISOString(), entity: 'User', item: `usr_${i}`, action: 'created' as const, events: [] },
    ...{ change: `{"after":{"n":${i}}}`, record: String(i) },
  });
  const { entries, end } = chained(beginningOf(day), [1, 2, 3, 4, 5].map(unplaced), now);
  const at = (i: number) => entries[i] as AuditEntry;
  const found = (list: readonly AuditEntry[], anchor: ChainEnd | undefined = end) =>
    verifyDay(day, list, anchor).map(({ n, problem }) => `${n} ${problem}`);

  it('that nobody touched is whole', () => {
    expect(found(entries)).toEqual([]);
    expect(found([], beginningOf(day))).toEqual([]);
  });
  it('names the entry that was changed', () => {
    expect(found(entries.map((e) => (e.n === 3 ? { ...e, change: '{"after":{"n":9}}' } : e)))).toEqual(['3 changed']);
    expect(found(entries.map((e) => (e.n === 3 ? { ...e, actor: { id: 'x', type: 'user' } } : e)))).toEqual([
      '3 changed',
    ]);
  });
  it('names the entry that was removed, at the beginning, in the middle and at the end', () => {
    for (const n of [1, 3, 5]) expect(found(entries.filter((e) => e.n !== n))).toEqual([`${n} removed`]);
    expect(found([])).toHaveLength(5);
  });
  it('names entries whose places were exchanged, renumbered or not', () => {
    const swapped = [at(0), { ...at(2), n: 2 }, { ...at(1), n: 3 }, at(3), at(4)];
    expect(found(swapped)).toEqual(expect.arrayContaining(['2 reordered', '3 reordered']));
    expect(found([at(0), at(2), at(1), at(3), at(4)])).toEqual(expect.arrayContaining(['2 reordered']));
  });
  it('names where it was rewritten from, by the anchor', () => {
    const rewritten = chained(beginningOf(day), [1, 2, 8, 4, 5].map(unplaced), now).entries;
    expect(found(rewritten)).toEqual(['5 replaced']);
    const longer = [...entries, ...chained(end, [unplaced(6)], now).entries];
    expect(found(longer)).toEqual(['6 replaced']);
  });
});

describe('recording', () => {
  let table: TestTable;
  beforeAll(async () => {
    Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true', STAGE: 'test' });
    table = await startTable([auditEntries]);
  });
  afterAll(() => table.stop());
  const deliver = (records: readonly object[]) =>
    handler({ Records: records } as never, { awsRequestId: 'r', getRemainingTimeInMillis: () => 30_000 } as never);
  const inserted = (i: number) => ({
    eventName: 'INSERT',
    dynamodb: { SequenceNumber: `seq-${i}`, NewImage: marshall(image({ id: `usr_${i}` })) },
  });
  const trail = async () => {
    const db = table.db({ table: { entries: grant(auditEntries, 'query:day'), ends: grant(auditEnds, 'get') } });
    const day = new Date().toISOString().slice(0, 10);
    const { items } = await db.entries.query('day', { day }, { limit: 1_000, consistent: true });
    return { day, items, end: await db.ends.get({ day }, { consistent: true }) };
  };

  it('chains every change once, whatever comes twice, in pieces and at the same moment', async () => {
    const records = Array.from({ length: 130 }, (_, i) => inserted(i));
    const batches = [records.slice(0, 100), records.slice(30, 130), records.slice(0, 100), records.slice(100)];
    for (const answer of await Promise.all(batches.map(deliver))) expect(answer).toEqual({ batchItemFailures: [] });
    const { day, items, end } = await trail();
    expect(new Set(items.map(({ record }) => record)).size).toBe(130);
    expect(items).toHaveLength(130);
    expect(verifyDay(day, items, end)).toEqual([]);
    await deliver(records);
    expect((await trail()).items).toHaveLength(130);
  });
});
