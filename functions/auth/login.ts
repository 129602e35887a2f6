import { login } from '../../shared/contracts/auth/login.ts';
import { AppError } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { http } from '../platform/http.ts';
import { accountChanging, findByEmail } from '../users/accounts.ts';
import { refusedAtEvenTime } from './even-time.ts';
import { noteSecurity } from './note-security.ts';
import { openSession, sessionOpening } from './open-session.ts';
import { writeStep } from './sign-in-step.ts';

export const handler = http(login, {
  access: {
    table: { ...sessionOpening, ...accountChanging },
    identityClient: true,
    identity: ['AdminInitiateAuth', 'AdminSetUserMFAPreference'],
  },
  identity: createIdentity,
  errorImpact: 'Nobody can sign in.',
  run: (context) =>
    refusedAtEvenTime(async () => {
      const { body, db, identity, newId } = context;
      const { password, rememberMe, delivery } = body;
      const found = await findByEmail(db, body.email);
      // Without a user the password is tried on one that does not exist: the answer comes after the same work.
      let result = await identity.signIn(found?.id ?? newId('user'), password);
      if (found?.mfaEnabled && result.kind === 'tokens') {
        // The pool was left without the second factor, by a recovery that was cut off or by a token of the user.
        if (result.tokens.refreshToken) await identity.revoke(result.tokens.refreshToken);
        await identity.setMfa(found.id, true);
        result = await identity.signIn(found.id, password);
        if (result.kind === 'tokens') throw new Error('the user pool does not ask for the second factor');
      }
      if (found?.status !== 'active' || result.kind === 'refused') {
        if (result.kind === 'tokens' && result.tokens.refreshToken) await identity.revoke(result.tokens.refreshToken);
        await noteSecurity(context, found, 'login-failed');
        throw new AppError('INVALID_CREDENTIALS');
      }
      if (result.kind === 'challenge') {
        const { challenge, session } = result;
        const step =
          challenge === 'SOFTWARE_TOKEN_MFA' ? writeStep({ userId: found.id, rememberMe, delivery, session }) : session;
        throw new AppError('MFA_REQUIRED', { details: { challenge, session: step } });
      }
      return openSession({ ...context, user: found, tokens: result.tokens, rememberMe, delivery });
    }),
});
