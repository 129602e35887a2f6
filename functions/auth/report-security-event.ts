import { listAuditLog } from '../../shared/contracts/auth/list-audit-log.ts';
import { reportSecurityEvent } from '../../shared/contracts/auth/report-security-event.ts';
import { http, links, reply } from '../platform/http.ts';
import { securityNoting } from './note-security.ts';
import type { SecurityEvent } from './security-event.table.ts';
import { securityEvent, securityEventView } from './security-event.ts';

export const handler = http(reportSecurityEvent, {
  access: { table: securityNoting },
  errorImpact: 'What browsers notice about an account is lost.',
  run: async (context) => {
    const { body, user, db, client } = context;
    const { now, newId } = context.firstAttempt;
    const { what, note } = body;
    const event = securityEvent(
      'client-report',
      { userId: user.id, id: newId('securityEvent'), client, now },
      { details: { what, ...(note !== undefined && { note }) } },
    );
    // With this very id it is there when an attempt of this request wrote it and was lost.
    const [there] = await db.tryWrite(db.securityEvents.put(event));
    const kept = (there?.current as SecurityEvent | undefined) ?? event;
    return reply(securityEventView(kept, links(context, { list: [listAuditLog] })), { location: listAuditLog.path });
  },
});
