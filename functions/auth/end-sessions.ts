/** Ends a person's sessions, all or all but one, together with what else changes about them. */
import type { SecurityEventKind } from '../../shared/contracts/auth/security-event.ts';
import type { Db, Ride } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { changeUser, sessionEnding, type User, withoutSessions } from '../users/accounts.ts';
import { liveSessions } from './own-sessions.ts';
import { securityEvents } from './security-event.table.ts';
import { securityEvent } from './security-event.ts';
import { sessions } from './session.table.ts';
import type { Client } from './session.ts';

export const sessionsEnding = {
  ...sessionEnding,
  sessions: grant(sessions, 'query:ofUser', 'delete'),
  securityEvents: grant(securityEvents, 'put'),
} as const;

/** Records that one transaction can delete beside its other writes. Those that are left no longer count, and vanish with time. */
const DELETED_AT_ONCE = 90;

interface Ending {
  db: Db<{ table: typeof sessionsEnding }>;
  client: Client;
  now: Date;
  newId(kind: 'securityEvent'): string;
}

/** `keep`: `origin_jti` of the session that stays. `told`: the event that rides on the same write. Answers how many ended. */
export async function endSessions(
  { db, client, now, newId }: Ending,
  user: User,
  { kind, keep, told }: { kind: SecurityEventKind; keep?: string; told?: (securityEventId: string) => Ride },
): Promise<number> {
  const live = await liveSessions(db, user, now);
  const ended = live.filter(({ originJti }) => originJti !== keep);
  const id = newId('securityEvent');
  const event = securityEvent(
    kind,
    { userId: user.id, id, client, now },
    { details: { sessions: String(ended.length) } },
  );
  await changeUser(
    db,
    user,
    (current) => ({
      ...withoutSessions(current, { live, now, ...(keep !== undefined && { keep }) }),
      ...(told && { events: [told(id)] }),
    }),
    db.securityEvents.put(event),
    ...ended.slice(0, DELETED_AT_ONCE).map(({ userId, id: session }) => db.sessions.delete({ userId, id: session })),
  );
  return ended.length;
}
