/**
 * For tests: a user pool on loopback that speaks the few operations of cognito.ts, over its real protocol. What a pool does beyond that is
 * held against the local platform in tests/.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { grant } from '../platform/entity.ts';
import { type Answered, type Operations, startOperations } from '../platform/testing/operations.ts';
import type { User } from '../users/user.table.ts';
import { handler as login } from './login.ts';
import { type SecurityEvent, securityEvents } from './security-event.table.ts';

interface PoolUser {
  id: string;
  email: string;
  password: string;
  confirmed: boolean;
  code: string;
  groups: string[];
  resetCode?: string | undefined;
  mfa?: { pending: boolean; on: boolean };
}
/** The code that each authenticator app shows in tests. */
export const totp = '424242';

export interface UserPool {
  readonly users: Map<string, PoolUser>;
  /** Operations asked for since `forget`, in order. */
  readonly asked: string[];
  byEmail(email: string): PoolUser | undefined;
  /** Seconds by which the pool's clock is ahead of the functions'. */
  ahead: number;
  /** The next operation of this name fails with this exception. */
  failNext(operation: string, exception: string): void;
  stop(): Promise<void>;
}

class Refusal extends Error {}

export async function startUserPool(platform: Operations): Promise<UserPool> {
  const users = new Map<string, PoolUser>();
  /** Refresh token → user and session; undefined: used or revoked. */
  const refreshTokens = new Map<string, { id: string; session: string; at: number } | undefined>();
  const challenges = new Map<string, string>();
  const asked: string[] = [];
  const failing = new Map<string, string>();
  let made = 0;

  const pool: UserPool = {
    users,
    asked,
    ahead: 0,
    byEmail: (email) => [...users.values()].find((one) => one.email === email),
    failNext: (operation, exception) => failing.set(operation, exception),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const refuse = (exception: string): never => {
    throw new Refusal(exception);
  };
  const user = (id: string) => users.get(id) ?? refuse('UserNotFoundException');
  const holderOf = (token: string): string =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).username;
  const signedIn = (id: string, session: string, at = Math.floor(Date.now() / 1_000) + pool.ahead) => {
    const RefreshToken = `refresh-${++made}`;
    refreshTokens.set(RefreshToken, { id, session, at });
    const AccessToken = platform.token({ id }, session, at);
    return { AuthenticationResult: { AccessToken, IdToken: 'id', RefreshToken, ExpiresIn: 900, TokenType: 'Bearer' } };
  };
  // biome-ignore lint/suspicious/noExplicitAny: requests of eight operations, each with its own fields
  const operations: Record<string, (input: any) => object> = {
    SignUp({ Username, Password, UserAttributes }) {
      const email = UserAttributes.find(({ Name }: { Name: string }) => Name === 'email').Value;
      users.set(Username, { id: Username, email, password: Password, confirmed: false, code: '123456', groups: [] });
      return { UserConfirmed: false, UserSub: Username };
    },
    ConfirmSignUp({ Username, ConfirmationCode }) {
      const found = user(Username);
      if (found.confirmed) refuse('NotAuthorizedException');
      if (found.code !== ConfirmationCode) refuse('CodeMismatchException');
      found.confirmed = true;
      return {};
    },
    ResendConfirmationCode({ Username }) {
      const found = user(Username);
      if (found.confirmed) refuse('InvalidParameterException');
      found.code = '654321';
      return {};
    },
    AdminInitiateAuth({ AuthParameters: { USERNAME, PASSWORD } }) {
      const found = users.get(USERNAME);
      if (found?.password !== PASSWORD) refuse('NotAuthorizedException');
      if (!found?.confirmed) refuse('UserNotConfirmedException');
      if (!found?.mfa?.on) return signedIn(USERNAME, `session-${++made}`);
      const Session = `challenge-${++made}`;
      challenges.set(Session, USERNAME);
      return { ChallengeName: 'SOFTWARE_TOKEN_MFA', Session, ChallengeParameters: {} };
    },
    AdminRespondToAuthChallenge({ Session, ChallengeResponses: { USERNAME, SOFTWARE_TOKEN_MFA_CODE } }) {
      if (challenges.get(Session) !== USERNAME) refuse('NotAuthorizedException');
      if (SOFTWARE_TOKEN_MFA_CODE !== totp) refuse('CodeMismatchException');
      challenges.delete(Session);
      return signedIn(USERNAME, `session-${++made}`);
    },
    AssociateSoftwareToken({ AccessToken }) {
      user(holderOf(AccessToken)).mfa = { pending: true, on: false };
      return { SecretCode: 'JBSWY3DPEHPK3PXP' };
    },
    VerifySoftwareToken({ AccessToken, UserCode }) {
      const { mfa } = user(holderOf(AccessToken));
      if (!mfa?.pending) refuse('InvalidParameterException');
      if (UserCode !== totp) refuse('EnableSoftwareTokenMFAException');
      return { Status: 'SUCCESS' };
    },
    AdminSetUserMFAPreference({ Username, SoftwareTokenMfaSettings: { Enabled } }) {
      user(Username).mfa = { pending: false, on: Enabled };
      return {};
    },
    GetTokensFromRefreshToken({ RefreshToken }) {
      const session = refreshTokens.get(RefreshToken);
      if (!session)
        return refuse(refreshTokens.has(RefreshToken) ? 'RefreshTokenReuseException' : 'NotAuthorizedException');
      refreshTokens.set(RefreshToken, undefined);
      return signedIn(session.id, session.session, session.at);
    },
    RevokeToken({ Token }) {
      if (refreshTokens.has(Token)) refreshTokens.set(Token, undefined);
      return {};
    },
    ForgotPassword({ Username }) {
      user(Username).resetCode = '246810';
      return {};
    },
    ConfirmForgotPassword({ Username, ConfirmationCode, Password }) {
      const found = user(Username);
      if (found.resetCode === undefined) refuse('ExpiredCodeException');
      if (found.resetCode !== ConfirmationCode) refuse('CodeMismatchException');
      Object.assign(found, { password: Password, resetCode: undefined });
      return {};
    },
    ChangePassword({ AccessToken, PreviousPassword, ProposedPassword }) {
      const found = user(holderOf(AccessToken));
      if (found.password !== PreviousPassword) refuse('NotAuthorizedException');
      found.password = ProposedPassword;
      return {};
    },
    AdminResetUserPassword({ Username }) {
      Object.assign(user(Username), { password: undefined, resetCode: '246810' });
      return {};
    },
    AdminUserGlobalSignOut({ Username }) {
      for (const [token, session] of refreshTokens)
        if (session?.id === user(Username).id) refreshTokens.set(token, undefined);
      return {};
    },
    AdminDeleteUser({ Username }) {
      users.delete(user(Username).id);
      return {};
    },
    AdminAddUserToGroup({ Username, GroupName }) {
      user(Username).groups.push(GroupName);
      return {};
    },
  };

  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
      asked.push(operation);
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      try {
        const exception = failing.get(operation);
        failing.delete(operation);
        if (exception) refuse(exception);
        response.end(JSON.stringify(operations[operation]?.(JSON.parse(text)) ?? refuse('InvalidAction')));
      } catch (error) {
        response.statusCode = error instanceof Refusal ? 400 : 500;
        response.end(JSON.stringify({ __type: error instanceof Refusal ? error.message : 'InternalErrorException' }));
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = `http://127.0.0.1:${port}`;
  return pool;
}

/** What the tests of a file stand on: table and user pool, and one person, Ann, before each test, with nothing left of the one before. */
export interface UnderTest {
  readonly platform: Operations;
  readonly pool: UserPool;
  readonly ann: User;
  /** Signs in, each time from a network of its own unless told otherwise. */
  login(email?: string, password?: string, body?: object, ip?: string): Promise<Answered>;
}
/** Starts them before the tests of the file and stops them after. `withAnn: false` for files whose people register themselves. */
export function startUnderTest({ withAnn = true }: { withAnn?: boolean } = {}): UnderTest {
  let platform: Operations;
  let pool: UserPool;
  let ann: User;
  beforeAll(async () => {
    platform = await startOperations();
    pool = await startUserPool(platform);
  });
  beforeEach(async () => {
    await platform.table.clear();
    pool.users.clear();
    pool.asked.length = 0;
    pool.ahead = 0;
    if (withAnn) ann = await someone(platform, pool);
  });
  afterAll(async () => {
    await pool.stop();
    await platform.stop();
  });
  return {
    get platform() {
      return platform;
    },
    get pool() {
      return pool;
    },
    get ann() {
      return ann;
    },
    login: (email = ann.email, ...rest) => signIn(platform, email, ...rest),
  };
}

export const goodPassword = 'Demo-Passw0rd!';
export function registration(email: string, changes: object = {}) {
  return {
    name: 'Ann Archer',
    email,
    password: goodPassword,
    confirmPassword: goodPassword,
    acceptTerms: true,
    ...changes,
  };
}

/** Cookies that a reply sets, by name. */
export const cookiesOf = (reply: Answered) =>
  Object.fromEntries(
    (reply.multiValueHeaders['set-cookie'] ?? []).map((cookie) => {
      const [pair = '', ...attributes] = cookie.split('; ');
      return [pair.slice(0, pair.indexOf('=')), { value: pair.slice(pair.indexOf('=') + 1), attributes }];
    }),
  );
/** What a browser on our own pages sends after this reply. */
export const cookieHeader = (reply: Answered) => ({
  cookie: Object.entries(cookiesOf(reply))
    .map(([name, { value }]) => `${name}=${value}`)
    .join('; '),
  'sec-fetch-site': 'same-origin',
});

export const ACCESS = '__Host-mewayz-access';
export const REFRESH = '__Secure-mewayz-refresh';

/** A user who is in the table and in the pool. */
export async function someone(
  platform: Operations,
  pool: UserPool,
  changes: Partial<User> = {},
  confirmed = true,
): Promise<User> {
  const user = await platform.person('user', changes);
  const { id, email } = user;
  pool.users.set(id, { id, email, password: goodPassword, confirmed, code: '123456', groups: [] });
  return user;
}

let network = 0;
/** Each sign-in from a network of its own, unless told otherwise: tries are counted by network. */
export function signIn(
  platform: Operations,
  email: string,
  password = goodPassword,
  body: object = {},
  ip = `203.0.${++network % 250}.9`,
): Promise<Answered> {
  return platform.call(login, { body: { email, password, ...body }, ip });
}

/** Security events of a user, oldest first. */
export async function securityEventsOf(platform: Operations, user: Pick<User, 'id'>): Promise<SecurityEvent[]> {
  const db = platform.table.db({ table: { events: grant(securityEvents, 'query:ofUser') } });
  return (await db.events.query('ofUser', { userId: user.id }, { consistent: true })).items;
}
