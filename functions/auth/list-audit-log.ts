import { listAuditLog } from '../../shared/contracts/auth/list-audit-log.ts';
import { grant } from '../platform/entity.ts';
import { http, links, page } from '../platform/http.ts';
import { pageOf } from './page-of.ts';
import { securityEvents } from './security-event.table.ts';
import { securityEventView } from './security-event.ts';

const NEWEST = 500;

export const handler = http(listAuditLog, {
  access: { table: { securityEvents: grant(securityEvents, 'query:ofUser') } },
  errorImpact: 'Nobody sees what happened to their account.',
  run: async (context) => {
    const { query, user, db } = context;
    const read = await db.securityEvents.query('ofUser', { userId: user.id }, { order: 'desc', limit: NEWEST });
    const found = query.order === 'asc' ? read.items.reverse() : read.items;
    const { items, pagination } = pageOf(found, query);
    const views = items.map((event) => securityEventView(event, links(context, { list: [listAuditLog] })));
    return page(views, { ...pagination, totalIsExact: read.cursor === undefined });
  },
});
