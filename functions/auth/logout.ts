import { logout } from '../../shared/contracts/auth/logout.ts';
import { createIdentity } from '../platform/cognito.ts';
import { http, reply } from '../platform/http.ts';
import { endSession, sessionEnding } from '../users/accounts.ts';
import { noCookies, readRefreshCookie } from './cookies.ts';

export const handler = http(logout, {
  access: { table: sessionEnding, identityClient: true },
  identity: createIdentity,
  recognize: true,
  errorImpact: 'Nobody can sign out: sessions live on until they end by themselves.',
  run: async ({ body, cookies, actor, user, db, identity, now }) => {
    const refreshToken = body.refreshToken ?? readRefreshCookie(cookies, now)?.token;
    await Promise.all([
      refreshToken === undefined ? undefined : identity.revoke(refreshToken),
      user && actor?.sessionId !== undefined ? endSession(db, user, actor.sessionId, now) : undefined,
    ]);
    return reply(undefined, { cookies: noCookies() });
  },
});
