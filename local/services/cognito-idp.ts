/**
 * Cognito user pools (JSON 1.1, `AWSCognitoIdentityProviderService.*`).
 *
 * Operations: SignUp, ConfirmSignUp, ResendConfirmationCode, ForgotPassword, ConfirmForgotPassword; InitiateAuth,
 * AdminInitiateAuth, RespondToAuthChallenge, AdminRespondToAuthChallenge (SOFTWARE_TOKEN_MFA, NEW_PASSWORD_REQUIRED, MFA_SETUP),
 * GetTokensFromRefreshToken, RevokeToken; GetUser, UpdateUserAttributes, DeleteUserAttributes, VerifyUserAttribute,
 * GetUserAttributeVerificationCode, ChangePassword, GlobalSignOut, DeleteUser; AssociateSoftwareToken, VerifySoftwareToken,
 * SetUserMFAPreference, AdminSetUserMFAPreference; AdminCreateUser, AdminGetUser, AdminSetUserPassword,
 * AdminUpdateUserAttributes, AdminDeleteUserAttributes, AdminConfirmSignUp, AdminResetUserPassword, AdminDisableUser,
 * AdminEnableUser, AdminDeleteUser, AdminUserGlobalSignOut; groups and lists; DescribeUserPool, DescribeUserPoolClient.
 * `GET /<pool>/.well-known/jwks.json` and `openid-configuration`, unsigned.
 * Resource types: AWS::Cognito::UserPool, UserPoolClient, UserPoolGroup, UserPoolDomain, UserPoolResourceServer.
 *
 * Tokens are real: RS256 with a key of each pool, kept across starts, so aws-jwt-verify accepts them.
 *
 * Differs from AWS: request-rate limits are not modelled; no SRP, custom or passwordless flow; no SMS, devices, hosted pages or
 * OAuth endpoints; refresh tokens and sessions are opaque texts, not encrypted tokens; the lock-out after wrong passwords is
 * forgotten at a restart; groups and clients come from the template only. With rotation, the reuse of an old refresh token is
 * refused and the session goes on, as in AWS: ending it is the application's act (RevokeToken).
 */
import { AwsError, type AwsRequest, type AwsResponse, type Cloud, type Service } from '../types.ts';
import { accountOperations } from './cognito-idp/account.ts';
import { adminOperations } from './cognito-idp/admin.ts';
import { directoryOperations } from './cognito-idp/directory.ts';
import { mfaOperations } from './cognito-idp/mfa.ts';
import type { Context, Operation } from './cognito-idp/model.ts';
import { createLockOut } from './cognito-idp/passwords.ts';
import { cognitoResources } from './cognito-idp/pools.ts';
import { signInOperations } from './cognito-idp/sign-in.ts';
import { signUpOperations } from './cognito-idp/sign-up.ts';
import { openCognitoStore } from './cognito-idp/store.ts';
import { issuer, jwks } from './cognito-idp/tokens.ts';
import { userView } from './cognito-idp/users.ts';
import { inputOf, jsonResponse, unknownOperation } from './json-protocol.ts';

const operations: Record<string, Operation> = {
  ...signUpOperations,
  ...signInOperations,
  ...accountOperations,
  ...mfaOperations,
  ...adminOperations,
  ...directoryOperations,
};
/** Operations that AWS decides by IAM; the others by password, code or token, and need no rights. */
const byRights = /^(Admin|List|Describe|GetGroup)/;

export function createCognitoIdp(cloud: Cloud): Service {
  const store = openCognitoStore(cloud.stateDir);
  const context: Context = { cloud, store, pools: new Map(), clients: new Map(), lockOut: createLockOut() };

  return {
    names: ['cognito-idp'],
    resources: cognitoResources(context),
    rights(request) {
      const { operation } = request;
      if (operation === undefined) return [];
      if (!operations[operation]) throw unknownOperation('Cognito', operation);
      if (!byRights.test(operation)) return [];
      const pool = inputOf(request).UserPoolId;
      const arn = `arn:aws:cognito-idp:${cloud.region}:${cloud.accountId}:userpool/${pool}`;
      return [{ action: `cognito-idp:${operation}`, resource: operation === 'ListUserPools' ? '*' : arn }];
    },
    async handle(request) {
      if (request.operation === undefined) return wellKnown(context, request);
      const operation = operations[request.operation];
      if (!operation) throw unknownOperation('Cognito', request.operation);
      return jsonResponse(await operation(context, inputOf(request)));
    },
    async stop() {
      store.close();
    },
    async inspect() {
      return [...context.pools.values()].map((pool) => ({
        id: pool.id,
        name: pool.name,
        groups: [...pool.groups.keys()],
        clients: [...context.clients.values()]
          .filter(({ poolId }) => poolId === pool.id)
          .map(({ id, name, flows }) => ({ id, name, flows })),
        users: store
          .users(pool.id)
          .slice(-200)
          .map((user) => ({ ...userView(user), Groups: user.groups })),
      }));
    },
  };
}

/** The public documents of a pool. */
function wellKnown(context: Context, { path, method }: AwsRequest): AwsResponse {
  const [, poolId = '', document] = /^\/([^/]+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(path) ?? [];
  const pool = context.pools.get(poolId);
  if (method !== 'GET' || !document) throw unknownOperation('Cognito', `${method} ${path}`);
  if (!pool) throw new AwsError('ResourceNotFoundException', `User pool ${poolId} does not exist.`, 404);
  const body =
    document === 'jwks.json'
      ? jwks(context, pool)
      : {
          issuer: issuer(context, pool),
          jwks_uri: `${issuer(context, pool)}/.well-known/jwks.json`,
          id_token_signing_alg_values_supported: ['RS256'],
          subject_types_supported: ['public'],
        };
  return jsonResponse(body, 'application/json');
}
