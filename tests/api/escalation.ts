/**
 * What somebody can do to the user pool itself, past our API: with passwords, codes, sessions and refresh tokens nothing at all, and with
 * their own access token nothing that gives them more.
 */
import {
  AdminAddUserToGroupCommand,
  AdminInitiateAuthCommand,
  AdminUpdateUserAttributesCommand,
  AssociateSoftwareTokenCommand,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  DeleteUserCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SetUserMFAPreferenceCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { forgotPassword } from '../../shared/contracts/auth/forgot-password.ts';
import { login } from '../../shared/contracts/auth/login.ts';
import { me } from '../../shared/contracts/auth/me.ts';
import { refresh } from '../../shared/contracts/auth/refresh.ts';
import { resetPassword } from '../../shared/contracts/auth/reset-password.ts';
import { type Api, apiAt, dataOf } from '../support/api.ts';
import { codeOf, eventually, mailsTo } from '../support/observe.ts';
import { newPerson, operator, type Person, password } from '../support/people.ts';
import { platformOfFile, type RunningPlatform } from '../support/platform.ts';
import { enrol, firstStep, totpOf } from '../support/totp.ts';

let platform: RunningPlatform;
let person: Person;
let pool: CognitoIdentityProviderClient;
let userPoolId: string;
let ClientId: string;
let nobody: Api;
beforeAll(async () => {
  platform = await platformOfFile();
  person = await newPerson(platform, 'user');
  ({ userPoolId, userPoolClientId: ClientId } = operator(platform));
  nobody = apiAt(`${platform.web}/api/v1`);
  // What the web has: an address and no rights.
  const credentials = { accessKeyId: 'AKIAXXXXXXXXXXXXXXXX', secretAccessKey: 'none' };
  pool = new CognitoIdentityProviderClient({ endpoint: platform.endpoint, region: 'us-east-1', credentials });
}, 60_000);
afterAll(() => platform?.stop());

const attributes = async () => {
  const { UserAttributes = [] } = await pool.send(new GetUserCommand({ AccessToken: person.accessToken }));
  return Object.fromEntries(UserAttributes.map(({ Name = '', Value }) => [Name, Value]));
};

test.each([
  ['email', 'thief@evil.test'],
  ['email_verified', 'true'],
  ['custom:role', 'admin'],
  ['custom:plan', 'Enterprise'],
  ['cognito:groups', 'admin'],
  ['sub', 'usr_other'],
])('their token can not write %s', async (Name, Value) => {
  const before = await attributes();
  await expect(
    pool.send(new UpdateUserAttributesCommand({ AccessToken: person.accessToken, UserAttributes: [{ Name, Value }] })),
  ).rejects.toThrow();
  expect(await attributes()).toEqual(before);
});
test('without rights of the operator nobody joins a group or writes for another', async () => {
  const who = { UserPoolId: userPoolId, Username: person.id };
  await expect(pool.send(new AdminAddUserToGroupCommand({ ...who, GroupName: 'admin' }))).rejects.toThrow();
  await expect(
    pool.send(new AdminUpdateUserAttributesCommand({ ...who, UserAttributes: [{ Name: 'email', Value: 'a@b.test' }] })),
  ).rejects.toThrow();
});
test('role, plan and address stand as they were', async () => {
  const user = dataOf(await person.api.call(me));
  expect(user).toMatchObject({ role: 'user', plan: 'Free', email: person.email, mfaEnabled: false });
});

describe('past our API, by the app client whose id every token tells', () => {
  const poolToken = ({ refreshToken }: Person) => refreshToken.split('.').slice(2).join('.');
  const named = () => ({ ClientId, Username: person.id });
  // biome-ignore lint/suspicious/noExplicitAny: commands of ten kinds
  const calls: Record<string, () => any> = {
    'a sign-in by password': () =>
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: person.id, PASSWORD: password },
      }),
    'a sign-in by SRP': () =>
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { USERNAME: person.id, SRP_A: 'a'.repeat(64) },
      }),
    'a sign-in by whatever factor': () =>
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: person.id } }),
    'a sign-in of the operator': () =>
      new AdminInitiateAuthCommand({
        UserPoolId: userPoolId,
        ClientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: person.id, PASSWORD: password },
      }),
    'a refresh by flow': () =>
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: poolToken(person) },
      }),
    'a refresh': () => new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: poolToken(person) }),
    'a revocation': () => new RevokeTokenCommand({ ClientId, Token: poolToken(person) }),
    'a registration': () => new SignUpCommand({ ClientId, Username: 'usr_anybody', Password: password }),
    'a confirmation': () => new ConfirmSignUpCommand({ ...named(), ConfirmationCode: '123456' }),
    'another code': () => new ResendConfirmationCodeCommand(named()),
    'a forgotten password': () => new ForgotPasswordCommand(named()),
    'a new password by code': () =>
      new ConfirmForgotPasswordCommand({ ...named(), ConfirmationCode: '123456', Password: 'Other-Passw0rd!' }),
  };
  test.each(Object.keys(calls))('%s is refused', async (what) => {
    await expect(pool.send(calls[what]?.())).rejects.toMatchObject({
      name: expect.stringMatching(
        /^(NotAuthorized|InvalidParameter|Unauthorized|UnrecognizedClient|AccessDenied)Exception$/,
      ),
    });
  });

  test('leaves the session as it was', async () => {
    const { refreshToken } = person;
    expect((await nobody.call(refresh, { body: { refreshToken } })).status).toBe(200);
  });
  test('the session between password and code cannot be answered there', async () => {
    const other = await newPerson(platform, 'user');
    const { next } = await enrol(other.api);
    const Session = (await firstStep(nobody, other.email, password)).split('.').slice(2).join('.');
    for (const ChallengeResponses of [
      { USERNAME: other.id, SOFTWARE_TOKEN_MFA_CODE: next() },
      { SOFTWARE_TOKEN_MFA_CODE: next() },
    ]) {
      const answer = { ClientId, ChallengeName: 'SOFTWARE_TOKEN_MFA' as const, Session, ChallengeResponses };
      await expect(pool.send(new RespondToAuthChallengeCommand(answer as never))).rejects.toMatchObject({
        name: expect.stringMatching(/^(NotAuthorized|InvalidParameter)Exception$/),
      });
    }
  });
});

test('a new password by the code of the mail does not get round the second factor', async () => {
  const { email, api } = await newPerson(platform, 'user');
  await enrol(api);
  await nobody.call(forgotPassword, { body: { email } });
  const code = await eventually('the code is in the mailbox', async () => {
    const mails = await mailsTo(platform, email);
    return mails.map(codeOf).find(Boolean);
  });
  const body = { email, code, password: 'Other-Passw0rd!', confirmPassword: 'Other-Passw0rd!' };
  expect((await nobody.call(resetPassword, { body })).status).toBe(200);
  const reply = await nobody.call(login, { body: { email, password: body.password } });
  expect([reply.code, reply.json.error.details.challenge]).toEqual(['MFA_REQUIRED', 'SOFTWARE_TOKEN_MFA']);
});

describe('what their own token may still do', () => {
  test('turning the second factor off there lets nobody past ours', async () => {
    const other = await newPerson(platform, 'user');
    await enrol(other.api);
    const off = { AccessToken: other.accessToken, SoftwareTokenMfaSettings: { Enabled: false, PreferredMfa: false } };
    await pool.send(new SetUserMFAPreferenceCommand(off));
    const reply = await nobody.call(login, { body: { email: other.email, password } });
    expect([reply.code, reply.json.error.details.challenge]).toEqual(['MFA_REQUIRED', 'SOFTWARE_TOKEN_MFA']);
    expect(dataOf(await other.api.call(me)).mfaEnabled).toBe(true);
  });
  test('turning it on there counts for nothing with us, and asks for more at the next sign-in', async () => {
    const other = await newPerson(platform, 'user');
    const AccessToken = other.accessToken;
    const { SecretCode = '' } = await pool.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    await pool.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: totpOf(SecretCode) }));
    const on = { AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } };
    await pool.send(new SetUserMFAPreferenceCommand(on));
    expect(dataOf(await other.api.call(me)).mfaEnabled).toBe(false);
    expect((await nobody.call(login, { body: { email: other.email, password } })).code).toBe('MFA_REQUIRED');
  });
  test('a password is changed there by who knows it, and by nobody else', async () => {
    const other = await newPerson(platform, 'user');
    const change = { AccessToken: other.accessToken, ProposedPassword: 'Other-Passw0rd!' };
    await expect(
      pool.send(new ChangePasswordCommand({ ...change, PreviousPassword: 'Wrong-Passw0rd!' })),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    expect((await nobody.call(login, { body: { email: other.email, password } })).status).toBe(200);
  });
  test('who deletes their own account there is out, and nobody else', async () => {
    const other = await newPerson(platform, 'user');
    await pool.send(new DeleteUserCommand({ AccessToken: other.accessToken }));
    expect((await nobody.call(login, { body: { email: other.email, password } })).code).toBe('INVALID_CREDENTIALS');
    const { refreshToken } = other;
    expect((await nobody.call(refresh, { body: { refreshToken } })).status).toBe(401);
    expect((await person.api.call(me)).status).toBe(200);
  });
});
