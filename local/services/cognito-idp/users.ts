/** Finding and keeping users, and the client that a request names. */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { AwsError, type Json, type JsonObject } from '../../types.ts';
import { allAttributes, attributeList } from './attributes.ts';
import { notAuthorized, notFound, userNotFound } from './errors.ts';
import type { Context, Pool, PoolClient, User, UserStatus } from './model.ts';
import { findPool } from './pools.ts';

export const nowSeconds = () => Math.floor(Date.now() / 1000);

/** The client of a request and its pool. Checks SecretHash where the client has a secret and the request a username. */
export function clientOf(
  context: Context,
  input: JsonObject,
  secretHash = input.SecretHash,
  username = input.Username,
) {
  const client = context.clients.get(String(input.ClientId));
  if (!client) throw notFound(`User pool client ${input.ClientId} does not exist.`);
  if (client.secret && username !== undefined) assertSecretHash(client, String(username), secretHash);
  return { client, pool: findPool(context, client.poolId) };
}

function assertSecretHash(client: PoolClient, username: string, given: Json | undefined): void {
  if (given === undefined) {
    throw notAuthorized(`Client ${client.id} is configured with secret but SECRET_HASH was not received`);
  }
  const hash = createHmac('sha256', client.secret ?? '')
    .update(username + client.id)
    .digest();
  const received = Buffer.from(String(given), 'base64');
  if (received.length !== hash.length || !timingSafeEqual(received, hash)) {
    throw notAuthorized(`SecretHash does not match for the client: ${client.id}`);
  }
}

/** By username, by an attribute that the pool allows for signing in, or by `sub`. */
export function lookUpUser({ store }: Context, pool: Pool, name: string): User | undefined {
  return store.user(pool.id, name) ?? store.userByAlias(pool.id, folded(pool, name)) ?? store.userBySub(pool.id, name);
}

/** For administrators: throws UserNotFoundException. */
export function findUser(context: Context, pool: Pool, name: Json | undefined): User {
  const user = lookUpUser(context, pool, String(name));
  if (!user) throw userNotFound();
  return user;
}

/** A user that is not stored yet, or UsernameExistsException. */
export function newUser(pool: Pool, username: string, attributes: Record<string, string>, status: UserStatus): User {
  const sub = randomUUID();
  const byAttribute = pool.usernameAttributes.length > 0;
  const kind = username.includes('@') ? 'email' : 'phone_number';
  if (byAttribute && (!pool.usernameAttributes.includes(kind) || username === '')) {
    throw new AwsError('InvalidParameterException', 'Username should be an email.');
  }
  const now = nowSeconds();
  return {
    pool: pool.id,
    username: byAttribute ? sub : folded(pool, username),
    sub,
    attributes: byAttribute ? { ...attributes, [kind]: username } : attributes,
    status,
    enabled: true,
    createdAt: now,
    updatedAt: now,
    groups: [],
    mfa: { enabled: false, preferred: false },
  };
}

/** Stores a new user unless its name is taken; no other user can slip in between. */
export function insertUser(context: Context, pool: Pool, user: User): void {
  const { store } = context;
  store.transaction(() => {
    for (const attribute of pool.usernameAttributes) {
      const value = user.attributes[attribute];
      if (value && store.userByAlias(pool.id, folded(pool, value))) {
        const what = attribute === 'email' ? 'email' : 'phone_number';
        throw new AwsError('UsernameExistsException', `An account with the given ${what} already exists.`);
      }
    }
    if (store.user(pool.id, user.username)) throw new AwsError('UsernameExistsException', 'User already exists');
    store.saveUser(user);
    store.setAliases(user, aliasesOf(pool, user));
  });
}

/**
 * Reads the user again, changes and stores it in one step, so that nothing that happened meanwhile is undone. Throws
 * AliasExistsException when another confirmed user has the same address.
 */
export function updateUser(context: Context, pool: Pool, user: User, change: (user: User) => void): User {
  const { store } = context;
  return store.transaction(() => {
    const current = store.user(user.pool, user.username);
    if (!current) throw userNotFound();
    change(current);
    current.updatedAt = nowSeconds();
    const aliases = aliasesOf(pool, current);
    for (const alias of aliases) {
      const holder = store.userByAlias(pool.id, alias);
      if (holder && holder.username !== current.username) {
        throw new AwsError('AliasExistsException', 'An account with the given email already exists.');
      }
    }
    store.saveUser(current);
    store.setAliases(current, aliases);
    return current;
  });
}

function aliasesOf(pool: Pool, user: User): string[] {
  const names = [user.username, ...pool.usernameAttributes.map((name) => user.attributes[name])];
  for (const name of pool.aliasAttributes) {
    const verified = name === 'preferred_username' || user.attributes[`${name}_verified`] === 'true';
    if (verified && user.status !== 'UNCONFIRMED') names.push(user.attributes[name]);
  }
  return [
    ...new Set(names.filter((name) => name !== undefined && name !== '').map((name) => folded(pool, name ?? ''))),
  ];
}

export function folded(pool: Pool, name: string): string {
  return pool.caseSensitive ? name : name.toLowerCase();
}

/** A user as administrators and lists see it. */
export function userView(user: User): JsonObject {
  return {
    Username: user.username,
    Attributes: attributeList(allAttributes(user)),
    UserCreateDate: user.createdAt,
    UserLastModifiedDate: user.updatedAt,
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}

export function mfaView(user: User): JsonObject {
  if (!user.mfa.enabled) return {};
  const chosen = { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] };
  return user.mfa.preferred ? { ...chosen, PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' } : chosen;
}
