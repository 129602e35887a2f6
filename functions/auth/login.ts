import { login } from '../../shared/contracts/auth/login.ts';
import { AppError } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { http } from '../platform/http.ts';
import { findByEmail } from '../users/accounts.ts';
import { openSession, sessionOpening } from './open-session.ts';

export const handler = http(login, {
  access: { table: sessionOpening, identityClient: true },
  identity: createIdentity,
  errorImpact: 'Nobody can sign in.',
  run: async (context) => {
    const { body, db, identity, newId } = context;
    const found = await findByEmail(db, body.email);
    // Without a user the password is tried on one that does not exist: the answer comes after the same work.
    const result = await identity.signIn(found?.id ?? newId('user'), body.password);
    if (found?.status !== 'active' || result.kind === 'refused') {
      if (result.kind === 'tokens' && result.tokens.refreshToken) await identity.revoke(result.tokens.refreshToken);
      throw new AppError('INVALID_CREDENTIALS');
    }
    if (result.kind === 'challenge')
      throw new AppError('MFA_REQUIRED', { details: { challenge: result.challenge, session: result.session } });

    const { rememberMe, delivery } = body;
    return openSession({ ...context, user: found, tokens: result.tokens, rememberMe, delivery });
  },
});
