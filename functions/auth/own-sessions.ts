/** All sessions of one person that have not ended. */
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import type { User } from '../users/accounts.ts';
import { type Session, sessions } from './session.table.ts';
import { isLive } from './session.ts';

export const sessionsReading = { sessions: grant(sessions, 'query:ofUser') } as const;

/** Sessions that nobody has; who has more signs in by a program that never signs out. */
const MOST = 1_000;

export async function liveSessions(
  db: Db<{ table: typeof sessionsReading }>,
  user: User,
  now: Date,
): Promise<Session[]> {
  const { items } = await db.sessions.query('ofUser', { userId: user.id }, { consistent: true, limit: MOST });
  return items.filter((session) => isLive(session, user, now));
}
