import { passwordChanged } from '../../events/users/password-changed.v1.ts';
import { resetPassword } from '../../shared/contracts/auth/reset-password.ts';
import { AppError, invalid } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { ride } from '../platform/db.ts';
import { http, reply } from '../platform/http.ts';
import { refusingCommonPasswords } from '../platform/uncommon-password.ts';
import { accountChanging, findByEmail } from '../users/accounts.ts';
import { endSessions, sessionsEnding } from './end-sessions.ts';

export const handler = http(refusingCommonPasswords(resetPassword), {
  access: {
    table: { ...accountChanging, ...sessionsEnding },
    identityClient: true,
    identity: ['AdminUserGlobalSignOut'],
  },
  identity: createIdentity,
  errorImpact: 'Who forgot the password stays out.',
  run: async (context) => {
    const { body, db, identity, newId } = context;
    const found = await findByEmail(db, body.email);
    const user = found?.status === 'active' ? found : undefined;
    const outcome = await identity.resetPassword(user?.id ?? newId('user'), body.code, body.password);
    if (outcome === 'too-many-attempts') throw new AppError('RATE_LIMITED', { headers: { 'retry-after': '900' } });
    if (outcome === 'password-refused' && user)
      throw invalid({ path: 'body.password', message: 'is not accepted by the user directory' });
    if (outcome !== 'reset' || !user)
      throw invalid({ path: 'body.code', message: 'is wrong or has expired: ask for a new one' });
    await endSessions(context, user, {
      kind: 'password-reset',
      told: (securityEventId) => ride(passwordChanged, { securityEventId }),
    });
    await identity.signOutEverywhere(user.id);
    return reply({ email: body.email });
  },
});
