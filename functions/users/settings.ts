/** What the operations on profile and preferences share. */
import { notFound } from '../../shared/errors.ts';
import type { Scope } from '../../shared/permissions.ts';
import type { Db } from '../platform/db.ts';
import type { userReading } from './write-user.ts';

/** Errors: ENTITY_NOT_FOUND for a user who is foreign, missing or deleted. The caller is known to be there. */
export async function demandUser(
  db: Db<{ table: typeof userReading }>,
  id: string,
  { actor, scope }: { actor: { id: string }; scope: Scope },
): Promise<void> {
  if (id === actor.id) return;
  if (scope === 'own') throw notFound();
  const user = await db.users.get({ id }, { consistent: true });
  if (!user || user.deletedAt !== undefined) throw notFound();
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
