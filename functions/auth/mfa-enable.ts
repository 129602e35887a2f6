import { mfaEnabled } from '../../events/users/mfa-enabled.v1.ts';
import { mfaEnable } from '../../shared/contracts/auth/mfa-enable.ts';
import { AppError, invalid } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { ride } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { changeUser, sessionEnding } from '../users/accounts.ts';
import { backupCodes } from './backup-codes.table.ts';
import { keptCodes, newBackupCodes } from './backup-codes.ts';
import { securityNoting } from './note-security.ts';
import { securityEvent } from './security-event.ts';

export const handler = http(mfaEnable, {
  access: {
    table: { ...sessionEnding, ...securityNoting, backupCodes: grant(backupCodes, 'put') },
    identityClient: true,
    identity: ['AdminSetUserMFAPreference'],
  },
  identity: createIdentity,
  errorImpact: 'Nobody can turn a second factor on.',
  run: async ({ body, user, accessToken, db, identity, client, now, newId }) => {
    if (accessToken === undefined) throw new AppError('UNAUTHENTICATED');
    if (user.mfaEnabled) throw new AppError('INVALID_STATE', { details: { state: 'on', allowed: ['disable'] } });
    const outcome = await identity.verifyMfa(accessToken, body.code);
    if (outcome === 'not-begun') throw new AppError('INVALID_STATE', { details: { state: 'off', allowed: ['setup'] } });
    if (outcome === 'wrong-code') throw invalid({ path: 'body.code', message: 'is not the code of this moment' });
    const codes = newBackupCodes();
    const kept = await keptCodes(user.id, codes, now);
    await identity.setMfa(user.id, true);
    const id = newId('securityEvent');
    await changeUser(
      db,
      user,
      () => ({
        set: { mfaEnabled: true },
        remove: ['mustEnrol'],
        events: [ride(mfaEnabled, { securityEventId: id })],
      }),
      db.backupCodes.put(kept, { replace: true }),
      db.securityEvents.put(securityEvent('mfa-enabled', { userId: user.id, id, client, now })),
    );
    return reply({ backupCodes: codes }, { secret: true });
  },
});
