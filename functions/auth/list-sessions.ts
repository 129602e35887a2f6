import { listSessions } from '../../shared/contracts/auth/list-sessions.ts';
import { revokeSession } from '../../shared/contracts/auth/revoke-session.ts';
import { http, links, page } from '../platform/http.ts';
import { liveSessions, sessionsReading } from './own-sessions.ts';
import { pageOf } from './page-of.ts';
import { sessionView } from './session.ts';

export const handler = http(listSessions, {
  access: { table: sessionsReading },
  errorImpact: 'Nobody sees where they are signed in.',
  run: async (context) => {
    const { query, actor, user, db, now } = context;
    const sign = query.order === 'asc' ? 1 : -1;
    const found = (await liveSessions(db, user, now)).sort((a, b) =>
      a[query.sort] < b[query.sort] ? -sign : a[query.sort] > b[query.sort] ? sign : 0,
    );
    const { items, pagination } = pageOf(found, query);
    return page(
      items.map((session) =>
        sessionView(
          session,
          session.originJti === actor.sessionId,
          links(context, { revoke: [revokeSession, { id: session.id }] }),
        ),
      ),
      pagination,
    );
  },
});
