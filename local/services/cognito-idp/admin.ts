/** What an administrator, by IAM rights, may do with users. */
import { AwsError, type JsonObject } from '../../types.ts';
import { removeAttributes } from './account.ts';
import { allAttributes, assertSchema, attributeList, attributesOf } from './attributes.ts';
import { sendCode, sendInvitation } from './codes.ts';
import { invalidParameter, notAuthorized } from './errors.ts';
import type { Context, Operation, Pool, User } from './model.ts';
import { assertPasswordPolicy, hashPassword, temporaryPassword } from './passwords.ts';
import { findPool } from './pools.ts';
import { runTrigger } from './triggers.ts';
import { findUser, insertUser, mfaView, newUser, nowSeconds, updateUser, userView } from './users.ts';

const anyClient = 'CLIENT_ID_NOT_APPLICABLE';

/** An operation on one user of one pool. */
function onUser(
  work: (context: Context, pool: Pool, user: User, input: JsonObject) => JsonObject | Promise<JsonObject>,
): Operation {
  return (context, input) => {
    const pool = findPool(context, input.UserPoolId);
    return work(context, pool, findUser(context, pool, input.Username), input);
  };
}

const adminCreateUser: Operation = async (context, input) => {
  const pool = findPool(context, input.UserPoolId);
  const password = String(input.TemporaryPassword ?? temporaryPassword(pool.passwordPolicy.MinimumLength));
  assertPasswordPolicy(password, pool.passwordPolicy);
  const passwordHash = await hashPassword(password);
  const days = pool.passwordPolicy.TemporaryPasswordValidityDays ?? 7;
  const credentials = { passwordHash, passwordExpiresAt: nowSeconds() + days * 86_400 };
  if (input.MessageAction === 'RESEND') {
    const user = findUser(context, pool, input.Username);
    if (user.status !== 'FORCE_CHANGE_PASSWORD') {
      throw new AwsError(
        'UnsupportedUserStateException',
        'Resend not possible. User status is not FORCE_CHANGE_PASSWORD',
      );
    }
    const again = updateUser(context, pool, user, (current) => Object.assign(current, credentials));
    await sendInvitation(context, pool, again, password, input);
    return { User: userView(again) };
  }
  const attributes = attributesOf(input.UserAttributes);
  const made = newUser(pool, String(input.Username ?? ''), attributes, 'FORCE_CHANGE_PASSWORD');
  const user = { ...made, ...credentials };
  assertSchema(pool, user.attributes);
  await runTrigger(context, 'PreSignUp', {
    pool,
    user,
    clientId: anyClient,
    source: 'PreSignUp_AdminCreateUser',
    request: { validationData: attributesOf(input.ValidationData), clientMetadata: input.ClientMetadata ?? {} },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  if (input.MessageAction !== 'SUPPRESS' && !user.attributes.email) {
    throw invalidParameter('User has no email address for the invitation; use MessageAction SUPPRESS.');
  }
  insertUser(context, pool, user);
  if (input.MessageAction !== 'SUPPRESS') {
    await sendInvitation(context, pool, user, password, input);
  }
  const { Attributes, ...view } = userView(user);
  return { User: { ...view, Attributes: Attributes ?? [] } };
};

const adminGetUser = onUser((_context, _pool, user) => {
  const { Attributes: _all, ...view } = userView(user);
  return { ...view, UserAttributes: attributeList(allAttributes(user)), ...mfaView(user) };
});

const adminSetUserPassword = onUser(async (context, pool, user, input) => {
  assertPasswordPolicy(String(input.Password ?? ''), pool.passwordPolicy);
  const passwordHash = await hashPassword(String(input.Password));
  const days = pool.passwordPolicy.TemporaryPasswordValidityDays ?? 7;
  updateUser(context, pool, user, (current) => {
    current.passwordHash = passwordHash;
    current.status = input.Permanent === true ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
    current.passwordExpiresAt = input.Permanent === true ? undefined : nowSeconds() + days * 86_400;
  });
  return {};
});

const adminUpdateUserAttributes = onUser((context, pool, user, input) => {
  const changed = attributesOf(input.UserAttributes);
  assertSchema(pool, changed, user);
  updateUser(context, pool, user, ({ attributes }) => {
    const newAddress = changed.email !== undefined && changed.email !== attributes.email;
    if (newAddress && changed.email_verified === undefined) attributes.email_verified = 'false';
    Object.assign(attributes, changed);
  });
  return {};
});

const adminConfirmSignUp = onUser(async (context, pool, user) => {
  if (user.status !== 'UNCONFIRMED') {
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  }
  const confirmed = updateUser(context, pool, user, (current) => {
    current.status = 'CONFIRMED';
  });
  context.store.deleteCode(user, 'signup');
  const source = 'PostConfirmation_ConfirmSignUp';
  await runTrigger(context, 'PostConfirmation', { pool, user: confirmed, clientId: anyClient, source });
  return {};
});

const adminResetUserPassword = onUser(async (context, pool, user, input) => {
  if (user.attributes.email_verified !== 'true') {
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  }
  const reset = updateUser(context, pool, user, (current) => {
    current.status = 'RESET_REQUIRED';
  });
  const source = 'CustomMessage_ForgotPassword';
  await sendCode(context, { pool, user: reset, clientId: anyClient, purpose: 'reset', source, input });
  return {};
});

function setEnabled(enabled: boolean): Operation {
  return onUser((context, pool, user) => {
    updateUser(context, pool, user, (current) => {
      current.enabled = enabled;
    });
    // AWS revokes the tokens of a user that is disabled.
    if (!enabled) context.store.revokeSessionsOf(user);
    return {};
  });
}

export const adminOperations: Record<string, Operation> = {
  AdminCreateUser: adminCreateUser,
  AdminGetUser: adminGetUser,
  AdminSetUserPassword: adminSetUserPassword,
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  AdminDeleteUserAttributes: onUser((context, pool, user, input) => {
    removeAttributes(context, pool, user, (input.UserAttributeNames ?? []) as string[]);
    return {};
  }),
  AdminConfirmSignUp: adminConfirmSignUp,
  AdminResetUserPassword: adminResetUserPassword,
  AdminDisableUser: setEnabled(false),
  AdminEnableUser: setEnabled(true),
  AdminDeleteUser: onUser((context, _pool, user) => {
    context.store.deleteUser(user);
    return {};
  }),
  AdminUserGlobalSignOut: onUser((context, _pool, user) => {
    context.store.revokeSessionsOf(user);
    return {};
  }),
};
