import { refresh } from '../../shared/contracts/auth/refresh.ts';
import { AppError } from '../../shared/errors.ts';
import { createIdentity } from '../platform/cognito.ts';
import { http, reply } from '../platform/http.ts';
import { readRefreshCookie, sessionCookies } from './cookies.ts';

export const handler = http(refresh, {
  access: { identityClient: true },
  identity: createIdentity,
  errorImpact: 'Sessions end after 15 minutes.',
  run: async ({ body, cookies, identity, now, log }) => {
    const cookie = body.refreshToken === undefined ? readRefreshCookie(cookies, now) : undefined;
    const given = body.refreshToken ?? cookie?.token;
    if (given === undefined) throw new AppError('UNAUTHENTICATED');
    const result = await identity.refresh(given);
    if (result.kind === 'refused') {
      if (result.reused) log.warn('a refresh token was used twice: its session is ended');
      throw new AppError('UNAUTHENTICATED');
    }
    const { tokens } = result;
    const { accessToken, expiresIn } = tokens;
    const refreshToken = tokens.refreshToken ?? given;
    if (cookie) return reply({ expiresIn }, { cookies: sessionCookies(tokens, refreshToken, cookie.endsAt, now) });
    return reply(
      { expiresIn, tokens: { accessToken, refreshToken, expiresIn, tokenType: 'Bearer' as const } },
      { secret: true },
    );
  },
});
