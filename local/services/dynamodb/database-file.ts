/**
 * What the engine leaves undone on its SQLite file, done from a second connection: an index that keeps stream writes
 * fast, trimming of old stream records, and finding items whose time to live is over.
 */
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { AttributeMap } from './touched-keys.ts';

const trimBatch = 500;

export interface DatabaseFile {
  /** Removes stream records older than `olderThan` (seconds since 1970), at most one batch; true when more are left. */
  trimStreams(olderThan: number): boolean;
  /** Items of the table whose attribute lies before `now` (seconds since 1970) and, as in AWS, not more than 5 years. */
  expiredItems(table: string, attribute: string, now: number, limit: number): AttributeMap[];
  /** Newest stream record's number, to find later what came after it. */
  newestStreamRecord(): number;
  /** Marks removals of these keys after the given record as done by the service, as DynamoDB marks time-to-live deletions. */
  markAsExpired(table: string, keys: AttributeMap[], after: number): void;
  close(): void;
}

export function openDatabaseFile(path: string): DatabaseFile {
  const database = new DatabaseSync(path, { timeout: 10_000 });
  // Finding the next sequence number is a search through all records of the table without this index.
  database.exec(
    'CREATE INDEX IF NOT EXISTS _stream_position ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
  );
  database.exec('CREATE INDEX IF NOT EXISTS _stream_age ON _stream_records(created_at)');
  // The newest record of a table holds its sequence number, which must never begin anew.
  const trim = database.prepare(
    `DELETE FROM _stream_records WHERE id IN (
       SELECT id FROM _stream_records WHERE created_at < ? AND id NOT IN (
         SELECT newest FROM (
           SELECT (SELECT id FROM _stream_records r WHERE r.table_name = t.table_name
                   ORDER BY CAST(r.sequence_number AS INTEGER) DESC LIMIT 1) AS newest FROM _tables t
         ) WHERE newest IS NOT NULL
       ) ORDER BY created_at LIMIT ${trimBatch})`,
  );

  return {
    trimStreams: (olderThan) => Number(trim.run(olderThan).changes) === trimBatch,
    expiredItems: (table, attribute, now, limit) => {
      const expiry = `json_extract(item_json, '$.${JSON.stringify(attribute).replaceAll("'", "''")}.N')`;
      const quoted = table.replaceAll('"', '""');
      const index = `${table}::ttl::${attribute}`.replaceAll('"', '""');
      database.exec(
        `CREATE INDEX IF NOT EXISTS "${index}" ON "${quoted}"(CAST(${expiry} AS REAL)) WHERE ${expiry} IS NOT NULL`,
      );
      const fiveYears = 5 * 365 * 86_400;
      const rows = database
        .prepare(
          `SELECT item_json FROM "${quoted}" WHERE ${expiry} IS NOT NULL AND CAST(${expiry} AS REAL) < ? AND CAST(${expiry} AS REAL) > ? LIMIT ?`,
        )
        .all(now, now - fiveYears, limit);
      return rows.map((row) => JSON.parse(String(row.item_json)) as AttributeMap);
    },
    newestStreamRecord: () =>
      Number(database.prepare('SELECT COALESCE(MAX(id), 0) AS id FROM _stream_records').get()?.id),
    markAsExpired: (table, keys, after) => {
      const rows = database
        .prepare(
          "SELECT id, keys_json FROM _stream_records WHERE id > ? AND table_name = ? AND event_name = 'REMOVE' AND user_identity IS NULL",
        )
        .all(after, table);
      const mark = database.prepare('UPDATE _stream_records SET user_identity = ? WHERE id = ?');
      const identity = JSON.stringify({ type: 'Service', principalId: 'dynamodb.amazonaws.com' });
      for (const row of rows) {
        const removed = JSON.parse(String(row.keys_json));
        if (keys.some((key) => isDeepStrictEqual(key, removed))) mark.run(identity, Number(row.id));
      }
    },
    close: () => database.close(),
  };
}
