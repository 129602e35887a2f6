import { passwordChanged } from '../../events/users/password-changed.v1.ts';
import { changePassword } from '../../shared/contracts/auth/change-password.ts';
import { AppError, invalid } from '../../shared/errors.ts';
import { brokenPasswordRules, passwordRules } from '../../shared/password.ts';
import { createIdentity } from '../platform/cognito.ts';
import { ride } from '../platform/db.ts';
import { http, reply } from '../platform/http.ts';
import { refusingCommonPasswords } from '../platform/uncommon-password.ts';
import { endSessions, sessionsEnding } from './end-sessions.ts';

export const handler = http(refusingCommonPasswords(changePassword), {
  access: { table: sessionsEnding, identityClient: true },
  identity: createIdentity,
  errorImpact: 'Nobody can change their password.',
  run: async (context) => {
    const { body, actor, user, accessToken, identity } = context;
    if (accessToken === undefined) throw new AppError('UNAUTHENTICATED');
    if (brokenPasswordRules(body.password, user.email).includes('email'))
      throw invalid({ path: 'body.password', message: passwordRules.email });
    if (body.password === body.currentPassword)
      throw invalid({ path: 'body.password', message: 'must be another one than the present password' });
    const outcome = await identity.changePassword(accessToken, { current: body.currentPassword, next: body.password });
    if (outcome === 'too-many-attempts') throw new AppError('RATE_LIMITED', { headers: { 'retry-after': '900' } });
    if (outcome === 'password-refused')
      throw invalid({ path: 'body.password', message: 'is not accepted by the user directory' });
    if (outcome === 'wrong-password')
      throw invalid({ path: 'body.currentPassword', message: 'is not the present password' });
    const endedSessions = await endSessions(context, user, {
      kind: 'password-changed',
      ...(actor.sessionId !== undefined && { keep: actor.sessionId }),
      told: (securityEventId) => ride(passwordChanged, { securityEventId }),
    });
    return reply({ endedSessions });
  },
});
