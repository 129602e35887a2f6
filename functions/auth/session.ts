/** The rules of sessions. Pure: time, ids and what was asked are arguments. */
import { hash } from 'node:crypto';
import type * as z from 'zod';
import type { sessionSchema } from '../../shared/contracts/auth/session.ts';
import type { Link } from '../../shared/contracts/list.ts';
import { idFromDigest } from '../../shared/ids.ts';
import { deviceName } from '../platform/device.ts';
import type { User } from '../users/accounts.ts';
import type { Session } from './session.table.ts';

/** From where a request came. */
export interface Client {
  ip: string;
  userAgent: string;
  country?: string;
}

/** Seconds that a session lasts. */
export const sessionSeconds = { remembered: 7 * 86_400, short: 86_400 } as const;

export function sessionIdOf(originJti: string): string {
  return idFromDigest('session', hash('sha256', originJti, 'buffer'));
}

/**
 * What an access token says of its sign-in. It comes straight from the user pool: its signature is not checked here. `signedInAt`: epoch
 * second by the pool's clock.
 */
export function signInOf(accessToken: string): { originJti: string; userId: string; signedInAt: number } {
  const claims: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString() || 'null');
  const { origin_jti: originJti, username: userId, auth_time: signedInAt } = (claims ?? {}) as Record<string, unknown>;
  if (typeof originJti !== 'string' || typeof userId !== 'string' || typeof signedInAt !== 'number')
    throw new Error('the user pool gave an access token that does not name its sign-in');
  return { originJti, userId, signedInAt };
}

/** `createdAt` is the time in the session's tokens: whether a later cut ends it must be answered alike for both. */
export function newSession(
  {
    userId,
    originJti,
    signedInAt,
    rememberMe,
  }: Pick<Session, 'userId' | 'originJti' | 'rememberMe'> & { signedInAt: number },
  client: Client,
  now: Date,
): Session {
  return {
    userId,
    id: sessionIdOf(originJti),
    originJti,
    createdAt: new Date(signedInAt * 1_000).toISOString(),
    lastSeenAt: now.toISOString(),
    ...placeOf(client),
    rememberMe,
    expires: Math.floor(now.getTime() / 1_000) + (rememberMe ? sessionSeconds.remembered : sessionSeconds.short),
  };
}

/** What is kept of where a request came from. */
export function placeOf({ ip, userAgent, country }: Client) {
  return { ip, userAgent, device: deviceName(userAgent), ...(country !== undefined && { country }) };
}

/** Whether a session still stands beside what its user has ended since. */
export function isLive(session: Session, user: User, now: Date): boolean {
  if (user.status !== 'active' || user.deletedAt !== undefined) return false;
  if (session.expires * 1_000 <= now.getTime()) return false;
  if (user.revokedSessions && Object.hasOwn(user.revokedSessions, session.originJti)) return false;
  const began = Math.floor(Date.parse(session.createdAt) / 1_000);
  return (
    user.tokensValidAfter === undefined || began >= user.tokensValidAfter || session.originJti === user.keptSession
  );
}

/** What clients are given as a refresh token: whose session it is of, and the user pool's own token. */
export function refreshTokenOf(session: Pick<Session, 'userId' | 'id'>, token: string): string {
  return `${session.userId}.${session.id}.${token}`;
}
export function readRefreshToken(
  given: string | undefined,
): { userId: string; sessionId: string; token: string } | undefined {
  const [, userId, sessionId, token] = /^(usr_[0-9A-Z]{26})\.(ses_[0-9A-Z]{26})\.(.+)$/.exec(given ?? '') ?? [];
  return userId && sessionId && token ? { userId, sessionId, token } : undefined;
}

/** The session as the API shows it. */
export function sessionView(
  session: Session,
  current: boolean,
  _links: Record<string, Link>,
): z.input<typeof sessionSchema> {
  const { id, device, ip, country, createdAt, lastSeenAt, expires, rememberMe } = session;
  return {
    id,
    current,
    device,
    ip,
    country,
    createdAt,
    lastSeenAt,
    endsAt: new Date(expires * 1_000).toISOString(),
    rememberMe,
    _links,
  };
}
