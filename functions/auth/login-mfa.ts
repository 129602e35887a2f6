import { loginMfa } from '../../shared/contracts/auth/login-mfa.ts';
import { AppError } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { http } from '../platform/http.ts';
import { noteSecurity } from './note-security.ts';
import { openSession, sessionOpening } from './open-session.ts';
import { signInOf } from './session.ts';
import { readStep } from './sign-in-step.ts';

export const handler = http(loginMfa, {
  access: { table: sessionOpening, identityClient: true, identity: ['AdminRespondToAuthChallenge'] },
  identity: createIdentity,
  errorImpact: 'Nobody with a second factor can sign in.',
  run: async (context) => {
    const { body, db, identity } = context;
    const step = readStep(body.session);
    if (!step) throw new AppError('INVALID_CREDENTIALS');
    const { userId, rememberMe, delivery, session } = step;
    const user = await db.users.get({ id: userId }, { consistent: true });
    const result = await identity.answerMfa(userId, session, body.code);
    if (result.kind === 'refused') {
      await noteSecurity(context, user, 'login-failed');
      throw new AppError('INVALID_CREDENTIALS');
    }
    const { tokens } = result;
    if (user?.status !== 'active' || signInOf(tokens.accessToken).userId !== userId) {
      if (tokens.refreshToken) await identity.revoke(tokens.refreshToken);
      throw new AppError('INVALID_CREDENTIALS');
    }
    return openSession({ ...context, user, tokens, rememberMe, delivery });
  },
});
