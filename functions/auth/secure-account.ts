import { secureAccount } from '../../shared/contracts/auth/secure-account.ts';
import { invalid } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { endSessions, sessionsEnding } from './end-sessions.ts';
import { digestOf, securityLinks } from './security-link.table.ts';

const useless = () => invalid({ path: 'body.token', message: 'is of no link that still works' });

export const handler = http(secureAccount, {
  access: {
    table: { ...sessionsEnding, securityLinks: grant(securityLinks, 'get', 'delete') },
    identity: ['AdminResetUserPassword', 'AdminUserGlobalSignOut'],
  },
  identity: createIdentity,
  errorImpact: 'Who was robbed of an account cannot take it back by the link of the mail.',
  run: async (context) => {
    const { body, db, identity, now } = context;
    const digest = digestOf(body.token);
    const link = await db.securityLinks.get({ digest }, { consistent: true });
    if (!link || link.expires * 1_000 <= now.getTime()) throw useless();
    const user = await db.users.get({ id: link.userId }, { consistent: true });
    if (user?.status !== 'active') throw useless();
    await endSessions(context, user, { kind: 'account-secured' });
    await identity.signOutEverywhere(user.id);
    await identity.requireReset(user.id);
    // Last, so that a try that was cut off can be repeated.
    await db.write(db.securityLinks.delete({ digest }));
    return reply({ next: 'reset-password' as const });
  },
});
