/** Tokens: RS256 JSON Web Tokens with a key per pool, and opaque refresh tokens that are stored hashed. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  randomUUID,
  sign,
  verify,
} from 'node:crypto';
import type { JsonObject } from '../../types.ts';
import { allAttributes, readableBy } from './attributes.ts';
import { notAuthorized } from './errors.ts';
import type { Context, Pool, PoolClient, User } from './model.ts';
import { findPool } from './pools.ts';
import type { Session } from './store.ts';
import { runTrigger } from './triggers.ts';
import { nowSeconds } from './users.ts';

interface PoolKey {
  kid: string;
  privateKey: KeyObject;
  publicKey: KeyObject;
}
const keys = new WeakMap<Context, Map<string, PoolKey>>();
const signInScope = 'aws.cognito.signin.user.admin';

function keyOf(context: Context, pool: Pool): PoolKey {
  const known = keys.get(context) ?? new Map<string, PoolKey>();
  keys.set(context, known);
  let key = known.get(pool.id);
  if (!key) {
    const pem = context.store.secret(`key:${pool.id}`, () =>
      generateKeyPairSync('rsa', { modulusLength: 2048 })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    );
    const privateKey = createPrivateKey(pem);
    const kid = createHash('sha256').update(pem).digest('base64');
    key = { kid, privateKey, publicKey: createPublicKey(privateKey) };
    known.set(pool.id, key);
  }
  return key;
}

/** The pool's public keys, as at `/.well-known/jwks.json`. */
export function jwks(context: Context, pool: Pool): JsonObject {
  const { kid, publicKey } = keyOf(context, pool);
  const { e = '', n = '' } = publicKey.export({ format: 'jwk' });
  return { keys: [{ alg: 'RS256', e, kid, kty: 'RSA', n, use: 'sig' }] };
}

export function issuer({ cloud }: Context, pool: Pool): string {
  return `https://cognito-idp.${cloud.region}.amazonaws.com/${pool.id}`;
}

/** A new session with its tokens: AuthenticationResult. */
export async function startSession(
  context: Context,
  pool: Pool,
  client: PoolClient,
  user: User,
  source: string,
): Promise<JsonObject> {
  const authTime = nowSeconds();
  const session: Session = {
    originJti: randomUUID(),
    pool: pool.id,
    client: client.id,
    username: user.username,
    authTime,
    refreshExpiresAt: authTime + client.validity.refresh,
    revoked: false,
  };
  const tokens = await makeTokens(context, pool, client, user, session, source);
  context.store.addSession(session);
  return { ...tokens, RefreshToken: addRefreshToken(context, session) };
}

/** A further refresh token of a session; valid as long as the session is. */
export function addRefreshToken({ store }: Context, session: Session): string {
  const token = randomBytes(96).toString('base64url');
  store.addRefreshToken(hashOf(token), session.originJti);
  return token;
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Access and ID token of a session, as the PreTokenGeneration trigger (V1 and V2) leaves them. */
export async function makeTokens(
  context: Context,
  pool: Pool,
  client: PoolClient,
  user: User,
  session: Session,
  source: string,
): Promise<JsonObject> {
  const groups = groupsByPrecedence(pool, user);
  const overrides = await tokenOverrides(context, pool, client, user, groups, source);
  const now = nowSeconds();
  const named = overrides.groups ?? groups;
  const common: JsonObject = {
    sub: user.sub,
    ...(named.length > 0 ? { 'cognito:groups': named } : {}),
    iss: issuer(context, pool),
    ...(client.revocation ? { origin_jti: session.originJti } : {}),
    event_id: randomUUID(),
    auth_time: session.authTime,
    iat: now,
  };
  const access = {
    ...common,
    client_id: client.id,
    token_use: 'access',
    scope: overrides.scope,
    exp: now + client.validity.access,
    jti: randomUUID(),
    username: user.username,
  };
  const attributes: JsonObject = { ...readableBy(client, allAttributes(user)) };
  for (const flag of ['email_verified', 'phone_number_verified']) {
    if (attributes[flag] !== undefined) attributes[flag] = attributes[flag] === 'true';
  }
  const id = {
    ...attributes,
    ...common,
    'cognito:username': user.username,
    aud: client.id,
    token_use: 'id',
    exp: now + client.validity.id,
    jti: randomUUID(),
  };
  return {
    AccessToken: signToken(context, pool, overrides.access(access)),
    IdToken: signToken(context, pool, overrides.id(id)),
    ExpiresIn: client.validity.access,
    TokenType: 'Bearer',
  };
}

export function groupsByPrecedence(pool: Pool, user: User): string[] {
  const precedence = (name: string) => pool.groups.get(name)?.precedence ?? Number.MAX_SAFE_INTEGER;
  return user.groups
    .filter((name) => pool.groups.has(name))
    .sort((one, other) => precedence(one) - precedence(other) || one.localeCompare(other));
}

interface ClaimChanges {
  claimsToAddOrOverride?: JsonObject;
  claimsToSuppress?: string[];
  scopesToAdd?: string[];
  scopesToSuppress?: string[];
}

async function tokenOverrides(
  context: Context,
  pool: Pool,
  client: PoolClient,
  user: User,
  groups: string[],
  source: string,
) {
  const v1 = pool.triggers.PreTokenGenerationVersion === 'V1_0';
  const field = v1 ? 'claimsOverrideDetails' : 'claimsAndScopeOverrideDetails';
  const response = await runTrigger(context, 'PreTokenGeneration', {
    pool,
    user,
    clientId: client.id,
    source,
    version: v1 ? '1' : pool.triggers.PreTokenGenerationVersion.charAt(1),
    request: {
      groupConfiguration: { groupsToOverride: groups, iamRolesToOverride: [], preferredRole: null },
      ...(v1 ? {} : { scopes: [signInScope] }),
    },
    response: { [field]: null },
  });
  const details = (response[field] ?? {}) as JsonObject & {
    groupOverrideDetails?: { groupsToOverride?: string[] } | null;
    idTokenGeneration?: ClaimChanges | null;
    accessTokenGeneration?: ClaimChanges | null;
  };
  const forAccess: ClaimChanges = (v1 ? undefined : details.accessTokenGeneration) ?? {};
  const forId: ClaimChanges = (v1 ? (details as ClaimChanges) : details.idTokenGeneration) ?? {};
  const scopes = [signInScope, ...(forAccess.scopesToAdd ?? [])];
  return {
    groups: details.groupOverrideDetails?.groupsToOverride,
    scope: scopes.filter((scope) => !forAccess.scopesToSuppress?.includes(scope)).join(' '),
    access: (claims: JsonObject) => changeClaims(claims, forAccess),
    id: (claims: JsonObject) => changeClaims(claims, forId),
  };
}

function changeClaims(claims: JsonObject, { claimsToAddOrOverride = {}, claimsToSuppress }: ClaimChanges): JsonObject {
  const changed = { ...claims, ...claimsToAddOrOverride };
  return Object.fromEntries(Object.entries(changed).filter(([name]) => !claimsToSuppress?.includes(name)));
}

function signToken(context: Context, pool: Pool, claims: JsonObject): string {
  const { kid, privateKey } = keyOf(context, pool);
  const part = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ kid, alg: 'RS256' })}.${part(claims)}`;
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), privateKey).toString('base64url')}`;
}

/** Who holds an access token. Throws NotAuthorizedException: invalid, expired, revoked; or the user is gone or disabled. */
export function holderOf(
  context: Context,
  token: unknown,
): { pool: Pool; client: PoolClient; user: User; originJti: string } {
  const claims = verifiedClaims(context, String(token ?? ''));
  const pool = findPool(context, String(claims.iss).split('/').pop());
  const client = context.clients.get(String(claims.client_id));
  const originJti = String(claims.origin_jti ?? '');
  if (Number(claims.exp) <= nowSeconds()) throw notAuthorized('Access Token has expired');
  if (!client || claims.token_use !== 'access') throw notAuthorized('Invalid Access Token');
  if (!String(claims.scope).split(' ').includes(signInScope)) {
    throw notAuthorized('Access Token does not have required scopes');
  }
  if (originJti && context.store.session(originJti)?.revoked !== false) {
    throw notAuthorized('Access Token has been revoked');
  }
  const user = context.store.user(pool.id, String(claims.username));
  if (!user) throw notAuthorized('Access Token has been revoked');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  return { pool, client, user, originJti };
}

function verifiedClaims(context: Context, token: string): JsonObject {
  const [head = '', body = '', signature = ''] = token.split('.');
  try {
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as JsonObject;
    const pool = findPool(context, String(claims.iss).split('/').pop());
    const { publicKey } = keyOf(context, pool);
    const content = Buffer.from(`${head}.${body}`);
    if (verify('RSA-SHA256', content, publicKey, Buffer.from(signature, 'base64url'))) return claims;
  } catch {
    throw notAuthorized('Invalid Access Token');
  }
  throw notAuthorized('Invalid Access Token');
}
