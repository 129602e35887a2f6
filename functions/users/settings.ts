/** What the operations on profile and preferences share. */
import { notFound } from '../../shared/errors.ts';
import type { Scope } from '../../shared/permissions.ts';
import type { Db } from '../platform/db.ts';
import type { User } from './user.table.ts';
import type { userReading } from './write-user.ts';

/** The user of a request. Errors: ENTITY_NOT_FOUND for one who is foreign, missing or deleted. The caller is known already. */
export async function demandUser(
  db: Db<{ table: typeof userReading }>,
  id: string,
  { actor, user: caller, scope }: { actor: { id: string }; user: User; scope: Scope },
): Promise<User> {
  if (id === actor.id) return caller;
  if (scope === 'own') throw notFound();
  const user = await db.users.get({ id }, { consistent: true });
  if (!user || user.deletedAt !== undefined) throw notFound();
  return user;
}

/** When, by whom and as which version the next state is kept. */
export function nextOf(
  before: { createdAt: string; version: number } | undefined,
  { actor, now }: { actor: { id: string }; now: Date },
) {
  const at = now.toISOString();
  return {
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
    updatedBy: actor.id,
    version: (before?.version ?? 0) + 1,
  };
}
