/**
 * Locks the ends of the audit trail's days away where nobody can change them. It runs when no function that began on the day can
 * still write to it, and looks some days back, so that a day on which it failed is not left out.
 */
import { lockAnchor } from '../platform/anchors.ts';
import { grant } from '../platform/entity.ts';
import { schedule } from '../platform/schedule.ts';
import { beginningOf } from './entry.ts';
import { auditEnds } from './trail.table.ts';

const DAYS_BACK = 7;
const DAY_MS = 86_400_000;

export const handler = schedule({
  id: 'audit.anchor-days',
  schedule: 'cron(30 0 * * ? *)',
  access: { table: { ends: grant(auditEnds, 'get') }, anchor: true },
  errorImpact: 'The end of yesterday’s audit trail is not locked away: a cut at its end could not be proved.',
  run: async ({ db, now, metrics }) => {
    for (let back = 1; back <= DAYS_BACK; back++) {
      const day = new Date(now.getTime() - back * DAY_MS).toISOString().slice(0, 10);
      // A day without changes is anchored too: nothing can be put into it later.
      const end = (await db.ends.get({ day }, { consistent: true })) ?? beginningOf(day);
      if (await lockAnchor(day, end)) metrics.addMetric('DaysAnchored', 'Count', 1);
    }
  },
});
