/** Who calls: a token of the user pool or an API key → the user as the table says at this moment. */
import { hash } from 'node:crypto';
import { CognitoJwtVerifier } from 'aws-jwt-verify/cognito-verifier';
import type { ApiKey } from '../api-keys/api-key.table.ts';
import type { User } from '../users/user.table.ts';
import { env } from './env.ts';
import type { Actor } from './http/context.ts';

/** What an access token says that matters here. */
export interface TokenClaims {
  /** Our user id: it is the username in the pool. */
  userId: string;
  issuedAt: number;
  /** `auth_time`: epoch second of the sign-in, the same through all refreshes; `issuedAt` when the token does not say. */
  signedInAt: number;
  expiresAt: number;
  /** `origin_jti`: the sign-in that the token descends from. */
  sessionId: string | undefined;
}
/** Undefined for whatever is not a valid access token of our pool and client. */
export type VerifyToken = (token: string) => TokenClaims | undefined;

const REMEMBERED_TOKENS = 500;

/**
 * Verifies signature, issuer, client, use and expiry with the keys supplied at deploy: nothing is fetched. A token that passed is
 * remembered by its hash until it ends, since its signature can not become wrong; whether its user may still act is read each time.
 */
export function tokenVerifier(): VerifyToken {
  const userPoolId = env('userPoolId');
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId: env('userPoolClientId'), tokenUse: 'access' });
  verifier.cacheJwks(JSON.parse(env('jwks')));
  const remembered = new Map<string, TokenClaims>();
  return (token) => {
    const digest = hash('sha256', token, 'base64');
    const known = remembered.get(digest);
    if (known && known.expiresAt > Date.now() / 1_000) return known;
    let claims: TokenClaims;
    try {
      const payload = verifier.verifySync(token);
      claims = {
        userId: payload.username,
        issuedAt: payload.iat,
        signedInAt: Math.min(payload.auth_time ?? payload.iat, payload.iat),
        expiresAt: payload.exp,
        sessionId: typeof payload.origin_jti === 'string' ? payload.origin_jti : undefined,
      };
    } catch {
      remembered.delete(digest);
      return undefined;
    }
    if (remembered.size >= REMEMBERED_TOKENS) remembered.delete(remembered.keys().next().value as string);
    remembered.set(digest, claims);
    return claims;
  };
}

/** The actor of a token, or undefined when its user is gone, not active, or ended the session. */
export function actorOfToken(user: User | undefined, claims: TokenClaims): Actor | undefined {
  if (!isActive(user)) return undefined;
  if (
    user.tokensValidAfter !== undefined &&
    claims.signedInAt < user.tokensValidAfter &&
    (claims.sessionId === undefined || claims.sessionId !== user.keptSession)
  )
    return undefined;
  if (claims.sessionId !== undefined && user.revokedSessions && Object.hasOwn(user.revokedSessions, claims.sessionId))
    return undefined;
  return { id: user.id, role: user.role, plan: user.plan, via: 'session', sessionId: claims.sessionId };
}

/** Whether the key itself may be used now. */
export function isUsable(key: ApiKey | undefined, now: Date): key is ApiKey {
  return key?.status === 'active' && (key.expiresAt === undefined || Date.parse(key.expiresAt) > now.getTime());
}
/** The actor of a usable key, or undefined when its user is gone or not active. */
export function actorOfKey(user: User | undefined, key: ApiKey): Actor | undefined {
  if (!isActive(user)) return undefined;
  return { id: user.id, role: user.role, plan: user.plan, via: 'api-key', apiKeyId: key.id, scopes: key.scopes };
}

function isActive(user: User | undefined): user is User {
  return user?.status === 'active' && user.deletedAt === undefined;
}
