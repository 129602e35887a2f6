import { listEntries } from '../../shared/contracts/audit/list-entries.ts';
import { emptyPage } from '../platform/empty-page.ts';
import { http, page } from '../platform/http.ts';
import { entryView, trailQuery } from './entry-view.ts';
import { readTrail, trailReading } from './read-trail.ts';

export const handler = http(listEntries, {
  access: { table: trailReading },
  errorImpact: 'Nobody can look up who changed what.',
  run: async (context) => {
    const { query, db, now } = context;
    const wanted = trailQuery(query);
    if (!wanted) return page([], emptyPage(query).pagination);
    const { entries, pagination } = await readTrail(db, wanted, now);
    return page(
      entries.map((entry) => entryView(entry, context)),
      pagination,
    );
  },
});
