/** User pools, their clients, groups and users. */
import type { Cloud, JsonObject } from '../../types.ts';
import type { LockOut } from './passwords.ts';
import type { CognitoStore } from './store.ts';

export interface PasswordPolicy {
  MinimumLength: number;
  RequireLowercase?: boolean;
  RequireUppercase?: boolean;
  RequireNumbers?: boolean;
  RequireSymbols?: boolean;
  TemporaryPasswordValidityDays?: number;
}

export interface SchemaAttribute {
  /** With `custom:` where it is custom. */
  name: string;
  mutable: boolean;
  required: boolean;
  type: 'String' | 'Number' | 'DateTime' | 'Boolean';
  minimumLength?: number;
  maximumLength?: number;
}

export interface Pool {
  id: string;
  arn: string;
  name: string;
  /** The template's properties. */
  properties: JsonObject;
  passwordPolicy: PasswordPolicy;
  /** `email`, `phone_number`: they are the username, which becomes the user's `sub`. */
  usernameAttributes: string[];
  /** They may be used to sign in once they are verified. */
  aliasAttributes: string[];
  autoVerified: string[];
  caseSensitive: boolean;
  schema: Map<string, SchemaAttribute>;
  mfa: 'OFF' | 'ON' | 'OPTIONAL';
  /** Function ARN per trigger name, with PreTokenGeneration's version. */
  triggers: { PreTokenGenerationVersion: 'V1_0' | 'V2_0' | 'V3_0' } & Record<string, string>;
  groups: Map<string, Group>;
  createdAt: number;
}

export interface Group {
  name: string;
  description?: string;
  precedence?: number;
  roleArn?: string;
}

export interface PoolClient {
  id: string;
  name: string;
  poolId: string;
  properties: JsonObject;
  secret?: string;
  flows: string[];
  /** Seconds. */
  validity: { access: number; id: number; refresh: number };
  rotation?: { graceSeconds: number };
  revocation: boolean;
  hidesUserExistence: boolean;
  /** Undefined: the standard attributes. */
  readAttributes?: ReadonlySet<string>;
  writeAttributes?: ReadonlySet<string>;
}

export type UserStatus = 'UNCONFIRMED' | 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';

export interface User {
  pool: string;
  username: string;
  sub: string;
  attributes: Record<string, string>;
  passwordHash?: string;
  /** Seconds since the epoch, for temporary passwords. */
  passwordExpiresAt?: number;
  status: UserStatus;
  enabled: boolean;
  /** Seconds since the epoch. */
  createdAt: number;
  updatedAt: number;
  groups: string[];
  mfa: {
    /** Base32; the one that codes are checked against. */
    secret?: string;
    /** Associated and not yet verified. */
    pending?: string;
    enabled: boolean;
    preferred: boolean;
    /** Time step of the last accepted code: a code is accepted once. */
    lastStep?: number;
  };
}

/** What every operation works with. */
export interface Context {
  cloud: Cloud;
  store: CognitoStore;
  pools: Map<string, Pool>;
  clients: Map<string, PoolClient>;
  lockOut: LockOut;
}
export type Operation = (context: Context, input: JsonObject) => JsonObject | Promise<JsonObject>;
