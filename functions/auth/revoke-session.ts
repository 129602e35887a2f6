import { revokeSession } from '../../shared/contracts/auth/revoke-session.ts';
import { notFound } from '../../shared/errors.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { endSession, sessionEnding } from '../users/accounts.ts';
import { securityEvents } from './security-event.table.ts';
import { securityEvent } from './security-event.ts';
import { sessions } from './session.table.ts';
import { isLive } from './session.ts';

export const handler = http(revokeSession, {
  access: {
    table: {
      ...sessionEnding,
      sessions: grant(sessions, 'get', 'delete'),
      securityEvents: grant(securityEvents, 'put'),
    },
  },
  errorImpact: 'Nobody can end a session that was left open elsewhere.',
  run: async ({ params, user, db, client, now, newId }) => {
    const key = { userId: user.id, id: params.id };
    const session = await db.sessions.get(key, { consistent: true });
    if (!session || !isLive(session, user, now)) throw notFound();
    const event = securityEvent(
      'session-revoked',
      { userId: user.id, id: newId('securityEvent'), client, now },
      { details: { sessionId: session.id, device: session.device } },
    );
    const { originJti } = session;
    await endSession(
      db,
      user,
      { originJti, revoked: false },
      now,
      db.sessions.delete(key),
      db.securityEvents.put(event),
    );
    return reply(undefined);
  },
});
