import { login } from '../../shared/contracts/auth/login.ts';
import { AppError } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { http, reply } from '../platform/http.ts';
import { accountChanging, findByEmail, noteLogin, userView } from '../users/accounts.ts';
import { userLinks } from '../users/user-links.ts';
import { sessionCookies, sessionSeconds } from './cookies.ts';

export const handler = http(login, {
  access: { table: accountChanging, identityClient: true },
  identity: createIdentity,
  errorImpact: 'Nobody can sign in.',
  run: async ({ body, db, identity, now, newId, face }) => {
    const found = await findByEmail(db, body.email);
    // Without a user the password is tried on one that does not exist: the answer comes after the same work.
    const result = await identity.signIn(found?.id ?? newId('user'), body.password);
    if (found?.status !== 'active' || result.kind === 'refused') {
      if (result.kind === 'tokens' && result.tokens.refreshToken) await identity.revoke(result.tokens.refreshToken);
      throw new AppError('INVALID_CREDENTIALS');
    }
    if (result.kind === 'challenge')
      throw new AppError('MFA_REQUIRED', { details: { challenge: result.challenge, session: result.session } });

    const { tokens } = result;
    if (!tokens.refreshToken) throw new Error('the user pool answered a sign-in without a refresh token');
    const user = await noteLogin(db, found, now);
    const actor = { id: user.id, role: user.role, plan: user.plan, via: 'session' as const };
    const view = userView(user, userLinks(user.id, { actor, face }));
    if (body.delivery === 'body') {
      const { accessToken, refreshToken, expiresIn } = tokens;
      return reply(
        { user: view, tokens: { accessToken, refreshToken, expiresIn, tokenType: 'Bearer' as const } },
        { secret: true },
      );
    }
    const lasts = body.rememberMe ? sessionSeconds.remembered : sessionSeconds.short;
    const endsAt = Math.floor(now.getTime() / 1_000) + lasts;
    return reply({ user: view }, { cookies: sessionCookies(tokens, tokens.refreshToken, endsAt, now) });
  },
});
