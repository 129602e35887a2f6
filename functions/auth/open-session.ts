/** The end of every way to sign in: the session's record, the note of the sign-in, and the tokens in cookies or in the body. */
import { suspiciousLogin } from '../../events/users/suspicious-login.v1.ts';
import type { login } from '../../shared/contracts/auth/login.ts';
import type { Output } from '../../shared/contracts/contract.ts';
import { mfaRequirementReading, mustEnrol } from '../admin/mfa-requirement.ts';
import { type Db, ride } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import type { Reply } from '../platform/http/context.ts';
import { reply } from '../platform/http.ts';
import type { Tokens } from '../platform/identity.ts';
import { noteLogin, sessionEnding, type User, userView } from '../users/accounts.ts';
import { userLinks } from '../users/user-links.ts';
import { sessionCookies } from './cookies.ts';
import { riskOfLogin } from './risk.ts';
import { securityEvents } from './security-event.table.ts';
import { securityEvent } from './security-event.ts';
import { sessions } from './session.table.ts';
import { type Client, newSession, refreshTokenOf, signInOf } from './session.ts';

export const sessionOpening = {
  ...sessionEnding,
  ...mfaRequirementReading,
  sessions: grant(sessions, 'put'),
  securityEvents: grant(securityEvents, 'put', 'query:ofUser'),
} as const;

/** Events back to which a sign-in is compared. */
const REMEMBERED = 100;

interface SignIn {
  db: Db<{ table: typeof sessionOpening }>;
  user: User;
  tokens: Tokens;
  rememberMe: boolean;
  delivery: 'cookie' | 'body';
  client: Client;
  face: 'browser' | 'partner';
  now: Date;
  newId(kind: 'securityEvent'): string;
}

/** Errors: INVALID_CREDENTIALS when the user is not active any more. */
export async function openSession(signIn: SignIn): Promise<Reply<Output<typeof login>>> {
  const { db, tokens, rememberMe, delivery, client, face, now, newId } = signIn;
  if (!tokens.refreshToken) throw new Error('the user pool answered a sign-in without a refresh token');
  const { originJti, userId, signedInAt } = signInOf(tokens.accessToken);
  if (userId !== signIn.user.id) throw new Error('the user pool signed somebody else in');
  const session = newSession({ userId, originJti, signedInAt, rememberMe }, client, now);
  const [{ items: recent }, enrol] = await Promise.all([
    db.securityEvents.query('ofUser', { userId }, { order: 'desc', limit: REMEMBERED }),
    mustEnrol(db, signIn.user),
  ]);
  const { device, country } = session;
  const first = signIn.user.lastLoginAt === undefined;
  const { risk, reasons } = riskOfLogin(recent, { device, ...(country !== undefined && { country }), first, now });
  const id = newId('securityEvent');
  const event = securityEvent('login', { userId, id, client, now }, { risk, reasons });
  const user = await noteLogin(db, signIn.user, now, {
    enrol,
    told: reasons.length > 0 ? [ride(suspiciousLogin, { securityEventId: id, reasons })] : [],
    also: [db.sessions.put(session), db.securityEvents.put(event)],
  });
  const actor = { id: user.id, role: user.role, plan: user.plan, via: 'session' as const };
  const view = userView(user, userLinks(user.id, { actor, face }));
  const refreshToken = refreshTokenOf(session, tokens.refreshToken);
  const { accessToken, expiresIn } = tokens;
  if (delivery === 'body')
    return reply(
      { user: view, tokens: { accessToken, refreshToken, expiresIn, tokenType: 'Bearer' as const } },
      { secret: true },
    );
  return reply({ user: view }, { cookies: sessionCookies(tokens, refreshToken, session.expires, now) });
}
