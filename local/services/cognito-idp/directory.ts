/** Groups, lists of users, descriptions of pools and clients. */
import type { Json, JsonObject } from '../../types.ts';
import { allAttributes } from './attributes.ts';
import { invalidParameter, notFound } from './errors.ts';
import type { Context, Group, Operation, Pool, User } from './model.ts';
import { findPool } from './pools.ts';
import { groupsByPrecedence } from './tokens.ts';
import { findUser, updateUser, userView } from './users.ts';

function findGroup(pool: Pool, name: Json | undefined): Group {
  const group = pool.groups.get(String(name));
  if (!group) throw notFound('Group not found.');
  return group;
}

function groupView(pool: Pool, group: Group): JsonObject {
  return {
    GroupName: group.name,
    UserPoolId: pool.id,
    ...(group.description === undefined ? {} : { Description: group.description }),
    ...(group.precedence === undefined ? {} : { Precedence: group.precedence }),
    ...(group.roleArn === undefined ? {} : { RoleArn: group.roleArn }),
    CreationDate: pool.createdAt,
    LastModifiedDate: pool.createdAt,
  };
}

function changeGroups(change: (groups: string[], name: string) => string[]): Operation {
  return (context, input) => {
    const pool = findPool(context, input.UserPoolId);
    const { name } = findGroup(pool, input.GroupName);
    updateUser(context, pool, findUser(context, pool, input.Username), (user) => {
      user.groups = change(user.groups, name);
    });
    return {};
  };
}

/** One page of a list; the token is the place where the next one begins. */
function page<T>(
  items: T[],
  limit: Json | undefined,
  token: Json | undefined,
  most: number,
): { items: T[]; next?: string } {
  const start = Number(token ?? 0);
  const end = start + Math.min(Number(limit ?? most), most);
  return { items: items.slice(start, end), next: end < items.length ? String(end) : undefined };
}

/** `name = "value"` (equal) or `name ^= "value"` (begins with), over the attributes that Cognito lets one filter by. */
export function userFilter(filter: string): (user: User) => boolean {
  const [, name = '', operator, quoted = ''] = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(filter) ?? [];
  const allowed =
    /^(username|email|phone_number|name|given_name|family_name|preferred_username|cognito:user_status|status|sub)$/;
  if (!operator || !allowed.test(name)) throw invalidParameter(`Error while parsing filter: ${filter}`);
  const wanted = quoted.replace(/\\(.)/g, '$1').toLowerCase();
  return (user) => {
    const special: Record<string, string> = {
      username: user.username,
      'cognito:user_status': user.status,
      status: user.enabled ? 'Enabled' : 'Disabled',
    };
    const value = (special[name] ?? allAttributes(user)[name])?.toLowerCase();
    return value !== undefined && (operator === '=' ? value === wanted : value.startsWith(wanted));
  };
}

const listUsers: Operation = (context, input) => {
  const pool = findPool(context, input.UserPoolId);
  const filter = typeof input.Filter === 'string' && input.Filter !== '' ? userFilter(input.Filter) : () => true;
  const found = page(context.store.users(pool.id).filter(filter), input.Limit, input.PaginationToken, 60);
  const wanted = input.AttributesToGet as string[] | undefined;
  return {
    Users: found.items.map((user) => {
      const view = userView(user);
      const attributes = view.Attributes as { Name: string; Value: string }[];
      return { ...view, Attributes: attributes.filter(({ Name }) => wanted?.includes(Name) ?? true) };
    }),
    ...(found.next === undefined ? {} : { PaginationToken: found.next }),
  };
};

function describePool(context: Context, pool: Pool): JsonObject {
  const { UserPoolName: _name, UserPoolTags, Policies: _policies, EnabledMfas: _mfas, ...properties } = pool.properties;
  return {
    ...properties,
    Id: pool.id,
    Arn: pool.arn,
    Name: pool.name,
    Policies: { PasswordPolicy: { ...pool.passwordPolicy } },
    SchemaAttributes: [...pool.schema.values()].map(({ name, mutable, required, type }) => ({
      Name: name,
      AttributeDataType: type,
      Mutable: mutable,
      Required: required,
    })),
    MfaConfiguration: pool.mfa,
    EstimatedNumberOfUsers: context.store.countUsers(pool.id),
    CreationDate: pool.createdAt,
    LastModifiedDate: pool.createdAt,
    ...(UserPoolTags === undefined ? {} : { UserPoolTags }),
  };
}

export const directoryOperations: Record<string, Operation> = {
  ListUsers: listUsers,
  ListUsersInGroup: (context, input) => {
    const pool = findPool(context, input.UserPoolId);
    const { name } = findGroup(pool, input.GroupName);
    const members = context.store.users(pool.id).filter(({ groups }) => groups.includes(name));
    const found = page(members, input.Limit, input.NextToken, 60);
    return { Users: found.items.map(userView), ...(found.next === undefined ? {} : { NextToken: found.next }) };
  },
  ListGroups: (context, input) => {
    const pool = findPool(context, input.UserPoolId);
    const found = page([...pool.groups.values()], input.Limit, input.NextToken, 60);
    const Groups = found.items.map((group) => groupView(pool, group));
    return { Groups, ...(found.next === undefined ? {} : { NextToken: found.next }) };
  },
  GetGroup: (context, input) => {
    const pool = findPool(context, input.UserPoolId);
    return { Group: groupView(pool, findGroup(pool, input.GroupName)) };
  },
  AdminListGroupsForUser: (context, input) => {
    const pool = findPool(context, input.UserPoolId);
    const names = groupsByPrecedence(pool, findUser(context, pool, input.Username));
    return { Groups: names.map((name) => groupView(pool, findGroup(pool, name))) };
  },
  AdminAddUserToGroup: changeGroups((groups, name) => [...new Set([...groups, name])]),
  AdminRemoveUserFromGroup: changeGroups((groups, name) => groups.filter((group) => group !== name)),
  DescribeUserPool: (context, input) => ({ UserPool: describePool(context, findPool(context, input.UserPoolId)) }),
  DescribeUserPoolClient: (context, input) => {
    const client = context.clients.get(String(input.ClientId));
    if (!client || client.poolId !== input.UserPoolId) {
      throw notFound(`User pool client ${input.ClientId} does not exist.`);
    }
    const { GenerateSecret: _generate, ...properties } = client.properties;
    const view: JsonObject = { ...properties, ClientId: client.id, ClientName: client.name };
    if (client.secret !== undefined) view.ClientSecret = client.secret;
    return { UserPoolClient: view };
  },
  ListUserPools: ({ pools }, input) => ({
    UserPools: page([...pools.values()], input.MaxResults, input.NextToken, 60).items.map(
      ({ id, name, createdAt }) => ({
        Id: id,
        Name: name,
        CreationDate: createdAt,
        LastModifiedDate: createdAt,
      }),
    ),
  }),
};
