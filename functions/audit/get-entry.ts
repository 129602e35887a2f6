import { getEntry } from '../../shared/contracts/audit/get-entry.ts';
import { notFound } from '../../shared/errors.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { entryView, placeOfId } from './entry-view.ts';
import { auditEntries } from './trail.table.ts';

export const handler = http(getEntry, {
  access: { table: { entries: grant(auditEntries, 'get') } },
  errorImpact: 'Nobody can open a single entry of the audit trail.',
  run: async (context) => {
    const entry = await context.db.entries.get(placeOfId(context.params.id));
    if (!entry) throw notFound();
    return reply(entryView(entry, context), { version: entry.hash.slice(0, 16) });
  },
});
