import { mfaBackupCodes } from '../../shared/contracts/auth/mfa-backup-codes.ts';
import { AppError, invalid } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { backupCodes } from './backup-codes.table.ts';
import { keptCodes, newBackupCodes } from './backup-codes.ts';
import { securityNoting } from './note-security.ts';
import { securityEvent } from './security-event.ts';

export const handler = http(mfaBackupCodes, {
  access: {
    table: { ...securityNoting, backupCodes: grant(backupCodes, 'put') },
    identityClient: true,
    identity: ['AdminInitiateAuth'],
  },
  identity: createIdentity,
  errorImpact: 'Nobody can get new backup codes.',
  run: async ({ body, user, db, identity, client, now, newId }) => {
    if (!user.mfaEnabled) throw new AppError('INVALID_STATE', { details: { state: 'off', allowed: ['setup'] } });
    const checked = await identity.signIn(user.id, body.password);
    if (checked.kind !== 'challenge') throw invalid({ path: 'body.password', message: 'is not the password' });
    const codes = newBackupCodes();
    const kept = await keptCodes(user.id, codes, now);
    const id = newId('securityEvent');
    await db.write(
      db.backupCodes.put(kept, { replace: true }),
      db.securityEvents.put(securityEvent('backup-codes-renewed', { userId: user.id, id, client, now })),
    );
    return reply({ backupCodes: codes }, { secret: true });
  },
});
