/**
 * The user pool's app clients. Both have a secret that only functions know: whoever reaches the pool itself can call nothing by them,
 * neither sign in, nor answer a challenge, nor ask for codes or try them past our limits.
 */
import { createHmac } from 'node:crypto';
import { env } from './env.ts';

interface AppClient {
  readonly ClientId: string;
  readonly ClientSecret: string;
}
/** The client that people sign in by. */
export const signInClient = (): AppClient => ({
  ClientId: env('userPoolClientId'),
  ClientSecret: env('userPoolClientSecret'),
});
/** The client that people are registered by: it may write the address, and issues no token. */
export const signUpClient = (): AppClient => ({
  ClientId: env('signUpClientId'),
  ClientSecret: env('signUpClientSecret'),
});

/** Proof of the secret for this username, as the pool asks for it (SecretHash, SECRET_HASH). */
function secretHash({ ClientId, ClientSecret }: AppClient, username: string): string {
  return createHmac('sha256', ClientSecret).update(`${username}${ClientId}`).digest('base64');
}

/** What an operation on somebody by name takes. */
export function byClient(client: AppClient, username: string) {
  return { ClientId: client.ClientId, Username: username, SecretHash: secretHash(client, username) };
}

/** What begins a sign-in by password: an administrator's call, which needs the right `AdminInitiateAuth`. */
export function passwordSignIn(username: string, password: string) {
  const client = signInClient();
  return {
    UserPoolId: env('userPoolId'),
    ClientId: client.ClientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' as const,
    AuthParameters: { USERNAME: username, PASSWORD: password, SECRET_HASH: secretHash(client, username) },
  };
}
/** What goes on with it: needs `AdminRespondToAuthChallenge`. */
export function challengeAnswer(username: string, session: string | undefined, responses: Record<string, string>) {
  const client = signInClient();
  return {
    UserPoolId: env('userPoolId'),
    ClientId: client.ClientId,
    Session: session,
    ChallengeResponses: { USERNAME: username, SECRET_HASH: secretHash(client, username), ...responses },
  };
}
