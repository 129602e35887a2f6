import { listAuditLog } from '../../shared/contracts/auth/list-audit-log.ts';
import { reportSecurityEvent } from '../../shared/contracts/auth/report-security-event.ts';
import { http, links, reply } from '../platform/http.ts';
import { securityNoting } from './note-security.ts';
import { securityEvent, securityEventView } from './security-event.ts';

export const handler = http(reportSecurityEvent, {
  access: { table: securityNoting },
  errorImpact: 'What browsers notice about an account is lost.',
  run: async (context) => {
    const { body, user, db, client, now, newId } = context;
    const { what, note } = body;
    const event = securityEvent(
      'client-report',
      { userId: user.id, id: newId('securityEvent'), client, now },
      { details: { what, ...(note !== undefined && { note }) } },
    );
    await db.write(db.securityEvents.put(event));
    return reply(securityEventView(event, links(context, { list: [listAuditLog] })), { location: listAuditLog.path });
  },
});
