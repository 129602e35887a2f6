/** Registration and forgotten passwords. */
import type { JsonObject } from '../../types.ts';
import { assertSchema, assertWritable, attributesOf } from './attributes.ts';
import { pretendedDelivery, sendCode, spendCode } from './codes.ts';
import { expiredCode, invalidParameter, notAuthorized, userNotFound } from './errors.ts';
import type { Context, Operation, Pool, PoolClient, User } from './model.ts';
import { assertPasswordPolicy, hashPassword } from './passwords.ts';
import { runTrigger } from './triggers.ts';
import { clientOf, insertUser, lookUpUser, newUser, updateUser } from './users.ts';

const signUp: Operation = async (context, input) => {
  const { client, pool } = clientOf(context, input);
  const adminOnly = pool.properties.AdminCreateUserConfig as JsonObject | undefined;
  if (adminOnly?.AllowAdminCreateUserOnly === true) throw notAuthorized('SignUp is not permitted for this user pool');
  const attributes = attributesOf(input.UserAttributes);
  assertWritable(client, Object.keys(attributes));
  const user = newUser(pool, String(input.Username ?? ''), attributes, 'UNCONFIRMED');
  assertSchema(pool, user.attributes);
  assertPasswordPolicy(String(input.Password ?? ''), pool.passwordPolicy);
  const answer = await runTrigger(context, 'PreSignUp', {
    pool,
    user,
    clientId: client.id,
    source: 'PreSignUp_SignUp',
    request: { validationData: attributesOf(input.ValidationData), clientMetadata: input.ClientMetadata ?? {} },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  user.passwordHash = await hashPassword(String(input.Password));
  if (answer.autoConfirmUser === true) user.status = 'CONFIRMED';
  if (answer.autoVerifyEmail === true) user.attributes.email_verified = 'true';
  insertUser(context, pool, user);
  const result: JsonObject = { UserConfirmed: user.status === 'CONFIRMED', UserSub: user.sub };
  if (user.status === 'CONFIRMED') {
    await afterConfirmation(context, pool, client, user, 'PostConfirmation_ConfirmSignUp');
    return result;
  }
  if (!pool.autoVerified.includes('email') || !user.attributes.email) return result;
  const sending = {
    pool,
    user,
    clientId: client.id,
    purpose: 'signup',
    source: 'CustomMessage_SignUp',
    input,
  } as const;
  return { ...result, CodeDeliveryDetails: await sendCode(context, sending) };
};

const confirmSignUp: Operation = async (context, input) => {
  const { client, pool } = clientOf(context, input);
  const user = lookUpUser(context, pool, String(input.Username));
  if (!user) throw client.hidesUserExistence ? expiredCode() : userNotFound();
  if (user.status !== 'UNCONFIRMED') {
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  }
  spendCode(context, user, 'signup', input.ConfirmationCode);
  const confirmed = updateUser(context, pool, user, (current) => {
    current.status = 'CONFIRMED';
    current.attributes.email_verified = 'true';
  });
  await afterConfirmation(context, pool, client, confirmed, 'PostConfirmation_ConfirmSignUp');
  return {};
};

const resendConfirmationCode: Operation = async (context, input) => {
  const { client, pool } = clientOf(context, input);
  const user = lookUpUser(context, pool, String(input.Username));
  if (!user) {
    if (!client.hidesUserExistence) throw userNotFound();
    return { CodeDeliveryDetails: pretendedDelivery(String(input.Username)) };
  }
  if (user.status !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.');
  const sending = {
    pool,
    user,
    clientId: client.id,
    purpose: 'signup',
    source: 'CustomMessage_ResendCode',
    input,
  } as const;
  return { CodeDeliveryDetails: await sendCode(context, sending) };
};

const forgotPassword: Operation = async (context, input) => {
  const { client, pool } = clientOf(context, input);
  const user = lookUpUser(context, pool, String(input.Username));
  if (!user) {
    if (!client.hidesUserExistence) throw userNotFound();
    return { CodeDeliveryDetails: pretendedDelivery(String(input.Username)) };
  }
  if (!user.enabled) throw notAuthorized('User is disabled.');
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    throw notAuthorized('User password cannot be reset in the current state.');
  }
  if (user.attributes.email_verified !== 'true') {
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  }
  const sending = {
    pool,
    user,
    clientId: client.id,
    purpose: 'reset',
    source: 'CustomMessage_ForgotPassword',
    input,
  } as const;
  return { CodeDeliveryDetails: await sendCode(context, sending) };
};

const confirmForgotPassword: Operation = async (context, input) => {
  const { client, pool } = clientOf(context, input);
  const user = lookUpUser(context, pool, String(input.Username));
  if (!user) throw client.hidesUserExistence ? expiredCode() : userNotFound();
  if (!user.enabled) throw notAuthorized('User is disabled.');
  assertPasswordPolicy(String(input.Password ?? ''), pool.passwordPolicy);
  spendCode(context, user, 'reset', input.ConfirmationCode);
  const passwordHash = await hashPassword(String(input.Password));
  const changed = updateUser(context, pool, user, (current) => {
    current.passwordHash = passwordHash;
    current.status = 'CONFIRMED';
  });
  await afterConfirmation(context, pool, client, changed, 'PostConfirmation_ConfirmForgotPassword');
  return {};
};

async function afterConfirmation(context: Context, pool: Pool, client: PoolClient, user: User, source: string) {
  await runTrigger(context, 'PostConfirmation', { pool, user, clientId: client.id, source });
}

export const signUpOperations: Record<string, Operation> = {
  SignUp: signUp,
  ConfirmSignUp: confirmSignUp,
  ResendConfirmationCode: resendConfirmationCode,
  ForgotPassword: forgotPassword,
  ConfirmForgotPassword: confirmForgotPassword,
};
