import { mfaDisabled } from '../../events/users/mfa-disabled.v1.ts';
import { mfaDisable } from '../../shared/contracts/auth/mfa-disable.ts';
import { AppError, invalid } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { ride } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { changeUser, sessionEnding } from '../users/accounts.ts';
import { backupCodes } from './backup-codes.table.ts';
import { securityNoting } from './note-security.ts';
import { securityEvent } from './security-event.ts';

export const handler = http(mfaDisable, {
  access: {
    table: { ...sessionEnding, ...securityNoting, backupCodes: grant(backupCodes, 'delete') },
    identityClient: true,
    identity: ['AdminInitiateAuth', 'AdminRespondToAuthChallenge', 'AdminSetUserMFAPreference'],
  },
  identity: createIdentity,
  errorImpact: 'Nobody can turn their second factor off.',
  run: async ({ body, user, db, identity, client, now, newId }) => {
    if (!user.mfaEnabled) throw new AppError('INVALID_STATE', { details: { state: 'off', allowed: ['setup'] } });
    const checked = await identity.signIn(user.id, body.password);
    if (checked.kind !== 'challenge' || checked.challenge !== 'SOFTWARE_TOKEN_MFA')
      throw invalid({ path: 'body.password', message: 'is not the password' });
    const answered = await identity.answerMfa(user.id, checked.session, body.code);
    if (answered.kind === 'refused') throw invalid({ path: 'body.code', message: 'is not the code of this moment' });
    // Those tokens were only the proof.
    if (answered.tokens.refreshToken) await identity.revoke(answered.tokens.refreshToken);
    await identity.setMfa(user.id, false);
    const id = newId('securityEvent');
    await changeUser(
      db,
      user,
      () => ({ set: { mfaEnabled: false }, events: [ride(mfaDisabled, { securityEventId: id })] }),
      db.backupCodes.delete({ userId: user.id }),
      db.securityEvents.put(securityEvent('mfa-disabled', { userId: user.id, id, client, now })),
    );
    return reply(undefined);
  },
});
