import { refresh } from '../../shared/contracts/auth/refresh.ts';
import { AppError } from '../../shared/errors.ts';
import { mfaRequirementReading, mustEnrol } from '../admin/mfa-requirement.ts';
import { createIdentity } from '../platform/cognito.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { changeUser, endSession, sessionEnding } from '../users/accounts.ts';
import { REFRESH_COOKIE, sessionCookies } from './cookies.ts';
import { securityEvents } from './security-event.table.ts';
import { securityEvent } from './security-event.ts';
import { sessions } from './session.table.ts';
import { isLive, placeOf, readRefreshToken, refreshTokenOf, signInOf } from './session.ts';

export const handler = http(refresh, {
  access: {
    table: {
      ...sessionEnding,
      ...mfaRequirementReading,
      sessions: grant(sessions, 'get', 'update', 'delete'),
      securityEvents: grant(securityEvents, 'put'),
    },
    identityClient: true,
  },
  identity: createIdentity,
  errorImpact: 'Sessions end after 15 minutes.',
  run: async ({ body, cookies, db, identity, client, now, newId, log }) => {
    const given = readRefreshToken(body.refreshToken ?? cookies[REFRESH_COOKIE]);
    if (!given) throw new AppError('UNAUTHENTICATED');
    const { userId, sessionId, token } = given;
    const key = { userId, id: sessionId };
    const [user, session] = await Promise.all([
      db.users.get({ id: userId }, { consistent: true }),
      db.sessions.get(key, { consistent: true }),
    ]);
    if (!user || !session || !isLive(session, user, now)) {
      await identity.revoke(token);
      throw new AppError('UNAUTHENTICATED');
    }
    // What administrators ask of a role reaches who is signed in already.
    const enrol = await mustEnrol(db, user);
    if (enrol !== Boolean(user.mustEnrol))
      await changeUser(db, user, () => (enrol ? { set: { mustEnrol: true } } : { remove: ['mustEnrol'] }));
    const result = await identity.refresh(token);
    if (result.kind === 'refused') {
      // The pool lets the session live on. But two hold its tokens, and one of them is a thief: nobody keeps it.
      if (result.reused) {
        log.warn('a refresh token was used twice: its session is ended');
        await identity.revoke(token);
        const event = securityEvent(
          'refresh-token-reused',
          { userId, id: newId('securityEvent'), client, now },
          { details: { sessionId, device: session.device } },
        );
        const { originJti } = session;
        await endSession(
          db,
          user,
          { originJti, revoked: false },
          now,
          db.sessions.delete(key),
          db.securityEvents.put(event),
        );
      }
      throw new AppError('UNAUTHENTICATED');
    }
    const { tokens } = result;
    const { accessToken, expiresIn, refreshToken = token } = tokens;
    // A token of one sign-in beside the record of another, or a session that ended just now.
    const isOfSession = signInOf(accessToken).originJti === session.originJti;
    const place = { lastSeenAt: now.toISOString(), ...placeOf(client) };
    const ended = !isOfSession || (await db.tryWrite(db.sessions.update(key, { set: place }))).length > 0;
    if (ended) {
      await identity.revoke(refreshToken);
      throw new AppError('UNAUTHENTICATED');
    }
    const rotated = refreshTokenOf(session, refreshToken);
    if (body.refreshToken === undefined)
      return reply({ expiresIn }, { cookies: sessionCookies(tokens, rotated, session.expires, now) });
    return reply(
      { expiresIn, tokens: { accessToken, refreshToken: rotated, expiresIn, tokenType: 'Bearer' as const } },
      { secret: true },
    );
  },
});
