import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { User } from '../users/user.table.ts';
import { actorOfKey, actorOfToken, isUsable, tokenVerifier } from './authentication.ts';
import { environmentNames } from './env.ts';

const pool = 'eu-west-1_AbCdEfGhI';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'RS256', use: 'sig' };
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const nowSeconds = Math.floor(Date.now() / 1_000);

function token(claims: object = {}, key = privateKey): string {
  const payload = {
    sub: '5c1e',
    username: 'usr_1',
    client_id: 'client-1',
    token_use: 'access',
    iss: `https://cognito-idp.eu-west-1.amazonaws.com/${pool}`,
    iat: nowSeconds,
    exp: nowSeconds + 900,
    origin_jti: 'session-1',
    ...claims,
  };
  const text = `${part({ alg: 'RS256', kid: 'key-1' })}.${part(payload)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

const user: User = {
  id: 'usr_1',
  email: 'a@example.com',
  name: 'A',
  role: 'user',
  plan: 'Free',
  status: 'active',
  mfaEnabled: false,
  marketingConsent: false,
  acceptedTermsAt: '2026-01-01T00:00:00.000Z',
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'usr_1',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'usr_1',
  version: 1,
};
const claims = { userId: 'usr_1', issuedAt: 1_000, signedInAt: 1_000, expiresAt: 2_000, sessionId: 'session-1' };

describe('a token', () => {
  beforeAll(() => {
    process.env[environmentNames.userPoolId] = pool;
    process.env[environmentNames.userPoolClientId] = 'client-1';
    process.env[environmentNames.jwks] = JSON.stringify({ keys: [jwk] });
  });

  test('of our pool and client says who, when and which sign-in', () => {
    expect(tokenVerifier()(token())).toEqual({
      userId: 'usr_1',
      issuedAt: nowSeconds,
      signedInAt: nowSeconds,
      expiresAt: nowSeconds + 900,
      sessionId: 'session-1',
    });
  });
  test.each([
    ['another pool', { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Zzzzzzzzz' }],
    ['another client', { client_id: 'client-2' }],
    ['an identity token', { token_use: 'id' }],
    ['an expired one', { exp: nowSeconds - 1 }],
  ])('is refused: %s', (_, wrong) => {
    expect(tokenVerifier()(token(wrong))).toBeUndefined();
  });
  test('signed by somebody else, or no token at all, is refused', () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    expect(tokenVerifier()(token({}, other))).toBeUndefined();
    expect(tokenVerifier()('a.b.c')).toBeUndefined();
    expect(tokenVerifier()('')).toBeUndefined();
    const [, payload] = token().split('.');
    expect(tokenVerifier()(`${part({ alg: 'none', kid: 'key-1' })}.${payload}.`)).toBeUndefined();
  });
  test('signed with our public key as a shared secret is refused, whatever it says of its algorithm', () => {
    const [, payload] = token().split('.');
    const secrets = [
      publicKey.export({ type: 'spki', format: 'pem' }),
      publicKey.export({ type: 'pkcs1', format: 'pem' }),
      JSON.stringify(jwk),
      String(jwk.n),
    ];
    for (const secret of secrets)
      for (const alg of ['HS256', 'RS256']) {
        const text = `${part({ alg, kid: 'key-1' })}.${payload}`;
        const signature = createHmac('sha256', secret).update(text).digest('base64url');
        expect(tokenVerifier()(`${text}.${signature}`)).toBeUndefined();
      }
  });
  test.each(['none', 'None', 'NONE', 'HS256', 'RS512', 'PS256', 'ES256', undefined])(
    'whose header says the algorithm %s is refused, also with our own signature',
    (alg) => {
      const text = `${part({ alg, kid: 'key-1' })}.${token().split('.')[1]}`;
      const signature = sign('sha256', Buffer.from(text), privateKey).toString('base64url');
      expect(tokenVerifier()(`${text}.${signature}`)).toBeUndefined();
      expect(tokenVerifier()(`${text}.`)).toBeUndefined();
    },
  );
  test('of an unknown key, or that brings its own, is refused', () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const own = { ...other.publicKey.export({ format: 'jwk' }), kid: 'key-2' };
    for (const header of [{ kid: 'key-2' }, { kid: 'key-1', jwk: own }, { kid: '../key-1' }, {}]) {
      const text = `${part({ alg: 'RS256', ...header })}.${token().split('.')[1]}`;
      const signature = sign('sha256', Buffer.from(text), other.privateKey).toString('base64url');
      expect(tokenVerifier()(`${text}.${signature}`)).toBeUndefined();
    }
  });
  test('with any one of its bits turned over is refused: 1,000 of them', () => {
    const verify = tokenVerifier();
    const parts = token()
      .split('.')
      .map((text) => Buffer.from(text, 'base64url'));
    const bits = parts.reduce((sum, { length }) => sum + length * 8, 0);
    // A step that shares no divisor with the length visits a different bit each time.
    const step = [7_919, 7_907, 7_901].find((prime) => bits % prime !== 0) as number;
    let accepted = 0;
    for (let i = 0; i < 1_000; i++) {
      const turned = parts.map((bytes) => Buffer.from(bytes));
      let at = (i * step) % bits;
      for (const bytes of turned) {
        if (at >= bytes.length * 8) {
          at -= bytes.length * 8;
          continue;
        }
        bytes[at >> 3] = (bytes[at >> 3] as number) ^ (1 << (at & 7));
        break;
      }
      if (verify(turned.map((bytes) => bytes.toString('base64url')).join('.'))) accepted += 1;
    }
    expect(bits).toBeGreaterThan(1_000);
    expect(accepted).toBe(0);
  });
  test('that was remembered ends all the same', () => {
    const verify = tokenVerifier();
    const short = token({ exp: nowSeconds + 300 });
    expect(verify(short)).toBeDefined();
    jest.useFakeTimers({ now: (nowSeconds + 301) * 1_000 });
    expect(verify(short)).toBeUndefined();
    jest.useRealTimers();
  });
});

describe('the user of a token', () => {
  test('acts with the role and plan that the table says now', () => {
    expect(actorOfToken({ ...user, role: 'manager' }, claims)).toEqual({
      id: 'usr_1',
      role: 'manager',
      plan: 'Free',
      via: 'session',
      sessionId: 'session-1',
    });
  });
  test.each<[string, User | undefined]>([
    ['is missing', undefined],
    ['is suspended', { ...user, status: 'suspended' }],
    ['is pending', { ...user, status: 'pending' }],
    ['is deleted', { ...user, deletedAt: '2026-01-02T00:00:00.000Z' }],
    ['ended all sessions since', { ...user, tokensValidAfter: 1_001 }],
    ['ended this session', { ...user, revokedSessions: { 'session-1': 9_999 } }],
  ])('does not act when it %s', (_, stored) => {
    expect(actorOfToken(stored, claims)).toBeUndefined();
  });
  test('does not act by a token that was refreshed after all sessions had ended', () => {
    expect(actorOfToken({ ...user, tokensValidAfter: 1_001 }, { ...claims, issuedAt: 1_500 })).toBeUndefined();
  });
  test('acts by the session that ended all others', () => {
    expect(actorOfToken({ ...user, tokensValidAfter: 1_001, keptSession: 'session-1' }, claims)).toBeDefined();
  });
  test('acts after other sessions have ended', () => {
    expect(actorOfToken({ ...user, tokensValidAfter: 1_000, revokedSessions: { other: 1 } }, claims)).toBeDefined();
  });
});

describe('an API key', () => {
  const key = {
    gatewayKeyId: 'gw1',
    id: 'key_1',
    userId: 'usr_1',
    name: 'CI',
    scopes: ['orders:read'],
    status: 'active',
    createdAt: '',
    createdBy: '',
    updatedAt: '',
    updatedBy: '',
    version: 1,
  } as const;
  const now = new Date('2026-11-21T12:00:00Z');

  test('narrows its user’s rights to its scopes', () => {
    expect(actorOfKey(user, key)).toMatchObject({
      id: 'usr_1',
      via: 'api-key',
      apiKeyId: 'key_1',
      scopes: ['orders:read'],
    });
    expect(actorOfKey({ ...user, status: 'suspended' }, key)).toBeUndefined();
  });
  test('works until it ends or is revoked', () => {
    expect(isUsable(key, now)).toBe(true);
    expect(isUsable({ ...key, expiresAt: '2026-11-21T12:00:01Z' }, now)).toBe(true);
    expect(isUsable({ ...key, expiresAt: '2026-11-21T12:00:00Z' }, now)).toBe(false);
    expect(isUsable({ ...key, status: 'revoked' }, now)).toBe(false);
    expect(isUsable(undefined, now)).toBe(false);
  });
});
