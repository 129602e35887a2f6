/**
 * The only reader of the environment. Variables are set by the infrastructure (infra/constructs) and read when first
 * needed, never at import, so that synthesis can import handlers.
 */

const names = {
  stage: 'STAGE',
  tableName: 'TABLE_NAME',
  busName: 'BUS_NAME',
  userPoolId: 'USER_POOL_ID',
  userPoolClientId: 'USER_POOL_CLIENT_ID',
  userPoolClientSecret: 'USER_POOL_CLIENT_SECRET',
  /** The client that people are registered by: it may give an address, and issues no token. */
  signUpClientId: 'USER_POOL_SIGN_UP_CLIENT_ID',
  signUpClientSecret: 'USER_POOL_SIGN_UP_CLIENT_SECRET',
  /** JSON Web Key Set of the user pool, supplied at deploy so that a cold start fetches nothing. */
  jwks: 'USER_POOL_JWKS',
  mailFrom: 'MAIL_FROM',
  /** Public base URL of the web application, without a slash at the end. */
  publicUrl: 'PUBLIC_URL',
  /** Comma-separated origins besides our own that browsers may call from. */
  corsOrigins: 'CORS_ORIGINS',
  /** Secret that CloudFront adds to each request to its origin; requests without it are refused on the browser face. */
  originSecret: 'ORIGIN_SECRET',
  /** How many partitions each hot list is spread over (1 by default). */
  listShards: 'LIST_SHARDS',
  /** Bucket with object lock that holds the ends of the audit trail's days. */
  auditBucket: 'AUDIT_BUCKET',
  /** Bucket that people's files come into, until they are looked at. */
  uploadsBucket: 'UPLOADS_BUCKET',
  /** Bucket of the files that the web application shows below `/media`. */
  mediaBucket: 'MEDIA_BUCKET',
  /** Queue URLs that readiness asks, comma-separated. */
  probeQueues: 'PROBE_QUEUES',
} as const;
export type EnvName = keyof typeof names;
/** Environment variable of a setting, for the infrastructure that sets it. */
export const environmentNames: Readonly<Record<EnvName, string>> = names;

/** A setting that must be there. */
export function env(name: EnvName): string {
  const value = process.env[names[name]];
  if (value === undefined || value === '') throw new Error(`environment variable ${names[name]} is not set`);
  return value;
}
/** A setting that may be missing. */
export function optionalEnv(name: EnvName): string | undefined {
  return process.env[names[name]] || undefined;
}
/** What Lambda itself sets. */
export function runtimeEnv(): {
  region: string;
  functionName: string;
  functionVersion: string;
  endpointUrl: string | undefined;
} {
  return {
    region: process.env.AWS_REGION ?? 'us-east-1',
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'local',
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION ?? '$LATEST',
    endpointUrl: process.env.AWS_ENDPOINT_URL || undefined,
  };
}
