import { createHmac } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  DescribeUserPoolClientCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SetUserMFAPreferenceCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { createFakeCloud, type FakeCloud } from '../testing/fake-cloud.ts';
import { type ServedService, serveService } from '../testing/serve-service.ts';
import type { JsonObject, Service } from '../types.ts';
import { stepAt, totp } from './cognito-idp/totp.ts';
import { createCognitoIdp } from './cognito-idp.ts';

let cloud: FakeCloud;
let service: Service;
let served: ServedService;
let client: CognitoIdentityProviderClient;
let poolId: string;
let ClientId: string;

const email = 'ada@example.com';
const Password = 'Correct-Horse-1';

async function declare(logicalId: string, type: string, properties: JsonObject) {
  const provider = service.resources[type];
  if (!provider) throw new Error(type);
  return await provider({ stack: 'Test', logicalId, type, properties });
}

async function open(
  stateDir?: string,
  {
    pool = {},
    appClient = {},
    overrides = {},
  }: { pool?: JsonObject; appClient?: JsonObject; overrides?: Parameters<typeof createFakeCloud>[0] } = {},
): Promise<void> {
  cloud = createFakeCloud({ ...(stateDir === undefined ? {} : { stateDir }), ...overrides });
  service = createCognitoIdp(cloud);
  const made = await declare('Users', 'AWS::Cognito::UserPool', {
    UsernameAttributes: ['email'],
    AutoVerifiedAttributes: ['email'],
    MfaConfiguration: 'OPTIONAL',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    EmailConfiguration: { From: 'Shop <shop@example.com>' },
    VerificationMessageTemplate: { EmailSubject: 'Welcome', EmailMessage: '<p>Your code: <b>{####}</b></p>' },
    Schema: [
      { Name: 'email', Required: true, Mutable: true },
      { Name: 'tenant', AttributeDataType: 'String', Mutable: false },
    ],
    ...pool,
  });
  poolId = made.ref;
  const madeClient = await declare('Web', 'AWS::Cognito::UserPoolClient', {
    UserPoolId: poolId,
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
    AccessTokenValidity: 15,
    TokenValidityUnits: { AccessToken: 'minutes' },
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    ...appClient,
  });
  ClientId = madeClient.ref;
  for (const GroupName of ['user', 'admin']) {
    const Precedence = GroupName === 'admin' ? 1 : 9;
    await declare(GroupName, 'AWS::Cognito::UserPoolGroup', { UserPoolId: poolId, GroupName, Precedence });
  }
  served = await serveService(cloud, service);
  client = new CognitoIdentityProviderClient({
    endpoint: served.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
}

afterEach(async () => {
  client.destroy();
  await served.close();
  await service.stop?.();
});

const mailedCode = () => /\d{6}/.exec(cloud.calls.mail.at(-1)?.text ?? '')?.[0] ?? '';
const otherCode = (code: string) => (code === '111111' ? '222222' : '111111');
const signIn = (Username = email, password = Password) =>
  client.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: Username, PASSWORD: password },
    }),
  );
const signUp = (Username = email) => client.send(new SignUpCommand({ ClientId, Username, Password }));
async function register(Username = email): Promise<string> {
  const { UserSub } = await signUp(Username);
  await client.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode: mailedCode() }));
  return UserSub ?? '';
}
async function tokens() {
  const { AuthenticationResult: result } = await signIn();
  if (!result?.AccessToken || !result.IdToken || !result.RefreshToken) throw new Error('no tokens');
  return { access: result.AccessToken, id: result.IdToken, refresh: result.RefreshToken };
}
const claims = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

test('Sign-up, the mailed code, sign-in: tokens that aws-jwt-verify accepts, with the groups and claims of AWS', async () => {
  await open();
  expect(poolId).toMatch(/^us-east-1_[A-Za-z0-9]{9}$/);
  expect(ClientId).toMatch(/^[a-z0-9]{26}$/);
  const { UserSub, UserConfirmed, CodeDeliveryDetails } = await signUp();
  expect(UserConfirmed).toBe(false);
  expect(CodeDeliveryDetails).toEqual({ Destination: 'a***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' });
  expect(cloud.calls.mail[0]).toMatchObject({
    from: 'Shop <shop@example.com>',
    to: [email],
    subject: 'Welcome',
    text: expect.stringMatching(/^Your code: \d{6}$/),
  });
  await expect(signIn()).rejects.toMatchObject({
    name: 'UserNotConfirmedException',
    message: 'User is not confirmed.',
  });
  await client.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: mailedCode() }));
  await client.send(new AdminAddUserToGroupCommand({ UserPoolId: poolId, Username: email, GroupName: 'user' }));
  await client.send(new AdminAddUserToGroupCommand({ UserPoolId: poolId, Username: email, GroupName: 'admin' }));
  const { access, id } = await tokens();

  const verifier = CognitoJwtVerifier.create({ userPoolId: poolId, clientId: ClientId, tokenUse: null });
  const jwks = (await (await fetch(`${served.url}/${poolId}/.well-known/jwks.json`)).json()) as Parameters<
    typeof verifier.cacheJwks
  >[0];
  verifier.cacheJwks(jwks);
  expect(await verifier.verify(access)).toMatchObject({
    sub: UserSub,
    'cognito:groups': ['admin', 'user'],
    token_use: 'access',
    client_id: ClientId,
    username: UserSub,
    scope: 'aws.cognito.signin.user.admin',
    iss: `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`,
  });
  expect(claims(access).exp - claims(access).iat).toBe(900);
  expect(await verifier.verify(id)).toMatchObject({
    sub: UserSub,
    email,
    email_verified: true,
    aud: ClientId,
    'cognito:username': UserSub,
    'cognito:groups': ['admin', 'user'],
    token_use: 'id',
  });
  expect(claims(access).origin_jti).toBe(claims(id).origin_jti);
  const { UserAttributes } = await client.send(new GetUserCommand({ AccessToken: access }));
  expect(UserAttributes).toContainEqual({ Name: 'email', Value: email });
});

test('Users, tokens and keys outlive a restart; ids stay the same', async () => {
  await open();
  await register();
  const { access } = await tokens();
  const before = { poolId, ClientId };
  client.destroy();
  await served.close();
  await open(cloud.stateDir);
  expect({ poolId, ClientId }).toEqual(before);
  expect((await client.send(new GetUserCommand({ AccessToken: access }))).Username).toBe(claims(access).username);
  await tokens();
});

test('A rotated refresh token is refused when it is used again; the session keeps its origin', async () => {
  await open();
  await register();
  const { access, refresh } = await tokens();
  const renew = (RefreshToken: string) => client.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }));
  const [one, other] = await Promise.allSettled([renew(refresh), renew(refresh)]);
  expect([one.status, other.status].sort()).toEqual(['fulfilled', 'rejected']);
  const renewed = one.status === 'fulfilled' ? one.value : other.status === 'fulfilled' ? other.value : undefined;
  const result = renewed?.AuthenticationResult;
  expect(claims(result?.AccessToken ?? '').origin_jti).toBe(claims(access).origin_jti);
  await expect(renew(refresh)).rejects.toMatchObject({ name: 'RefreshTokenReuseException' });
  await expect(
    client.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: result?.RefreshToken ?? '' },
      }),
    ),
  ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await client.send(new RevokeTokenCommand({ ClientId, Token: result?.RefreshToken ?? '' }));
  await expect(renew(result?.RefreshToken ?? '')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  await expect(client.send(new GetUserCommand({ AccessToken: access }))).rejects.toMatchObject({
    message: 'Access Token has been revoked',
  });
});

test('Within the grace period a rotated refresh token works again; without rotation it is simply kept', async () => {
  await open(undefined, { appClient: { RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 } } });
  await register();
  const { refresh } = await tokens();
  const renew = () => client.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: refresh }));
  await renew();
  expect((await renew()).AuthenticationResult?.RefreshToken).toBeDefined();
});

test('An unknown user and a wrong password can not be told apart; a taken address is refused', async () => {
  await open();
  await register();
  const refusal = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
  await expect(signIn('nobody@example.com')).rejects.toMatchObject(refusal);
  await expect(signIn(email, 'Wrong-Horse-1')).rejects.toMatchObject(refusal);
  await expect(signUp(email.toUpperCase())).rejects.toMatchObject({ name: 'UsernameExistsException' });
  const nobody = await client.send(new ForgotPasswordCommand({ ClientId, Username: 'nobody@example.com' }));
  expect(nobody.CodeDeliveryDetails).toMatchObject({ Destination: 'n***@e***' });
  await expect(
    client.send(new SignUpCommand({ ClientId, Username: 'b@example.com', Password: 'short' })),
  ).rejects.toMatchObject({ name: 'InvalidPasswordException' });
});

test('A code is right, wrong, or dead after five wrong tries; the newest counts', async () => {
  await open();
  await signUp();
  const first = mailedCode();
  const confirm = (ConfirmationCode: string) =>
    client.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode }));
  await client.send(new ResendConfirmationCodeCommand({ ClientId, Username: email }));
  const second = mailedCode();
  if (first !== second) await expect(confirm(first)).rejects.toMatchObject({ name: 'CodeMismatchException' });
  for (let tries = first === second ? 0 : 1; tries < 5; tries += 1) {
    await expect(confirm(otherCode(second))).rejects.toMatchObject({ name: 'CodeMismatchException' });
  }
  await expect(confirm(second)).rejects.toMatchObject({ name: 'TooManyFailedAttemptsException' });
  await client.send(new ResendConfirmationCodeCommand({ ClientId, Username: email }));
  await confirm(mailedCode());
  await expect(confirm('123456')).rejects.toMatchObject({
    message: 'User cannot be confirmed. Current status is CONFIRMED',
  });
});

test('A forgotten password is replaced by the mailed code; a code is spent by its use', async () => {
  await open();
  await register();
  await client.send(new ForgotPasswordCommand({ ClientId, Username: email }));
  const reset = { ClientId, Username: email, ConfirmationCode: mailedCode(), Password: 'Another-Horse-2' };
  await client.send(new ConfirmForgotPasswordCommand(reset));
  await signIn(email, 'Another-Horse-2');
  await expect(client.send(new ConfirmForgotPasswordCommand(reset))).rejects.toMatchObject({
    name: 'ExpiredCodeException',
  });
  await expect(signIn()).rejects.toMatchObject({ name: 'NotAuthorizedException' });
});

test('After repeated wrong passwords the account is locked for a while', async () => {
  await open();
  await register();
  for (let tries = 0; tries < 5; tries += 1) await expect(signIn(email, 'Wrong-Horse-1')).rejects.toThrow();
  await expect(signIn()).rejects.toMatchObject({ message: 'Password attempts exceeded' });
});

test('A second factor is asked for once it is on, and each of its codes works once', async () => {
  await open();
  await register();
  const { access } = await tokens();
  const { SecretCode = '' } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken: access }));
  const step = stepAt(Date.now() / 1000);
  await expect(
    client.send(new SetUserMFAPreferenceCommand({ AccessToken: access, SoftwareTokenMfaSettings: { Enabled: true } })),
  ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  const code = totp(SecretCode, step - 1);
  await client.send(new VerifySoftwareTokenCommand({ AccessToken: access, UserCode: code }));
  await client.send(
    new SetUserMFAPreferenceCommand({
      AccessToken: access,
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
    }),
  );
  const { ChallengeName, Session, ChallengeParameters } = await signIn();
  expect(ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
  const answer = (SOFTWARE_TOKEN_MFA_CODE: string) =>
    client.send(
      new RespondToAuthChallengeCommand({
        ClientId,
        ChallengeName,
        Session,
        ChallengeResponses: { USERNAME: ChallengeParameters?.USER_ID_FOR_SRP ?? '', SOFTWARE_TOKEN_MFA_CODE },
      }),
    );
  await expect(answer(code)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
  const fresh = totp(SecretCode, step);
  if (fresh !== code) expect((await answer(fresh)).AuthenticationResult?.AccessToken).toBeDefined();
  await expect(answer(totp(SecretCode, step + 1))).rejects.toMatchObject({ name: 'NotAuthorizedException' });
});

test('An invited user gets a temporary password by mail and must replace it', async () => {
  await open();
  await client.send(
    new AdminCreateUserCommand({
      UserPoolId: poolId,
      Username: email,
      UserAttributes: [
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
    }),
  );
  const password = / password is (\S+)\.$/.exec(cloud.calls.mail[0]?.text ?? '')?.[1] ?? '';
  const { ChallengeName, Session } = await signIn(email, password);
  expect(ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  const { AuthenticationResult } = await client.send(
    new RespondToAuthChallengeCommand({
      ClientId,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME: email, NEW_PASSWORD: Password },
    }),
  );
  expect(AuthenticationResult?.AccessToken).toBeDefined();
  const user = await client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: email }));
  expect(user.UserStatus).toBe('CONFIRMED');
});

test('Disabling a user, or signing out everywhere, ends tokens that were issued before', async () => {
  await open();
  await register();
  const target = { UserPoolId: poolId, Username: email };
  const { access, refresh } = await tokens();
  await client.send(new AdminDisableUserCommand(target));
  await expect(client.send(new GetUserCommand({ AccessToken: access }))).rejects.toThrow();
  await expect(signIn()).rejects.toMatchObject({ message: 'User is disabled.' });
  await client.send(new AdminEnableUserCommand(target));
  await expect(
    client.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: refresh })),
  ).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  const second = await tokens();
  await client.send(new GlobalSignOutCommand({ AccessToken: second.access }));
  await expect(client.send(new GetUserCommand({ AccessToken: second.access }))).rejects.toThrow(/revoked/);
  const third = await tokens();
  await client.send(new AdminUserGlobalSignOutCommand(target));
  await expect(client.send(new GetUserCommand({ AccessToken: third.access }))).rejects.toThrow(/revoked/);
});

test('A client writes only what it may; a pool keeps its schema; a new address must be verified again', async () => {
  await open();
  await register();
  const { access } = await tokens();
  const write = (Name: string, Value: string) =>
    client.send(new UpdateUserAttributesCommand({ AccessToken: access, UserAttributes: [{ Name, Value }] }));
  await expect(write('custom:tenant', 'x')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  await expect(write('email_verified', 'true')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  await write('name', 'Ada');
  await write('email', 'ada@example.org');
  const user = await client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: 'ada@example.org' }));
  expect(user.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'false' });
  await expect(
    client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: poolId,
        Username: 'ada@example.org',
        UserAttributes: [{ Name: 'custom:tenant', Value: 'x' }],
      }),
    ),
  ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  await client.send(
    new ChangePasswordCommand({ AccessToken: access, PreviousPassword: Password, ProposedPassword: 'Third-Horse-3' }),
  );
  await signIn('ada@example.org', 'Third-Horse-3');
});

test('A client with a secret needs the secret hash', async () => {
  await open(undefined, { appClient: { GenerateSecret: true } });
  const { UserPoolClient } = await client.send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId }));
  await expect(signUp()).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  const SecretHash = createHmac('sha256', UserPoolClient?.ClientSecret ?? '')
    .update(email + ClientId)
    .digest('base64');
  await client.send(new SignUpCommand({ ClientId, Username: email, Password, SecretHash }));
});

test('A client of administrators refuses the flows of everybody, and the other way round', async () => {
  const flows = async (...ExplicitAuthFlows: string[]) => {
    await open(undefined, { appClient: { ExplicitAuthFlows } });
    await register();
  };
  const asAdministrator = (AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' | 'USER_PASSWORD_AUTH') =>
    client.send(
      new AdminInitiateAuthCommand({
        UserPoolId: poolId,
        ClientId,
        AuthFlow,
        AuthParameters: { USERNAME: email, PASSWORD: Password },
      }),
    );
  const refused = { name: 'InvalidParameterException' };
  await flows('ALLOW_ADMIN_USER_PASSWORD_AUTH');
  await expect(signIn()).rejects.toMatchObject(refused);
  await expect(asAdministrator('USER_PASSWORD_AUTH')).rejects.toMatchObject(refused);
  expect((await asAdministrator('ADMIN_USER_PASSWORD_AUTH')).AuthenticationResult?.AccessToken).toBeDefined();
  await served.close();
  await flows('ALLOW_USER_PASSWORD_AUTH');
  await expect(asAdministrator('ADMIN_USER_PASSWORD_AUTH')).rejects.toMatchObject(refused);
  await signIn();
});

test('Triggers are called as Cognito: they can refuse, confirm, and change claims', async () => {
  const functions: Record<string, (event: JsonObject) => JsonObject> = {
    PreSignUp: (event) => ({ ...event, response: { autoConfirmUser: true, autoVerifyEmail: true } }),
    PreTokenGeneration: (event) => ({
      ...event,
      response: {
        claimsAndScopeOverrideDetails: {
          accessTokenGeneration: { claimsToAddOrOverride: { plan: 'Pro' }, scopesToAdd: ['shop/read'] },
          idTokenGeneration: { claimsToSuppress: ['email'] },
        },
      },
    }),
    PostAuthentication: () => {
      throw new Error('not today');
    },
  };
  await open(undefined, {
    pool: {
      LambdaConfig: {
        PreSignUp: 'PreSignUp',
        PreTokenGenerationConfig: { LambdaArn: 'PreTokenGeneration', LambdaVersion: 'V2_0' },
        PostAuthentication: 'PostAuthentication',
      },
    },
    overrides: {
      invoke: async (name, payload, { caller }) => {
        expect(caller).toMatchObject({ kind: 'service', principal: 'cognito-idp.amazonaws.com' });
        try {
          const result = functions[name]?.(payload as JsonObject) ?? null;
          return { payload: result, durationMs: 1, requestId: 'r' };
        } catch (error) {
          const errorMessage = (error as Error).message;
          return { payload: { errorMessage }, functionError: 'Unhandled', durationMs: 1, requestId: 'r' };
        }
      },
    },
  });
  expect((await signUp()).UserConfirmed).toBe(true);
  await expect(signIn()).rejects.toMatchObject({
    name: 'UserLambdaValidationException',
    message: 'PostAuthentication failed with error not today.',
  });
  functions.PostAuthentication = (event) => event;
  const { access, id } = await tokens();
  expect(claims(access)).toMatchObject({ plan: 'Pro', scope: 'aws.cognito.signin.user.admin shop/read' });
  expect(claims(id).email).toBeUndefined();
});

test('A mail has the words of its trigger, which knows what the operation gave along', async () => {
  let event: JsonObject = {};
  let answer: (given: JsonObject) => JsonObject = (given) => ({
    ...given,
    response: { emailSubject: 'Yours', emailMessage: '<head><title>T</title></head><p>Take <b>{####}</b></p>' },
  });
  await open(undefined, {
    pool: { LambdaConfig: { CustomMessage: 'Words' } },
    overrides: {
      invoke: async (_name, payload) => {
        event = payload as JsonObject;
        return { payload: answer(event), durationMs: 1, requestId: 'r' };
      },
    },
  });
  await signUp();
  expect(event).toMatchObject({
    triggerSource: 'CustomMessage_SignUp',
    request: { codeParameter: '{####}', usernameParameter: null, userAttributes: { email }, clientMetadata: {} },
  });
  expect(cloud.calls.mail.at(-1)).toMatchObject({
    subject: 'Yours',
    text: expect.stringMatching(/^Take \d{6}$/),
  });
  // What leaves the words out gets those of the pool.
  answer = (given) => given;
  await client.send(new ResendConfirmationCodeCommand({ ClientId, Username: email, ClientMetadata: { page: 'here' } }));
  expect(event).toMatchObject({
    triggerSource: 'CustomMessage_ResendCode',
    request: { clientMetadata: { page: 'here' } },
  });
  expect(cloud.calls.mail.at(-1)?.subject).not.toBe('Yours');
});

test('Lists find users by filter and go on from page to page', async () => {
  await open();
  for (const name of ['a', 'b', 'c']) {
    await client.send(
      new AdminCreateUserCommand({ UserPoolId: poolId, Username: `${name}@example.com`, MessageAction: 'SUPPRESS' }),
    );
  }
  expect(cloud.calls.mail).toEqual([]);
  await client.send(
    new AdminSetUserPasswordCommand({ UserPoolId: poolId, Username: 'b@example.com', Password, Permanent: true }),
  );
  const list = (input: { Filter?: string; Limit?: number; PaginationToken?: string }) =>
    client.send(new ListUsersCommand({ UserPoolId: poolId, ...input }));
  expect((await list({ Filter: 'email ^= "b@"' })).Users).toHaveLength(1);
  expect((await list({ Filter: 'cognito:user_status = "CONFIRMED"' })).Users).toHaveLength(1);
  const first = await list({ Limit: 2 });
  const rest = await list({ Limit: 2, PaginationToken: first.PaginationToken });
  expect([first.Users?.length, rest.Users?.length, rest.PaginationToken]).toEqual([2, 1, undefined]);
});

test.each<[string, JsonObject]>([
  ['SMS_MFA', { EnabledMfas: ['SMS_MFA'] }],
  ['UserMigration', { LambdaConfig: { UserMigration: 'f' } }],
  ['link', { VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_LINK' } }],
])('A pool that asks for what is not here (%s) stops the start with its name', async (what, properties) => {
  await open();
  await expect(declare('Other', 'AWS::Cognito::UserPool', properties)).rejects.toThrow(new RegExp(`Other.*${what}`));
});

test('Public operations need no rights, administrative ones the right on the pool', async () => {
  await open();
  const request = (operation: string) => ({
    service: 'cognito-idp',
    region: 'us-east-1',
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(JSON.stringify({ UserPoolId: poolId })),
    operation,
    caller: { kind: 'anonymous' } as const,
    requestId: 'r',
  });
  expect(await service.rights(request('InitiateAuth'))).toEqual([]);
  expect(await service.rights(request('AdminGetUser'))).toEqual([
    {
      action: 'cognito-idp:AdminGetUser',
      resource: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${poolId}`,
    },
  ]);
  expect(() => service.rights(request('CreateUserPool'))).toThrow(
    expect.objectContaining({ code: 'UnknownOperationException' }),
  );
});
