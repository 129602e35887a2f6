import { logout } from '../../shared/contracts/auth/logout.ts';
import { createIdentity } from '../platform/cognito.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { endSession, sessionEnding } from '../users/accounts.ts';
import { noCookies, REFRESH_COOKIE } from './cookies.ts';
import { securityEvents } from './security-event.table.ts';
import { securityEvent } from './security-event.ts';
import { sessions } from './session.table.ts';
import { readRefreshToken, sessionIdOf } from './session.ts';

export const handler = http(logout, {
  access: {
    table: {
      ...sessionEnding,
      sessions: grant(sessions, 'delete'),
      securityEvents: grant(securityEvents, 'put'),
    },
    identityClient: true,
  },
  identity: createIdentity,
  recognize: true,
  errorImpact: 'Nobody can sign out: sessions live on until they end by themselves.',
  run: async ({ body, cookies, actor, user, db, identity, client, now, newId }) => {
    const given = readRefreshToken(body.refreshToken ?? cookies[REFRESH_COOKIE]);
    const originJti = actor?.sessionId;
    const ending = async () => {
      if (!user || originJti === undefined) return;
      const userId = user.id;
      const id = sessionIdOf(originJti);
      const event = securityEvent('logout', { userId, id: newId('securityEvent'), client, now });
      await endSession(
        db,
        user,
        { originJti, revoked: given?.sessionId === id },
        now,
        db.sessions.delete({ userId, id }),
        db.securityEvents.put(event),
      );
    };
    await Promise.all([given && identity.revoke(given.token), ending()]);
    return reply(undefined, { cookies: noCookies() });
  },
});
