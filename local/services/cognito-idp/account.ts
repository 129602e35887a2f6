/** What the holder of an access token may do with the own account. */
import type { JsonObject } from '../../types.ts';
import { allAttributes, assertSchema, assertWritable, attributeList, attributesOf, readableBy } from './attributes.ts';
import { sendCode, spendCode } from './codes.ts';
import { invalidParameter, notAuthorized } from './errors.ts';
import type { Context, Operation, Pool, User } from './model.ts';
import { assertPasswordPolicy, hashPassword, verifyPassword } from './passwords.ts';
import { holderOf } from './tokens.ts';
import { mfaView, updateUser } from './users.ts';

const getUser: Operation = (context, { AccessToken }) => {
  const { client, user } = holderOf(context, AccessToken);
  const attributes = readableBy(client, allAttributes(user));
  return { Username: user.username, UserAttributes: attributeList(attributes), ...mfaView(user) };
};

const updateUserAttributes: Operation = async (context, input) => {
  const { pool, client, user } = holderOf(context, input.AccessToken);
  const changed = attributesOf(input.UserAttributes);
  assertWritable(client, Object.keys(changed));
  assertSchema(pool, changed, user);
  const address = changed.email !== undefined && changed.email !== user.attributes.email;
  const current = updateUser(context, pool, user, ({ attributes }) => {
    Object.assign(attributes, changed);
    if (address) attributes.email_verified = 'false';
  });
  if (!address || !pool.autoVerified.includes('email')) return { CodeDeliveryDetailsList: [] };
  const source = 'CustomMessage_UpdateUserAttribute';
  const sending = { pool, user: current, clientId: client.id, purpose: 'verify:email', source, input } as const;
  return { CodeDeliveryDetailsList: [await sendCode(context, sending)] };
};

const deleteUserAttributes: Operation = (context, input) => {
  const { pool, client, user } = holderOf(context, input.AccessToken);
  const names = (input.UserAttributeNames ?? []) as string[];
  assertWritable(client, names);
  removeAttributes(context, pool, user, names);
  return {};
};

/** Throws InvalidParameterException for required and immutable attributes. */
export function removeAttributes(context: Context, pool: Pool, user: User, names: string[]): void {
  for (const name of names) {
    const attribute = pool.schema.get(name);
    if (!attribute || attribute.required || !attribute.mutable) {
      throw invalidParameter(`user.${name}: Attribute cannot be deleted.\n`);
    }
  }
  updateUser(context, pool, user, ({ attributes }) => {
    for (const name of names) delete attributes[name];
  });
}

const getUserAttributeVerificationCode: Operation = async (context, input) => {
  const { pool, client, user } = holderOf(context, input.AccessToken);
  assertEmail(input);
  const source = 'CustomMessage_VerifyUserAttribute';
  const sending = { pool, user, clientId: client.id, purpose: 'verify:email', source, input } as const;
  return { CodeDeliveryDetails: await sendCode(context, sending) };
};

const verifyUserAttribute: Operation = (context, input) => {
  const { pool, user } = holderOf(context, input.AccessToken);
  assertEmail(input);
  spendCode(context, user, 'verify:email', input.Code);
  updateUser(context, pool, user, ({ attributes }) => {
    attributes.email_verified = 'true';
  });
  return {};
};

function assertEmail({ AttributeName }: JsonObject): void {
  if (AttributeName !== 'email') {
    throw invalidParameter(`Attribute ${AttributeName} can't be verified: the local platform sends no SMS.`);
  }
}

const changePassword: Operation = async (context, input) => {
  const { pool, user } = holderOf(context, input.AccessToken);
  const lock = `${pool.id}/${user.username}`;
  context.lockOut.assertOpen(lock);
  if (!(await verifyPassword(String(input.PreviousPassword ?? ''), user.passwordHash))) {
    context.lockOut.failed(lock);
    throw notAuthorized();
  }
  assertPasswordPolicy(String(input.ProposedPassword ?? ''), pool.passwordPolicy);
  const passwordHash = await hashPassword(String(input.ProposedPassword));
  updateUser(context, pool, user, (current) => {
    current.passwordHash = passwordHash;
  });
  return {};
};

export const accountOperations: Record<string, Operation> = {
  GetUser: getUser,
  UpdateUserAttributes: updateUserAttributes,
  DeleteUserAttributes: deleteUserAttributes,
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
  VerifyUserAttribute: verifyUserAttribute,
  ChangePassword: changePassword,
  GlobalSignOut: (context, { AccessToken }) => {
    context.store.revokeSessionsOf(holderOf(context, AccessToken).user);
    return {};
  },
  DeleteUser: (context, { AccessToken }) => {
    context.store.deleteUser(holderOf(context, AccessToken).user);
    return {};
  },
};
