/** The second factor: software tokens (authenticator apps). SMS and mail codes are not offered. */
import { AwsError, type Json, type JsonObject } from '../../types.ts';
import { invalidParameter } from './errors.ts';
import type { Context, Operation, Pool, User } from './model.ts';
import { findPool } from './pools.ts';
import { openChallenge } from './sign-in.ts';
import { holderOf } from './tokens.ts';
import { acceptedStep, makeSecret } from './totp.ts';
import { findUser, nowSeconds, updateUser } from './users.ts';

/** By access token, or by the session of a challenge MFA_SETUP. */
function subjectOf(context: Context, input: JsonObject): { pool: Pool; user: User; session?: string } {
  if (input.AccessToken !== undefined) return holderOf(context, input.AccessToken);
  const session = String(input.Session);
  const open = openChallenge(context, session);
  if (open.name !== 'MFA_SETUP') throw invalidParameter('The session is not one of MFA_SETUP.');
  const pool = findPool(context, open.pool);
  return { pool, user: findUser(context, pool, open.username), session };
}

const associateSoftwareToken: Operation = (context, input) => {
  const { pool, user, session } = subjectOf(context, input);
  if (pool.mfa === 'OFF') {
    throw new AwsError('SoftwareTokenMFANotFoundException', 'Software Token MFA has not been enabled by the userPool');
  }
  const secret = makeSecret();
  updateUser(context, pool, user, ({ mfa }) => {
    mfa.pending = secret;
  });
  return { SecretCode: secret, ...(session === undefined ? {} : { Session: session }) };
};

const verifySoftwareToken: Operation = (context, input) => {
  const { pool, user, session } = subjectOf(context, input);
  const { pending } = user.mfa;
  if (!pending) throw invalidParameter('No software token has been associated.');
  const step = acceptedStep(pending, String(input.UserCode), nowSeconds());
  if (step === undefined) throw new AwsError('EnableSoftwareTokenMFAException', 'Code mismatch');
  updateUser(context, pool, user, (current) => {
    // In the course of MFA_SETUP the pool demands the factor, so it is on at once; otherwise SetUserMFAPreference says.
    const on = session !== undefined || current.mfa.enabled;
    current.mfa = { secret: pending, enabled: on, preferred: on, lastStep: step };
  });
  return { Status: 'SUCCESS', ...(session === undefined ? {} : { Session: session }) };
};

function setPreference(context: Context, pool: Pool, user: User, input: JsonObject): JsonObject {
  for (const other of ['SMSMfaSettings', 'EmailMfaSettings']) {
    if ((input[other] as JsonObject | undefined)?.Enabled === true) {
      throw invalidParameter(`${other} is not supported by the local platform.`);
    }
  }
  const settings = input.SoftwareTokenMfaSettings as Record<string, Json> | undefined;
  if (!settings) return {};
  if (settings.Enabled === true && !user.mfa.secret) {
    throw invalidParameter('User has not verified software token mfa');
  }
  updateUser(context, pool, user, ({ mfa }) => {
    mfa.enabled = settings.Enabled === true;
    mfa.preferred = mfa.enabled && settings.PreferredMfa === true;
  });
  return {};
}

export const mfaOperations: Record<string, Operation> = {
  AssociateSoftwareToken: associateSoftwareToken,
  VerifySoftwareToken: verifySoftwareToken,
  SetUserMFAPreference: (context, input) => {
    const { pool, user } = holderOf(context, input.AccessToken);
    return setPreference(context, pool, user, input);
  },
  AdminSetUserMFAPreference: (context, input) => {
    const pool = findPool(context, input.UserPoolId);
    return setPreference(context, pool, findUser(context, pool, input.Username), input);
  },
};
