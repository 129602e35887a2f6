/**
 * The session's cookies. The refresh cookie carries the moment at which the session ends beside the token (`<epoch second>.<token>`), so
 * that a rotated token ends when the first one would have.
 */
import { ACCESS_COOKIE } from '../platform/http/authenticate.ts';
import type { SetCookie } from '../platform/http/context.ts';
import type { Tokens } from '../platform/identity.ts';

export const REFRESH_COOKIE = '__Secure-mewayz-refresh';
/** Only the auth operations are sent the refresh token. */
const REFRESH_PATH = '/api/v1/auth';

/** Seconds that a session lasts. */
export const sessionSeconds = { remembered: 7 * 86_400, short: 86_400 } as const;

export function sessionCookies(tokens: Tokens, refreshToken: string, endsAt: number, now: Date): SetCookie[] {
  const left = Math.max(0, endsAt - Math.floor(now.getTime() / 1_000));
  return [
    { name: ACCESS_COOKIE, value: tokens.accessToken, maxAge: tokens.expiresIn, path: '/' },
    { name: REFRESH_COOKIE, value: `${endsAt}.${refreshToken}`, maxAge: left, path: REFRESH_PATH },
  ];
}

export function noCookies(): SetCookie[] {
  return [
    { name: ACCESS_COOKIE, value: '', maxAge: 0, path: '/' },
    { name: REFRESH_COOKIE, value: '', maxAge: 0, path: REFRESH_PATH },
  ];
}

/** The refresh token of the cookie and the epoch second at which its session ends; undefined when there is none, or none that lives. */
export function readRefreshCookie(
  cookies: Readonly<Record<string, string>>,
  now: Date,
): { token: string; endsAt: number } | undefined {
  const match = /^(\d{10})\.(.+)$/.exec(cookies[REFRESH_COOKIE] ?? '');
  if (!match?.[2]) return undefined;
  const endsAt = Number(match[1]);
  return endsAt > now.getTime() / 1_000 ? { token: match[2], endsAt } : undefined;
}
