/** What this area holds about a person: given to them, and erased. */
import type { Db, Page } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import type { User } from '../users/accounts.ts';
import { backupCodes } from './backup-codes.table.ts';
import { liveSessions, sessionsReading } from './own-sessions.ts';
import { type SecurityEvent, securityEvents } from './security-event.table.ts';
import { securityEventView } from './security-event.ts';
import { sessions } from './session.table.ts';
import { sessionView } from './session.ts';

export const authDataReading = { ...sessionsReading, securityEvents: grant(securityEvents, 'query:ofUser') } as const;

/** Items that one read gives at most. */
const AT_ONCE = 500;

/** Sessions that have not ended, and the newest security events, up to `most`. */
export async function readAuthData(
  db: Db<{ table: typeof authDataReading }>,
  user: User,
  { most, now }: { most: number; now: Date },
) {
  const events: SecurityEvent[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<SecurityEvent> = await db.securityEvents.query(
      'ofUser',
      { userId: user.id },
      { order: 'desc', limit: Math.min(AT_ONCE, most - events.length), cursor },
    );
    events.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined && events.length < most);
  return {
    sessions: (await liveSessions(db, user, now)).map((session) => sessionView(session, false, {})),
    securityEvents: events.map((event) => securityEventView(event, {})),
    complete: cursor === undefined,
  };
}

export const authDataErasing = {
  sessions: grant(sessions, 'query:ofUser', 'delete'),
  securityEvents: grant(securityEvents, 'query:ofUser', 'delete'),
  backupCodes: grant(backupCodes, 'delete'),
} as const;

/** Deletes that go into one transaction. */
const TOGETHER = 50;

/** Deletes sessions, security events and backup codes of a person. May be repeated. */
export async function eraseAuthData(db: Db<{ table: typeof authDataErasing }>, userId: string): Promise<void> {
  await db.write(db.backupCodes.delete({ userId }));
  for (const entity of [db.sessions, db.securityEvents]) {
    for (;;) {
      const { items } = await entity.query('ofUser', { userId }, { consistent: true, limit: TOGETHER });
      if (items.length === 0) break;
      await db.write(...items.map(({ id }) => entity.delete({ userId, id })));
    }
  }
}
