import { logoutAll } from '../../shared/contracts/auth/logout-all.ts';
import { createIdentity } from '../platform/cognito.ts';
import { http, reply } from '../platform/http.ts';
import { noCookies } from './cookies.ts';
import { endSessions, sessionsEnding } from './end-sessions.ts';

export const handler = http(logoutAll, {
  access: { table: sessionsEnding, identity: ['AdminUserGlobalSignOut'] },
  identity: createIdentity,
  errorImpact: 'Nobody can sign out of what they left open elsewhere.',
  run: async (context) => {
    const { user, identity } = context;
    // Our record first: from then on no token works, whether or not the pool answers.
    await endSessions(context, user, { kind: 'sessions-ended' });
    await identity.signOutEverywhere(user.id);
    return reply(undefined, { cookies: noCookies() });
  },
});
