/** The user pool on Amazon Cognito. Every refusal that an operation must tell apart becomes a value; anything else is thrown. */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  type AuthenticationResultType,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  ResendConfirmationCodeCommand,
  RevokeTokenCommand,
  SignUpCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { byClient, challengeAnswer, passwordSignIn, signInClient, signUpClient } from './app-client.ts';
import { clientSettings } from './aws-client.ts';
import { env } from './env.ts';
import type { Identity, SignInResult, Tokens } from './identity.ts';

let client: CognitoIdentityProviderClient | undefined;
function userPool(): CognitoIdentityProviderClient {
  client ??= new CognitoIdentityProviderClient(clientSettings(8_000));
  return client;
}

/** What `http(contract, { identity: createIdentity })` takes. Needs `identityClient` access, and the rights that identity.ts names. */
export function createIdentity(): Identity {
  const pool = () => ({ UserPoolId: env('userPoolId') });
  return {
    async signUp({ id, email, password }) {
      try {
        await userPool().send(
          new SignUpCommand({
            ...byClient(signUpClient(), id),
            Password: password,
            // The one attribute that this client may write; everything else about a person stands in the table.
            UserAttributes: [{ Name: 'email', Value: email }],
            ClientMetadata: forMails(),
          }),
        );
        return 'created';
      } catch (error) {
        if (is(error, 'UsernameExistsException')) return 'taken';
        if (is(error, 'InvalidPasswordException')) return 'password-refused';
        throw error;
      }
    },

    async confirmSignUp(id, code) {
      try {
        await userPool().send(new ConfirmSignUpCommand({ ...byClient(signInClient(), id), ConfirmationCode: code }));
        return 'confirmed';
      } catch (error) {
        if (is(error, 'CodeMismatchException', 'UserNotFoundException')) return 'wrong-code';
        if (is(error, 'ExpiredCodeException')) return 'expired-code';
        if (is(error, 'TooManyFailedAttemptsException', 'LimitExceededException')) return 'too-many-attempts';
        // Cognito's way to say that nothing is left to confirm.
        if (is(error, 'NotAuthorizedException')) return 'already-confirmed';
        throw error;
      }
    },

    async resendCode(id) {
      try {
        await userPool().send(
          new ResendConfirmationCodeCommand({ ...byClient(signInClient(), id), ClientMetadata: forMails() }),
        );
      } catch (error) {
        // Unknown, confirmed already, or mailed too often: the caller must not learn which.
        if (
          !is(
            error,
            'UserNotFoundException',
            'InvalidParameterException',
            'LimitExceededException',
            'NotAuthorizedException',
          )
        )
          throw error;
      }
    },

    async signIn(id, password): Promise<SignInResult> {
      try {
        const { AuthenticationResult, ChallengeName, Session } = await userPool().send(
          new AdminInitiateAuthCommand(passwordSignIn(id, password)),
        );
        if (AuthenticationResult) return { kind: 'tokens', tokens: tokensOf(AuthenticationResult) };
        if (
          Session &&
          (ChallengeName === 'SOFTWARE_TOKEN_MFA' ||
            ChallengeName === 'NEW_PASSWORD_REQUIRED' ||
            ChallengeName === 'MFA_SETUP')
        )
          return { kind: 'challenge', challenge: ChallengeName, session: Session };
        throw new Error(`the user pool asks for ${ChallengeName}, which is not supported`);
      } catch (error) {
        if (is(error, 'UserNotConfirmedException')) return { kind: 'refused', reason: 'unconfirmed' };
        if (is(error, 'PasswordResetRequiredException')) return { kind: 'refused', reason: 'reset-required' };
        if (is(error, 'UserNotFoundException')) return { kind: 'refused', reason: 'credentials' };
        if (is(error, 'NotAuthorizedException'))
          return { kind: 'refused', reason: /disabled/i.test(String(error)) ? 'disabled' : 'credentials' };
        throw error;
      }
    },

    async answerMfa(id, session, code) {
      try {
        const { AuthenticationResult } = await userPool().send(
          new AdminRespondToAuthChallengeCommand({
            ChallengeName: 'SOFTWARE_TOKEN_MFA',
            ...challengeAnswer(id, session, { SOFTWARE_TOKEN_MFA_CODE: code }),
          }),
        );
        if (!AuthenticationResult) throw new Error('the user pool asks for more than a code');
        return { kind: 'tokens', tokens: tokensOf(AuthenticationResult) };
      } catch (error) {
        if (
          is(
            error,
            'CodeMismatchException',
            'ExpiredCodeException',
            'NotAuthorizedException',
            'UserNotFoundException',
            'InvalidParameterException',
            'TooManyFailedAttemptsException',
          )
        )
          return { kind: 'refused' };
        throw error;
      }
    },

    async beginMfa(accessToken) {
      const { SecretCode } = await userPool().send(new AssociateSoftwareTokenCommand({ AccessToken: accessToken }));
      if (!SecretCode) throw new Error('the user pool gave no secret');
      return SecretCode;
    },

    async verifyMfa(accessToken, code) {
      try {
        await userPool().send(new VerifySoftwareTokenCommand({ AccessToken: accessToken, UserCode: code }));
        return 'verified';
      } catch (error) {
        if (is(error, 'EnableSoftwareTokenMFAException', 'CodeMismatchException')) return 'wrong-code';
        if (is(error, 'InvalidParameterException', 'SoftwareTokenMFANotFoundException', 'NotAuthorizedException'))
          return 'not-begun';
        throw error;
      }
    },

    async setMfa(id, on) {
      await userPool().send(
        new AdminSetUserMFAPreferenceCommand({
          ...pool(),
          Username: id,
          SoftwareTokenMfaSettings: { Enabled: on, PreferredMfa: on },
        }),
      );
    },

    async refresh(refreshToken) {
      try {
        const { AuthenticationResult } = await userPool().send(
          new GetTokensFromRefreshTokenCommand({ ...signInClient(), RefreshToken: refreshToken }),
        );
        if (!AuthenticationResult) throw new Error('the user pool answered a refresh without tokens');
        return { kind: 'tokens', tokens: tokensOf(AuthenticationResult) };
      } catch (error) {
        if (is(error, 'RefreshTokenReuseException')) return { kind: 'refused', reused: true };
        if (is(error, 'NotAuthorizedException', 'UserNotFoundException', 'InvalidParameterException'))
          return { kind: 'refused', reused: false };
        throw error;
      }
    },

    async revoke(refreshToken) {
      try {
        await userPool().send(new RevokeTokenCommand({ ...signInClient(), Token: refreshToken }));
      } catch (error) {
        // It is no token of ours, or no session is left: either way there is nothing to end.
        if (!is(error, 'UnauthorizedException', 'UnsupportedTokenTypeException', 'InvalidParameterException'))
          throw error;
      }
    },

    async forgotPassword(id) {
      try {
        await userPool().send(
          new ForgotPasswordCommand({ ...byClient(signInClient(), id), ClientMetadata: forMails() }),
        );
      } catch (error) {
        // As with resending: unknown, without a confirmed address, or asked for too often.
        if (
          !is(
            error,
            'UserNotFoundException',
            'InvalidParameterException',
            'LimitExceededException',
            'NotAuthorizedException',
          )
        )
          throw error;
      }
    },

    async resetPassword(id, code, password) {
      try {
        await userPool().send(
          new ConfirmForgotPasswordCommand({
            ...byClient(signInClient(), id),
            ConfirmationCode: code,
            Password: password,
          }),
        );
        return 'reset';
      } catch (error) {
        if (is(error, 'TooManyFailedAttemptsException', 'LimitExceededException')) return 'too-many-attempts';
        if (is(error, 'InvalidPasswordException', 'PasswordHistoryPolicyViolationException')) return 'password-refused';
        if (
          is(
            error,
            'CodeMismatchException',
            'ExpiredCodeException',
            'UserNotFoundException',
            'UserNotConfirmedException',
            'NotAuthorizedException',
          )
        )
          return 'wrong-code';
        throw error;
      }
    },

    async changePassword(accessToken, { current, next }) {
      try {
        await userPool().send(
          new ChangePasswordCommand({ AccessToken: accessToken, PreviousPassword: current, ProposedPassword: next }),
        );
        return 'changed';
      } catch (error) {
        if (is(error, 'NotAuthorizedException')) return 'wrong-password';
        if (is(error, 'TooManyFailedAttemptsException', 'LimitExceededException')) return 'too-many-attempts';
        if (is(error, 'InvalidPasswordException', 'PasswordHistoryPolicyViolationException')) return 'password-refused';
        throw error;
      }
    },

    async requireReset(id) {
      await userPool().send(new AdminResetUserPasswordCommand({ ...pool(), Username: id, ClientMetadata: forMails() }));
    },

    async signOutEverywhere(id) {
      try {
        await userPool().send(new AdminUserGlobalSignOutCommand({ ...pool(), Username: id }));
      } catch (error) {
        if (!is(error, 'UserNotFoundException')) throw error;
      }
    },

    async deleteUser(id) {
      try {
        await userPool().send(new AdminDeleteUserCommand({ ...pool(), Username: id }));
      } catch (error) {
        if (!is(error, 'UserNotFoundException')) throw error;
      }
    },

    async addToGroup(id, group) {
      await userPool().send(new AdminAddUserToGroupCommand({ ...pool(), Username: id, GroupName: group }));
    },

    async createConfirmed({ id, email, password }) {
      const who = { ...pool(), Username: id };
      const attributes = { email, email_verified: 'true' };
      try {
        await userPool().send(
          new AdminCreateUserCommand({
            ...who,
            MessageAction: 'SUPPRESS',
            UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
          }),
        );
        await userPool().send(new AdminSetUserPasswordCommand({ ...who, Password: password, Permanent: true }));
        return 'created';
      } catch (error) {
        if (is(error, 'UsernameExistsException')) return 'taken';
        if (is(error, 'InvalidPasswordException')) return 'password-refused';
        throw error;
      }
    },
  };
}

/** For the function that words the pool's mails (identity.mail-code): it stands before the web application, and cannot know where that is. */
function forMails() {
  return { publicUrl: env('publicUrl') };
}

function tokensOf(result: AuthenticationResultType): Tokens {
  const { AccessToken, IdToken, RefreshToken, ExpiresIn } = result;
  if (!AccessToken || !IdToken) throw new Error('the user pool answered without tokens');
  return { accessToken: AccessToken, idToken: IdToken, refreshToken: RefreshToken, expiresIn: ExpiresIn ?? 900 };
}

function is(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
