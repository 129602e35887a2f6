import { loginRecover } from '../../shared/contracts/auth/login-recover.ts';
import { AppError } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { grant } from '../platform/entity.ts';
import { http } from '../platform/http.ts';
import { accountChanging, findByEmail } from '../users/accounts.ts';
import { backupCodes } from './backup-codes.table.ts';
import { withoutCode } from './backup-codes.ts';
import { refusedAtEvenTime } from './even-time.ts';
import { noteSecurity } from './note-security.ts';
import { openSession, sessionOpening } from './open-session.ts';

export const handler = http(loginRecover, {
  access: {
    table: { ...sessionOpening, ...accountChanging, backupCodes: grant(backupCodes, 'get', 'update') },
    identityClient: true,
    identity: ['AdminInitiateAuth', 'AdminSetUserMFAPreference'],
  },
  identity: createIdentity,
  errorImpact: 'Who has lost the second factor cannot sign in.',
  run: (context) =>
    refusedAtEvenTime(async () => {
      const { body, db, identity, newId } = context;
      const found = await findByEmail(db, body.email);
      const id = found?.id ?? newId('user');
      const [result, kept] = await Promise.all([
        identity.signIn(id, body.password),
        db.backupCodes.get({ userId: id }, { consistent: true }),
      ]);
      const refused = async () => {
        if (result.kind === 'tokens' && result.tokens.refreshToken) await identity.revoke(result.tokens.refreshToken);
        await noteSecurity(context, found, 'login-failed');
        return new AppError('INVALID_CREDENTIALS');
      };
      if (found?.status !== 'active' || result.kind !== 'challenge' || !kept) throw await refused();
      // Only who knows the password comes this far: the slow hash tells nobody else that the account exists, and is nobody else's to ask for.
      const hashes = await withoutCode(kept, body.backupCode);
      if (!hashes) throw await refused();
      // The code is spent before it opens anything: of two uses at once only one finds the set as it was read.
      const [taken] = await db.tryWrite(
        db.backupCodes.update({ userId: id }, { set: { hashes }, version: kept.version }),
      );
      if (taken) throw await refused();
      await noteSecurity(context, found, 'backup-code-used');
      // The pool knows no backup codes. While its second factor is off for a moment, auth/login lets nobody past ours.
      await identity.setMfa(id, false);
      const again = await identity.signIn(id, body.password).finally(() => identity.setMfa(id, true));
      if (again.kind !== 'tokens') throw new AppError('INVALID_CREDENTIALS');
      const { rememberMe, delivery } = body;
      return openSession({ ...context, user: found, tokens: again.tokens, rememberMe, delivery });
    }),
});
