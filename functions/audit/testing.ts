/** A trail as the stream would have written it, for tests that read it. */
import { grant } from '../platform/entity.ts';
import type { TestTable } from '../platform/testing/table.ts';
import { type AuditEntry, beginningOf, chained, type Unplaced } from './entry.ts';
import { auditEnds, auditEntries } from './trail.table.ts';

/** Writes a day's entries, one a second from `beginsAt` (ISO) on, at the places after those that it has. */
export async function writeTrail(
  table: TestTable,
  beginsAt: string,
  changes: readonly Partial<Unplaced>[],
): Promise<AuditEntry[]> {
  const db = table.db({ table: { entries: grant(auditEntries, 'put'), ends: grant(auditEnds, 'get', 'put') } });
  const day = beginsAt.slice(0, 10);
  const written: AuditEntry[] = [];
  let end = (await db.ends.get({ day }, { consistent: true })) ?? beginningOf(day);
  for (const [i, change] of changes.entries()) {
    const now = new Date(Date.parse(beginsAt) + i * 1_000);
    const entry: Unplaced = {
      at: now.toISOString(),
      ...{ entity: 'User', item: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0', action: 'changed', events: [] },
      ...{ actor: { id: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N1', type: 'user' }, request: 'req_1' },
      ...{ change: '{"before":{"plan":"Free"},"after":{"plan":"Pro"}}', record: `${day} ${end.n}` },
      ...change,
    };
    const placed = chained(end, [entry], now);
    written.push(...placed.entries);
    end = placed.end;
  }
  const together = 90;
  for (let from = 0; from < written.length; from += together)
    await db.write(...written.slice(from, from + together).map((entry) => db.entries.put(entry)));
  await db.write(db.ends.put(end, { replace: true }));
  return written;
}
