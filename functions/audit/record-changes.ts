/**
 * Writes the audit trail from the table's stream, so that no code path can forget it. Each record of the stream stands in it exactly once:
 * entries, their marks and the end of the day's chain are one transaction, and of two writers at the same end one begins again.
 */
import { attributes, type Db } from '../platform/db.ts';
import { stripped } from '../platform/dynamo.ts';
import { grant } from '../platform/entity.ts';
import { pause } from '../platform/pause.ts';
import { type Change, stream } from '../platform/stream.ts';
import { beginningOf, type ChainEnd, chained, entryOf, type Unplaced } from './entry.ts';
import { auditEnds, auditEntries, auditRecords } from './trail.table.ts';

const access = {
  table: {
    entries: grant(auditEntries, 'put'),
    ends: grant(auditEnds, 'get', 'put'),
    records: grant(auditRecords, 'batchGet', 'put'),
  },
} as const;

/** Entries and marks of one transaction, with the end of the chain, stay below DynamoDB's 100 items and 4 MB. */
const TOGETHER = 40;
const MAX_BYTES = 2_000_000;
const TRIES = 50;
/** Longer than the stream keeps a record. */
const KEPT_SECONDS = 3 * 86_400;

/** Items whose writers are known: what is derived has no context, and the trail itself is derived. */
const written = { cx: { M: { a: { S: [{ exists: true }] } } } };

export const handler = stream({
  id: 'audit.record-changes',
  filters: [
    { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: written } },
    { eventName: ['REMOVE'], dynamodb: { OldImage: written } },
  ],
  access,
  // A transaction holds many entries: those of one moment cost a call and a new end of the chain once.
  gatherSeconds: 1,
  errorImpact: 'Changes do not appear in the audit trail; they do when it works again within a day.',
  async runBatch({ changes, db, metrics }) {
    let done = 0;
    while (done < changes.length) {
      const part = partOf(changes, done);
      metrics.addMetric('ChangesAudited', 'Count', await record(db, part));
      done += part.length;
    }
    return done;
  },
});

/** The next changes that fit into one transaction. */
function partOf(changes: readonly Change[], from: number): readonly Change[] {
  let bytes = 0;
  let to = from;
  while (to < changes.length && to - from < TOGETHER) {
    bytes += JSON.stringify([changes[to]?.before, changes[to]?.after]).length;
    if (bytes > MAX_BYTES && to > from) break;
    to += 1;
  }
  return changes.slice(from, to);
}

/** Answers how many were new. */
async function record(db: Db<typeof access>, changes: readonly Change[]): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await pause(Math.random() * Math.min(500, 10 * 2 ** attempt));
    const now = new Date();
    const marks = await db.records.batchGet(
      changes.map(({ sequenceNumber }) => ({ record: sequenceNumber })),
      { consistent: true },
    );
    const fresh = changes.filter((_, i) => marks[i] === undefined);
    const entries = fresh
      .map((change) => entryOf(change, { own: stripped, names: attributes }, now))
      .filter((entry): entry is Unplaced => entry !== undefined);
    if (entries.length === 0) return 0;
    const day = now.toISOString().slice(0, 10);
    const stands: ChainEnd | undefined = await db.ends.get({ day }, { consistent: true });
    const placed = chained(stands ?? beginningOf(day), entries, now);
    const expires = Math.floor(now.getTime() / 1_000) + KEPT_SECONDS;
    const failures = await db.tryWrite(
      stands ? db.ends.put(placed.end, { replace: true, when: { n: stands.n } }) : db.ends.put(placed.end),
      ...placed.entries.map((entry) => db.entries.put(entry)),
      ...entries.map(({ record: sequenceNumber }) => db.records.put({ record: sequenceNumber, expires })),
    );
    if (failures.length === 0) return entries.length;
  }
  throw new Error('the end of the audit trail moved too often');
}
