/** User attributes: the wire's list of names and values, the pool's schema, and what a client may read and write. */
import type { Json } from '../../types.ts';
import { invalidParameter, notAuthorized } from './errors.ts';
import type { Pool, PoolClient, SchemaAttribute, User } from './model.ts';

export const standardAttributes = [
  'address',
  'birthdate',
  'email',
  'email_verified',
  'family_name',
  'gender',
  'given_name',
  'locale',
  'middle_name',
  'name',
  'nickname',
  'phone_number',
  'phone_number_verified',
  'picture',
  'preferred_username',
  'profile',
  'sub',
  'updated_at',
  'website',
  'zoneinfo',
];
/** Cognito's own to set; administrators may set the verified flags. */
const verifiedFlags = ['email_verified', 'phone_number_verified'];

export function attributesOf(list: Json | undefined): Record<string, string> {
  const entries = (list ?? []) as { Name: string; Value?: string }[];
  return Object.fromEntries(entries.map(({ Name, Value }) => [Name, Value ?? '']));
}

export function attributeList(attributes: Record<string, string>): { Name: string; Value: string }[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

/** All attributes of a user with `sub`, as reads give them. */
export function allAttributes(user: User): Record<string, string> {
  return { sub: user.sub, ...user.attributes };
}

export function readableBy(client: PoolClient, attributes: Record<string, string>): Record<string, string> {
  const may = (name: string) => name === 'sub' || (client.readAttributes?.has(name) ?? !name.startsWith('custom:'));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => may(name)));
}

/** Throws NotAuthorizedException when the client may not write one of them. */
export function assertWritable(client: PoolClient, names: string[]): void {
  for (const name of names) {
    const may = client.writeAttributes?.has(name) ?? !name.startsWith('custom:');
    if (!may || verifiedFlags.includes(name) || name === 'sub') {
      throw notAuthorized('A client attempted to write unauthorized attribute');
    }
  }
}

/** Checks new or changed attributes against the pool's schema; throws InvalidParameterException. */
export function assertSchema(pool: Pool, changed: Record<string, string>, before?: User): void {
  for (const [name, value] of Object.entries(changed)) {
    const attribute = pool.schema.get(name);
    if (!attribute) {
      throw invalidParameter(
        `Attributes did not conform to the schema: Type for attribute {${name}} could not be determined`,
      );
    }
    if (before && !attribute.mutable && before.attributes[name] !== value) {
      throw invalidParameter(`user.${name}: Attribute cannot be updated.\n`);
    }
    const broken = value === '' ? undefined : brokenConstraint(attribute, value);
    if (broken) throw invalidParameter(`Attributes did not conform to the schema: ${name}: ${broken}\n`);
  }
  const result = { ...before?.attributes, ...changed };
  for (const { name, required } of pool.schema.values()) {
    if (required && !result[name]) {
      throw invalidParameter(`Attributes did not conform to the schema: ${name}: The attribute ${name} is required\n`);
    }
  }
}

function brokenConstraint({ name, type, minimumLength, maximumLength }: SchemaAttribute, value: string) {
  if (name === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value)) return 'Invalid email address format.';
  if (name === 'phone_number' && !/^\+\d{5,15}$/.test(value)) return 'Invalid phone number format.';
  if (type === 'Number' && !/^-?\d+(\.\d+)?$/.test(value)) return 'Attribute value must be a number.';
  if (minimumLength !== undefined && value.length < minimumLength) {
    return `String must be longer than or equal to ${minimumLength} characters`;
  }
  if (maximumLength !== undefined && value.length > maximumLength) {
    return `String must be no longer than ${maximumLength} characters`;
  }
  return undefined;
}
