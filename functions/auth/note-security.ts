/** Notes a security event of somebody who may not exist. */
import type { SecurityEventKind } from '../../shared/contracts/auth/security-event.ts';
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { securityEvents } from './security-event.table.ts';
import { securityEvent } from './security-event.ts';
import type { Client } from './session.ts';

export const securityNoting = { securityEvents: grant(securityEvents, 'put') } as const;

/** What is noted of nobody only takes time, so that an unknown account takes as long as a known one. */
const NOBODY_SECONDS = 3_600;

export async function noteSecurity(
  {
    db,
    client,
    now,
    newId,
  }: {
    db: Db<{ table: typeof securityNoting }>;
    client: Client;
    now: Date;
    newId(kind: 'securityEvent' | 'user'): string;
  },
  user: { id: string } | undefined,
  kind: SecurityEventKind,
): Promise<void> {
  const event = securityEvent(kind, {
    userId: user?.id ?? newId('user'),
    id: newId('securityEvent'),
    client,
    now,
  });
  const expires = user ? event.expires : Math.floor(now.getTime() / 1_000) + NOBODY_SECONDS;
  await db.write(db.securityEvents.put({ ...event, expires }));
}
