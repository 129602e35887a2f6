import { exportEntries } from '../../shared/contracts/audit/export-entries.ts';
import { listEntries } from '../../shared/contracts/audit/list-entries.ts';
import { columnsOf, toCsv } from '../platform/http/csv.ts';
import { apiBase } from '../platform/http/exchange.ts';
import { http, raw } from '../platform/http.ts';
import { entryView, trailQuery } from './entry-view.ts';
import { readTrail, trailReading } from './read-trail.ts';

const MAX_ROWS = 1_000;
const ROWS_AT_ONCE = 100;
/** Lambda answers with at most 6 MB. */
const MAX_BYTES = 4_000_000;

export const handler = http(exportEntries, {
  access: { table: trailReading },
  errorImpact: 'Auditors cannot take the audit trail with them.',
  timeoutSeconds: 20,
  run: async (context) => {
    const { query, db, now } = context;
    const wanted = trailQuery({ ...query, limit: ROWS_AT_ONCE });
    const rows: ReturnType<typeof entryView>[] = [];
    let bytes = 0;
    let next = query.cursor;
    for (let more = wanted !== undefined; wanted && more && rows.length < MAX_ROWS && bytes < MAX_BYTES; ) {
      const { entries, pagination } = await readTrail(db, { ...wanted, cursor: next }, now);
      rows.push(...entries.map((entry) => entryView(entry, context)));
      bytes += entries.reduce((sum, { change }) => sum + change.length + 500, 0);
      next = pagination.nextCursor;
      more = next !== undefined;
    }
    const address =
      next === undefined ? '' : `${apiBase.browser}${exportEntries.path}?${parametersOf({ ...query, cursor: next })}`;
    return raw(toCsv(columnsOf(listEntries.output), rows), exportEntries.raw, {
      headers: {
        'content-disposition': `attachment; filename="audit-trail-${now.toISOString().slice(0, 10)}.csv"`,
        ...(address && { link: `<${address}>; rel="next"` }),
      },
    });
  },
});

function parametersOf(query: Readonly<Record<string, string | undefined>>): URLSearchParams {
  const given = Object.entries(query).filter((parameter): parameter is [string, string] => parameter[1] !== undefined);
  return new URLSearchParams(given);
}
