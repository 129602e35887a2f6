/**
 * The user pool, in the words that the auth area needs. `username` is always our user id (`usr_…`): the pool has no aliases, so an
 * e-mail address belongs to whom the table says.
 */
export interface Tokens {
  accessToken: string;
  idToken: string;
  /** Rotated on every use. Left out when the pool kept the old one. */
  refreshToken?: string;
  /** Seconds until the access token ends. */
  expiresIn: number;
}
/** Result of a password check: signed in, or one more step. */
export type SignInResult =
  | { kind: 'tokens'; tokens: Tokens }
  | { kind: 'challenge'; challenge: 'SOFTWARE_TOKEN_MFA' | 'NEW_PASSWORD_REQUIRED' | 'MFA_SETUP'; session: string }
  | { kind: 'refused'; reason: 'credentials' | 'unconfirmed' | 'disabled' | 'reset-required' };

export interface Identity {
  /** Creates an unconfirmed user; the pool mails the code. `taken` when the username exists. */
  signUp(user: { id: string; email: string; password: string }): Promise<'created' | 'taken' | 'password-refused'>;
  confirmSignUp(
    id: string,
    code: string,
  ): Promise<'confirmed' | 'wrong-code' | 'expired-code' | 'already-confirmed' | 'too-many-attempts'>;
  /** Mails a new code; says nothing about whether the user exists. */
  resendCode(id: string): Promise<void>;
  /** Takes about the same time for users that do not exist. Needs `AdminInitiateAuth`. */
  signIn(id: string, password: string): Promise<SignInResult>;
  /** Answers the challenge SOFTWARE_TOKEN_MFA of a sign-in. Needs `AdminRespondToAuthChallenge`. */
  answerMfa(
    id: string,
    session: string,
    code: string,
  ): Promise<{ kind: 'tokens'; tokens: Tokens } | { kind: 'refused' }>;
  /** A new secret for an authenticator app, by the person's own access token; it means nothing before it is verified. */
  beginMfa(accessToken: string): Promise<string>;
  verifyMfa(accessToken: string, code: string): Promise<'verified' | 'wrong-code' | 'not-begun'>;
  /** Whether signing in asks for a code. Needs `AdminSetUserMFAPreference`. */
  setMfa(id: string, on: boolean): Promise<void>;
  /** New tokens; the refresh token is rotated. `refused`: it is unknown, ended, revoked or was used before. */
  refresh(refreshToken: string): Promise<{ kind: 'tokens'; tokens: Tokens } | { kind: 'refused'; reused: boolean }>;
  /** Ends the session of this refresh token. */
  revoke(refreshToken: string): Promise<void>;
  /** Mails a code by which a new password can be set; says nothing about whether the user exists. */
  forgotPassword(id: string): Promise<void>;
  resetPassword(
    id: string,
    code: string,
    password: string,
  ): Promise<'reset' | 'wrong-code' | 'too-many-attempts' | 'password-refused'>;
  /** By the person's own access token. */
  changePassword(
    accessToken: string,
    passwords: { current: string; next: string },
  ): Promise<'changed' | 'wrong-password' | 'too-many-attempts' | 'password-refused'>;
  /** The password works no more, and a code by which a new one can be set is mailed. Needs `AdminResetUserPassword`. */
  requireReset(id: string): Promise<void>;
  /** Ends every session in the pool: no refresh token works any more. Needs `AdminUserGlobalSignOut`. */
  signOutEverywhere(id: string): Promise<void>;
  /** Needs `AdminDeleteUser`. */
  deleteUser(id: string): Promise<void>;
  /** Needs `AdminAddUserToGroup`. */
  addToGroup(id: string, group: string): Promise<void>;
  /**
   * Makes somebody who can sign in at once, without a code: for the operator's command. Needs `AdminCreateUser` and `AdminSetUserPassword`.
   */
  createConfirmed(user: {
    id: string;
    email: string;
    password: string;
  }): Promise<'created' | 'taken' | 'password-refused'>;
}
