/** Signing in by password, the challenges that may follow, and new tokens for a refresh token. */
import { randomBytes } from 'node:crypto';
import { AwsError, type JsonObject } from '../../types.ts';
import { assertSchema } from './attributes.ts';
import { codeMismatch, invalidParameter, notAuthorized, userNotFound } from './errors.ts';
import type { Context, Operation, Pool, PoolClient, User } from './model.ts';
import { assertPasswordPolicy, hashPassword, verifyPassword } from './passwords.ts';
import { findPool } from './pools.ts';
import type { Challenge } from './store.ts';
import { addRefreshToken, hashOf, makeTokens, startSession } from './tokens.ts';
import { acceptedStep } from './totp.ts';
import { runTrigger } from './triggers.ts';
import { clientOf, findUser, lookUpUser, nowSeconds, updateUser } from './users.ts';

/** How long a challenge may be answered, in seconds. */
const challengeSeconds = 180;
const challengeFailureLimit = 5;
type Parameters = Record<string, string | undefined>;

const initiateAuth: Operation = (context, input) => initiate(context, input, ['USER_PASSWORD_AUTH']);
const adminInitiateAuth: Operation = (context, input) => {
  findPool(context, input.UserPoolId);
  return initiate(context, input, ['ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH']);
};

async function initiate(context: Context, input: JsonObject, passwordFlows: string[]): Promise<JsonObject> {
  const parameters = (input.AuthParameters ?? {}) as Parameters;
  const flow = String(input.AuthFlow);
  if (flow === 'REFRESH_TOKEN_AUTH' || flow === 'REFRESH_TOKEN') return refreshByFlow(context, input, parameters);
  if (!passwordFlows.includes(flow)) {
    throw invalidParameter(`AuthFlow ${flow} is not supported by the local platform; use ${passwordFlows[0]}.`);
  }
  if (parameters.USERNAME === undefined) throw invalidParameter('Missing required parameter USERNAME');
  if (parameters.PASSWORD === undefined) throw invalidParameter('Missing required parameter PASSWORD');
  const { client, pool } = clientOf(context, input, parameters.SECRET_HASH, parameters.USERNAME);
  assertFlow(client, flow === 'ADMIN_NO_SRP_AUTH' ? 'ADMIN_USER_PASSWORD_AUTH' : flow);
  const user = await checkPassword(context, pool, client, parameters.USERNAME, parameters.PASSWORD);
  await runTrigger(context, 'PreAuthentication', {
    pool,
    user,
    clientId: client.id,
    source: 'PreAuthentication_Authentication',
    request: { validationData: input.ClientMetadata ?? {} },
  });
  return nextStep(context, pool, client, user);
}

async function checkPassword(
  context: Context,
  pool: Pool,
  client: PoolClient,
  username: string,
  password: string,
): Promise<User> {
  const user = lookUpUser(context, pool, username);
  const account = `${pool.id}/${user?.username ?? username.toLowerCase()}`;
  context.lockOut.assertOpen(account);
  const right = await verifyPassword(password, user?.passwordHash);
  if (!user) {
    context.lockOut.failed(account);
    throw client.hidesUserExistence ? notAuthorized() : userNotFound();
  }
  if (user.status === 'RESET_REQUIRED') {
    throw new AwsError('PasswordResetRequiredException', 'Password reset required for the user');
  }
  if (!right) {
    context.lockOut.failed(account);
    throw notAuthorized();
  }
  context.lockOut.succeeded(account);
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (user.status === 'UNCONFIRMED') throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  if (user.status === 'FORCE_CHANGE_PASSWORD' && (user.passwordExpiresAt ?? Number.POSITIVE_INFINITY) < nowSeconds()) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  }
  return user;
}

/** A challenge where one is due, otherwise the tokens. */
async function nextStep(context: Context, pool: Pool, client: PoolClient, user: User): Promise<JsonObject> {
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    const required = [...pool.schema.values()].filter(({ name, required: must }) => must && !user.attributes[name]);
    return challenge(context, client, user, 'NEW_PASSWORD_REQUIRED', {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(required.map(({ name }) => `userAttributes.${name}`)),
      userAttributes: JSON.stringify(user.attributes),
    });
  }
  if (user.mfa.enabled && pool.mfa !== 'OFF') {
    return challenge(context, client, user, 'SOFTWARE_TOKEN_MFA', { USER_ID_FOR_SRP: user.username });
  }
  if (pool.mfa === 'ON') {
    return challenge(context, client, user, 'MFA_SETUP', {
      USER_ID_FOR_SRP: user.username,
      MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]',
    });
  }
  return finish(context, pool, client, user, 'TokenGeneration_Authentication');
}

function challenge(
  { store }: Context,
  client: PoolClient,
  { pool, username }: User,
  name: string,
  parameters: Record<string, string>,
): JsonObject {
  const session = randomBytes(96).toString('base64url');
  const expiresAt = nowSeconds() + challengeSeconds;
  store.saveChallenge(session, { name, client: client.id, pool, username, expiresAt, failures: 0 });
  return { ChallengeName: name, Session: session, ChallengeParameters: parameters };
}

async function finish(context: Context, pool: Pool, client: PoolClient, user: User, source: string) {
  await runTrigger(context, 'PostAuthentication', {
    pool,
    user,
    clientId: client.id,
    source: 'PostAuthentication_Authentication',
    request: { newDeviceUsed: false },
  });
  const result = await startSession(context, pool, client, user, source);
  return { ChallengeParameters: {}, AuthenticationResult: result };
}

const respondToAuthChallenge: Operation = async (context, input) => {
  const responses = (input.ChallengeResponses ?? {}) as Parameters;
  if (responses.USERNAME === undefined) throw invalidParameter('Missing required parameter USERNAME');
  const { client, pool } = clientOf(context, input, responses.SECRET_HASH, responses.USERNAME);
  const session = String(input.Session);
  const open = openChallenge(context, session, client);
  if (open.name !== input.ChallengeName)
    throw invalidParameter(`Challenge ${input.ChallengeName} is not the one asked.`);
  const user = findUser(context, pool, open.username);
  if (lookUpUser(context, pool, responses.USERNAME)?.username !== user.username)
    throw notAuthorized('Invalid session for the user.');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  switch (open.name) {
    case 'SOFTWARE_TOKEN_MFA': {
      acceptCode(context, pool, user, responses.SOFTWARE_TOKEN_MFA_CODE, session, open);
      context.store.deleteChallenge(session);
      return finish(context, pool, client, user, 'TokenGeneration_Authentication');
    }
    case 'NEW_PASSWORD_REQUIRED': {
      const changed = await takeNewPassword(context, pool, user, responses);
      context.store.deleteChallenge(session);
      return nextStep(context, pool, client, changed);
    }
    // VerifySoftwareToken with this session came before, and left the user with a second factor.
    case 'MFA_SETUP': {
      if (!user.mfa.enabled) throw invalidParameter('A software token must be verified first.');
      context.store.deleteChallenge(session);
      return finish(context, pool, client, user, 'TokenGeneration_Authentication');
    }
    default:
      throw invalidParameter(`Challenge ${open.name} is not supported by the local platform.`);
  }
};

/** The challenge of a session. Throws NotAuthorizedException when there is none, or its time is over. */
export function openChallenge({ store }: Context, session: string, client?: PoolClient): Challenge {
  const open = store.challenge(session);
  if (!open || (client && open.client !== client.id)) throw notAuthorized('Invalid session for the user.');
  if (open.expiresAt <= nowSeconds()) {
    store.deleteChallenge(session);
    throw notAuthorized('Invalid session for the user, session is expired.');
  }
  return open;
}

function acceptCode(
  context: Context,
  pool: Pool,
  user: User,
  code: string | undefined,
  session: string,
  open: Challenge,
): void {
  const { secret = '', lastStep } = user.mfa;
  const step = code === undefined ? undefined : acceptedStep(secret, code, nowSeconds(), lastStep);
  if (step === undefined) {
    if (code !== undefined && acceptedStep(secret, code, nowSeconds()) !== undefined) {
      throw new AwsError('ExpiredCodeException', 'Your software token has already been used once.');
    }
    if (open.failures + 1 >= challengeFailureLimit) context.store.deleteChallenge(session);
    else context.store.saveChallenge(session, { ...open, failures: open.failures + 1 });
    throw codeMismatch('Invalid code received for user');
  }
  updateUser(context, pool, user, (current) => {
    current.mfa.lastStep = step;
  });
}

async function takeNewPassword(context: Context, pool: Pool, user: User, responses: Parameters): Promise<User> {
  const password = responses.NEW_PASSWORD ?? '';
  assertPasswordPolicy(password, pool.passwordPolicy);
  const attributes = Object.fromEntries(
    Object.entries(responses)
      .filter(([name]) => name.startsWith('userAttributes.'))
      .map(([name, value]) => [name.slice('userAttributes.'.length), value ?? '']),
  );
  assertSchema(pool, attributes, user);
  const passwordHash = await hashPassword(password);
  return updateUser(context, pool, user, (current) => {
    Object.assign(current.attributes, attributes);
    current.passwordHash = passwordHash;
    current.passwordExpiresAt = undefined;
    current.status = 'CONFIRMED';
  });
}

async function refreshByFlow(context: Context, input: JsonObject, parameters: Parameters): Promise<JsonObject> {
  const { client } = clientOf(context, input, undefined, undefined);
  if (client.rotation) {
    throw invalidParameter('REFRESH_TOKEN_AUTH is not supported when refresh token rotation is enabled.');
  }
  assertFlow(client, 'REFRESH_TOKEN_AUTH');
  const result = await refresh(context, input, String(parameters.REFRESH_TOKEN));
  return { ChallengeParameters: {}, AuthenticationResult: result };
}

const getTokensFromRefreshToken: Operation = async (context, input) => {
  const { client } = clientOf(context, input, undefined, undefined);
  if (client.secret && input.ClientSecret !== client.secret) throw notAuthorized('Client secret does not match.');
  return { AuthenticationResult: await refresh(context, input, String(input.RefreshToken)) };
};

/**
 * New tokens of the same session. With rotation also a new refresh token, valid for the remaining time of the first; the old
 * one ends after the grace period, and using it then is RefreshTokenReuseException (the session goes on, as in AWS).
 */
async function refresh(context: Context, input: JsonObject, token: string): Promise<JsonObject> {
  const { client, pool } = clientOf(context, input, undefined, undefined);
  const { store } = context;
  const hash = hashOf(token);
  const known = store.refreshToken(hash);
  const session = known && store.session(known.originJti);
  if (!known || !session || session.client !== client.id) throw notAuthorized('Invalid Refresh Token');
  if (session.revoked) throw notAuthorized('Refresh Token has been revoked');
  if (session.refreshExpiresAt <= nowSeconds()) throw notAuthorized('Refresh Token has expired');
  const user = store.user(pool.id, session.username);
  if (!user) throw notAuthorized('Invalid Refresh Token');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  const rotation = client.rotation;
  if (known.rotatedAt !== undefined && Date.now() >= known.rotatedAt + (rotation?.graceSeconds ?? 0) * 1000) {
    throw new AwsError('RefreshTokenReuseException', 'Refresh token has been invalidated by rotation.');
  }
  // Taken before anything is awaited: of two uses at once, without grace, only one succeeds.
  if (rotation) store.markRotated(hash, Date.now());
  const tokens = await makeTokens(context, pool, client, user, session, 'TokenGeneration_RefreshTokens');
  return rotation ? { ...tokens, RefreshToken: addRefreshToken(context, session) } : tokens;
}

const revokeToken: Operation = (context, input) => {
  const { client } = clientOf(context, input, undefined, undefined);
  if (client.secret && input.ClientSecret !== client.secret) {
    throw new AwsError('UnauthorizedException', 'Client secret does not match.');
  }
  if (!client.revocation) {
    throw new AwsError('UnsupportedOperationException', 'Token revocation is not enabled for this client.');
  }
  const known = context.store.refreshToken(hashOf(String(input.Token)));
  const session = known && context.store.session(known.originJti);
  if (!session) return {};
  if (session.client !== client.id) {
    throw new AwsError('UnauthorizedException', 'The token was issued to another client.');
  }
  context.store.revokeSession(session.originJti);
  return {};
};

function assertFlow(client: PoolClient, flow: string): void {
  const allowed = client.flows.some((name) => name === flow || name === `ALLOW_${flow}`);
  if (!allowed) throw invalidParameter(`${flow} flow not enabled for this client`);
}

export const signInOperations: Record<string, Operation> = {
  InitiateAuth: initiateAuth,
  AdminInitiateAuth: adminInitiateAuth,
  RespondToAuthChallenge: respondToAuthChallenge,
  AdminRespondToAuthChallenge: respondToAuthChallenge,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  RevokeToken: revokeToken,
};
