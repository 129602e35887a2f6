/** AWS::Cognito::* resource types. */
import { createHash, randomBytes } from 'node:crypto';
import type { Json, JsonObject, ResourceDeclaration, ResourceProvider } from '../../types.ts';
import { standardAttributes } from './attributes.ts';
import { invalidParameter, notFound } from './errors.ts';
import type { Context, Pool, PoolClient, SchemaAttribute } from './model.ts';

export function cognitoResources(context: Context): Record<string, ResourceProvider> {
  const { pools, clients, store, cloud } = context;
  return {
    'AWS::Cognito::UserPool': (resource) => {
      const pool = poolOf(context, resource);
      pools.set(pool.id, pool);
      const providerName = `cognito-idp.${cloud.region}.amazonaws.com/${pool.id}`;
      return {
        ref: pool.id,
        attributes: {
          Arn: pool.arn,
          UserPoolId: pool.id,
          ProviderName: providerName,
          ProviderURL: `https://${providerName}`,
        },
      };
    },
    'AWS::Cognito::UserPoolClient': (resource) => {
      const client = clientOf(resource);
      if (resource.properties.GenerateSecret === true) {
        client.secret = store.secret(`client:${client.id}`, () => randomBytes(38).toString('base64url').toLowerCase());
      }
      findPool(context, client.poolId);
      clients.set(client.id, client);
      return {
        ref: client.id,
        attributes: { ClientId: client.id, Name: client.name, ClientSecret: client.secret ?? '' },
      };
    },
    'AWS::Cognito::UserPoolGroup': ({ properties, logicalId }) => {
      const name = String(properties.GroupName ?? logicalId);
      findPool(context, String(properties.UserPoolId)).groups.set(name, {
        name,
        description: properties.Description === undefined ? undefined : String(properties.Description),
        precedence: properties.Precedence === undefined ? undefined : Number(properties.Precedence),
        roleArn: properties.RoleArn === undefined ? undefined : String(properties.RoleArn),
      });
      return { ref: name };
    },
    // Named so that templates refer to them; the hosted pages behind a domain are not there.
    'AWS::Cognito::UserPoolDomain': ({ properties }) => ({
      ref: String(properties.Domain),
      attributes: { CloudFrontDistribution: '' },
    }),
    'AWS::Cognito::UserPoolResourceServer': ({ properties }) => ({ ref: String(properties.Identifier) }),
  };
}

/** Throws ResourceNotFoundException. */
export function findPool({ pools }: Context, id: Json | undefined): Pool {
  const pool = pools.get(String(id));
  if (!pool) throw notFound(`User pool ${id} does not exist.`);
  return pool;
}

const knownTriggers = [
  'PreSignUp',
  'PostConfirmation',
  'PreAuthentication',
  'PostAuthentication',
  'PreTokenGeneration',
  'PreTokenGenerationConfig',
  'CustomMessage',
];

/** What a pool may ask for and the local platform does not do stops the start. */
function assertSupported({ logicalId, properties }: ResourceDeclaration): void {
  const refuse = (what: string): never => {
    throw invalidParameter(`${logicalId}: ${what} is not supported by the local platform.`);
  };
  for (const name of Object.keys(object(properties.LambdaConfig))) {
    if (!knownTriggers.includes(name)) refuse(`the trigger ${name}`);
  }
  for (const factor of strings(properties.EnabledMfas) ?? []) {
    if (factor !== 'SOFTWARE_TOKEN_MFA') refuse(`the second factor ${factor}`);
  }
  if (object(properties.VerificationMessageTemplate).DefaultEmailOption === 'CONFIRM_WITH_LINK') {
    refuse('confirmation by link');
  }
}

function poolOf({ cloud }: Context, resource: ResourceDeclaration): Pool {
  const { properties } = resource;
  assertSupported(resource);
  const id = `${cloud.region}_${stableText(resource, 9, true)}`;
  const policies = object(properties.Policies);
  const lambda = object(properties.LambdaConfig);
  const tokenTrigger = object(lambda.PreTokenGenerationConfig);
  const triggers: Record<string, string> = { PreTokenGenerationVersion: String(tokenTrigger.LambdaVersion ?? 'V1_0') };
  for (const [name, arn] of Object.entries(lambda)) if (typeof arn === 'string') triggers[name] = arn;
  if (tokenTrigger.LambdaArn) triggers.PreTokenGeneration = String(tokenTrigger.LambdaArn);
  return {
    id,
    arn: `arn:aws:cognito-idp:${cloud.region}:${cloud.accountId}:userpool/${id}`,
    name: String(properties.UserPoolName ?? resource.logicalId),
    properties,
    passwordPolicy: {
      ...(policies.PasswordPolicy === undefined
        ? { RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true }
        : {}),
      MinimumLength: 8,
      ...object(policies.PasswordPolicy),
    },
    usernameAttributes: strings(properties.UsernameAttributes) ?? [],
    aliasAttributes: strings(properties.AliasAttributes) ?? [],
    autoVerified: strings(properties.AutoVerifiedAttributes) ?? [],
    caseSensitive: object(properties.UsernameConfiguration).CaseSensitive === true,
    schema: schemaOf(properties.Schema),
    mfa: (properties.MfaConfiguration ?? 'OFF') as Pool['mfa'],
    triggers: triggers as Pool['triggers'],
    groups: new Map(),
    createdAt: Math.floor(Date.now() / 1000),
  };
}

function schemaOf(declared: Json | undefined): Map<string, SchemaAttribute> {
  const schema = new Map<string, SchemaAttribute>();
  for (const name of standardAttributes) {
    schema.set(name, { name, mutable: name !== 'sub', required: false, type: 'String', maximumLength: 2048 });
  }
  for (const attribute of (declared ?? []) as JsonObject[]) {
    const plain = String(attribute.Name);
    const name = standardAttributes.includes(plain) ? plain : `custom:${plain.replace(/^custom:/, '')}`;
    const limits = object(attribute.StringAttributeConstraints);
    schema.set(name, {
      name,
      mutable: attribute.Mutable !== false,
      required: attribute.Required === true,
      type: (attribute.AttributeDataType ?? 'String') as SchemaAttribute['type'],
      minimumLength: limits.MinLength === undefined ? undefined : Number(limits.MinLength),
      maximumLength: limits.MaxLength === undefined ? 2048 : Number(limits.MaxLength),
    });
  }
  return schema;
}

const unitSeconds: Record<string, number> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

function clientOf(resource: ResourceDeclaration): PoolClient {
  const { properties } = resource;
  const units = object(properties.TokenValidityUnits);
  const seconds = (value: Json | undefined, unit: Json | undefined, usual: number, usualUnit: string) =>
    Number(value ?? usual) * (unitSeconds[String(unit ?? usualUnit)] ?? 1);
  const rotation = object(properties.RefreshTokenRotation);
  return {
    id: stableText(resource, 26, false),
    name: String(properties.ClientName ?? resource.logicalId),
    poolId: String(properties.UserPoolId),
    properties,
    flows: strings(properties.ExplicitAuthFlows) ?? ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'],
    validity: {
      access: seconds(properties.AccessTokenValidity, units.AccessToken, 1, 'hours'),
      id: seconds(properties.IdTokenValidity, units.IdToken, 1, 'hours'),
      refresh: seconds(properties.RefreshTokenValidity || undefined, units.RefreshToken, 30, 'days'),
    },
    rotation:
      rotation.Feature === 'ENABLED' ? { graceSeconds: Number(rotation.RetryGracePeriodSeconds ?? 0) } : undefined,
    revocation: properties.EnableTokenRevocation !== false,
    hidesUserExistence: properties.PreventUserExistenceErrors === 'ENABLED',
    readAttributes: setOf(properties.ReadAttributes),
    writeAttributes: setOf(properties.WriteAttributes),
  };
}

/** Letters and digits that are the same at every start. */
function stableText({ stack, logicalId }: ResourceDeclaration, length: number, upperCase: boolean): string {
  const digits = `0123456789abcdefghijklmnopqrstuvwxyz${upperCase ? 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' : ''}`;
  const bytes = createHash('sha256').update(`${stack}/${logicalId}`).digest();
  return Array.from(bytes.subarray(0, length), (byte) => digits[byte % digits.length]).join('');
}

function object(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
function strings(value: Json | undefined): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}
function setOf(value: Json | undefined): ReadonlySet<string> | undefined {
  const list = strings(value);
  return list && new Set(list);
}
