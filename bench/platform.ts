/** What the benchmarks call operations on: a real table in memory, and a real user pool behind the local service. */
import { createIdentity } from '../functions/platform/cognito.ts';
import { environmentNames } from '../functions/platform/env.ts';
import { type Operations, startOperations } from '../functions/platform/testing/operations.ts';
import { areas } from '../functions/registry.ts';
import { entitiesOf } from '../infra/application.ts';
import { declarationsOf } from '../infra/declarations.ts';
import { createCognitoIdp } from '../local/services/cognito-idp.ts';
import { createFakeCloud } from '../local/testing/fake-cloud.ts';
import { serveService } from '../local/testing/serve-service.ts';

export interface UserPool {
  /** Operations that are called first after this use this pool; those called before keep the tests' own tokens. */
  use(): Promise<void>;
  /** Code of the last mail. */
  code(): string;
  stop(): Promise<void>;
}

/** Somebody in the table and in the user pool, as registering leaves them, and confirming when they are active. */
export async function account(platform: Operations, email: string, status: 'pending' | 'active', password: string) {
  const identity = createIdentity();
  const { id } = await platform.person('user', { email, status });
  if (status === 'pending') await identity.signUp({ id, email, password });
  else await identity.createConfirmed({ id, email, password });
}

export const startPlatform = (): Promise<Operations> => startOperations(entitiesOf(declarationsOf(areas)));

export async function startUserPool(): Promise<UserPool> {
  const cloud = createFakeCloud();
  const service = createCognitoIdp(cloud);
  const declare = async (logicalId: string, type: string, properties: Record<string, unknown>) => {
    const provider = service.resources[type];
    if (!provider) throw new Error(`the local user pool does not know ${type}`);
    return provider({ stack: 'Bench', logicalId, type, properties: properties as never });
  };
  const pool = await declare('Users', 'AWS::Cognito::UserPool', {
    AutoVerifiedAttributes: ['email'],
    MfaConfiguration: 'OPTIONAL',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    UsernameConfiguration: { CaseSensitive: true },
    EmailConfiguration: { From: 'Bench <bench@example.com>' },
    Schema: [{ Name: 'email', Required: true, Mutable: true }],
  });
  const client = await declare('Web', 'AWS::Cognito::UserPoolClient', {
    UserPoolId: pool.ref,
    ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'],
    GenerateSecret: true,
    EnableTokenRevocation: true,
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
  });
  await declare('user', 'AWS::Cognito::UserPoolGroup', { UserPoolId: pool.ref, GroupName: 'user' });
  const served = await serveService(cloud, service);
  return {
    async use() {
      const keys = await fetch(`${served.url}/${pool.ref}/.well-known/jwks.json`);
      Object.assign(process.env, {
        AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: served.url,
        [environmentNames.userPoolId]: pool.ref,
        [environmentNames.userPoolClientId]: client.ref,
        [environmentNames.userPoolClientSecret]: String(client.attributes?.ClientSecret),
        [environmentNames.signUpClientId]: client.ref,
        [environmentNames.signUpClientSecret]: String(client.attributes?.ClientSecret),
        [environmentNames.jwks]: await keys.text(),
      });
    },
    code: () => /\d{6}/.exec(cloud.calls.mail.at(-1)?.text ?? '')?.[0] ?? '',
    async stop() {
      await served.close();
      await service.stop?.();
    },
  };
}
