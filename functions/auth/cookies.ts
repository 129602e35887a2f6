/** The session's cookies. When the session ends is kept on our side: a cookie's age is only a courtesy to the browser. */
import { ACCESS_COOKIE } from '../platform/http/authenticate.ts';
import type { SetCookie } from '../platform/http/context.ts';
import type { Tokens } from '../platform/identity.ts';

export const REFRESH_COOKIE = '__Secure-mewayz-refresh';
/** Only the auth operations are sent the refresh token. */
const REFRESH_PATH = '/api/v1/auth';

/** `endsAt`: epoch second. */
export function sessionCookies(tokens: Tokens, refreshToken: string, endsAt: number, now: Date): SetCookie[] {
  const left = Math.max(0, endsAt - Math.floor(now.getTime() / 1_000));
  return [
    { name: ACCESS_COOKIE, value: tokens.accessToken, maxAge: tokens.expiresIn, path: '/' },
    { name: REFRESH_COOKIE, value: refreshToken, maxAge: left, path: REFRESH_PATH },
  ];
}

export function noCookies(): SetCookie[] {
  return [
    { name: ACCESS_COOKIE, value: '', maxAge: 0, path: '/' },
    { name: REFRESH_COOKIE, value: '', maxAge: 0, path: REFRESH_PATH },
  ];
}
