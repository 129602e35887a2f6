/** What staff do with accounts of the user pool. `id` is our user id, the username there. */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminInitiateAuthCommand,
  AdminRemoveUserFromGroupCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { challengeAnswer, passwordSignIn, signInClient } from './app-client.ts';
import { clientSettings } from './aws-client.ts';
import { env } from './env.ts';

let client: CognitoIdentityProviderClient | undefined;
function userPool(): CognitoIdentityProviderClient {
  client ??= new CognitoIdentityProviderClient(clientSettings(8_000));
  return client;
}
const of = (id: string) => ({ UserPoolId: env('userPoolId'), Username: id });
const failed = (error: unknown, ...names: string[]) => error instanceof Error && names.includes(error.name);

/** Makes the account, or gives the one that is there a new temporary password. Needs AdminCreateUser and AdminSetUserPassword. */
export async function inviteAccount(id: string, email: string, temporaryPassword: string): Promise<void> {
  try {
    await userPool().send(
      new AdminCreateUserCommand({
        ...of(id),
        // The mail is ours: the pool's own would show the username, which nobody knows.
        MessageAction: 'SUPPRESS',
        TemporaryPassword: temporaryPassword,
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
  } catch (error) {
    if (!failed(error, 'UsernameExistsException')) throw error;
    await userPool().send(
      new AdminSetUserPasswordCommand({ ...of(id), Password: temporaryPassword, Permanent: false }),
    );
  }
}

/**
 * Trades the temporary password for one's own. An earlier trade with the same new password counts too, for who lost its reply. Needs
 * the client, AdminInitiateAuth and AdminRespondToAuthChallenge.
 */
export async function acceptInvitation(
  id: string,
  temporaryPassword: string,
  password: string,
): Promise<'accepted' | 'refused' | 'password-refused'> {
  const signIn = async (secret: string) => {
    try {
      return await userPool().send(new AdminInitiateAuthCommand(passwordSignIn(id, secret)));
    } catch (error) {
      if (failed(error, 'NotAuthorizedException', 'UserNotFoundException', 'UserNotConfirmedException'))
        return undefined;
      throw error;
    }
  };
  const ended = async (refreshToken: string | undefined) => {
    if (refreshToken !== undefined)
      await userPool().send(new RevokeTokenCommand({ ...signInClient(), Token: refreshToken }));
    return 'accepted' as const;
  };
  const first = await signIn(temporaryPassword);
  if (first?.ChallengeName !== 'NEW_PASSWORD_REQUIRED') {
    const before = await signIn(password);
    return before?.AuthenticationResult ? ended(before.AuthenticationResult.RefreshToken) : 'refused';
  }
  try {
    const { AuthenticationResult } = await userPool().send(
      new AdminRespondToAuthChallengeCommand({
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ...challengeAnswer(id, first.Session, { NEW_PASSWORD: password }),
      }),
    );
    return await ended(AuthenticationResult?.RefreshToken);
  } catch (error) {
    if (failed(error, 'InvalidPasswordException')) return 'password-refused';
    throw error;
  }
}

/** Sets a state; an account that is not there (invited, not made yet) has none. */
async function ifThere(change: Promise<unknown>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!failed(error, 'UserNotFoundException')) throw error;
  }
}
/** Lets sign in, or not. Needs AdminEnableUser and AdminDisableUser. */
export function enableAccount(id: string, enabled: boolean): Promise<void> {
  return ifThere(
    enabled
      ? userPool().send(new AdminEnableUserCommand(of(id)))
      : userPool().send(new AdminDisableUserCommand(of(id))),
  );
}
/** Needs AdminDeleteUser. */
export function deleteAccount(id: string): Promise<void> {
  return ifThere(userPool().send(new AdminDeleteUserCommand(of(id))));
}
/** No refresh token works any more. Needs AdminUserGlobalSignOut. */
export function endAccountSessions(id: string): Promise<void> {
  return ifThere(userPool().send(new AdminUserGlobalSignOutCommand(of(id))));
}
/** Needs AdminAddUserToGroup. */
export function joinGroup(id: string, group: string): Promise<void> {
  return ifThere(userPool().send(new AdminAddUserToGroupCommand({ ...of(id), GroupName: group })));
}
/** Needs AdminRemoveUserFromGroup. */
export function leaveGroup(id: string, group: string): Promise<void> {
  return ifThere(userPool().send(new AdminRemoveUserFromGroupCommand({ ...of(id), GroupName: group })));
}
