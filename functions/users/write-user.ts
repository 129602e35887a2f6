/** Reads users for a change and writes them: with their guards, or nothing. */
import { isDeepStrictEqual } from 'node:util';
import { AppError, notFound } from '../../shared/errors.ts';
import type { Scope } from '../../shared/permissions.ts';
import type { Db, Ride, WriteOp } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import type { Actor } from '../platform/http/context.ts';
import { administratorCounting, countAdministrator } from './administrators.ts';
import { type User, usernames, users } from './user.table.ts';

export const userReading = { users: grant(users, 'get') } as const;
/** To change the fields that people fill in. */
export const userEditing = {
  users: grant(users, 'get', 'update'),
  usernames: grant(usernames, 'put', 'delete'),
} as const;
/** To change role or state. */
export const userRanking = { users: grant(users, 'get', 'update'), ...administratorCounting } as const;
/** To change what nothing else depends on. */
export const userMarking = { users: grant(users, 'get', 'update') } as const;

/**
 * The user whom somebody is about to change. Errors: ENTITY_NOT_FOUND for missing, foreign and deleted ones, FORBIDDEN for
 * administrators unless one asks.
 */
export async function readForChange(
  db: Db<{ table: typeof userReading }>,
  id: string,
  { actor, scope, deleted = false }: { actor: Actor; scope: Scope; deleted?: boolean },
): Promise<User> {
  if (scope === 'own' && id !== actor.id) throw notFound();
  const user = await db.users.get({ id }, { consistent: true });
  if (!user || (user.deletedAt !== undefined && !deleted)) throw notFound();
  if (user.role === 'admin' && actor.role !== 'admin')
    throw new AppError('FORBIDDEN', { message: 'Only administrators change administrators.' });
  return user;
}

/** What an update sets and removes to make `after` of `before`; the version counts by itself. */
function changeOf(before: User, after: User): { set: Partial<User>; remove: (keyof User & string)[] } {
  const { version: _, ...wanted } = after;
  const set = Object.fromEntries(
    Object.entries(wanted).filter(
      ([name, value]) => value !== undefined && !isDeepStrictEqual(value, before[name as keyof User]),
    ),
  ) as Partial<User>;
  const remove = (Object.keys(before) as (keyof User & string)[]).filter((name) => after[name] === undefined);
  return { set, remove };
}

/** Writes a new role, plan or state. A sign-in at the same moment does not stand in its way; another change of these does: CONFLICT. */
export async function writeStanding(
  db: Db<{ table: typeof userMarking }>,
  before: User,
  after: User,
  event: Ride,
  guards: readonly WriteOp[] = [],
): Promise<User> {
  const { role, plan, status, deletedAt } = before;
  const { set, remove } = changeOf(before, after);
  const when = { role, plan, status, deletedAt: deletedAt === undefined ? { exists: false } : deletedAt };
  const update = db.users.update({ id: before.id }, { set, remove, add: { version: 1 }, when, events: [event] });
  await db.write(...guards, update);
  return { ...after, version: before.version + 1 };
}

/** As `writeStanding`, for what makes or unmakes an active administrator. Errors: INVALID_STATE for the last one. */
export function writeRank(db: Db<{ table: typeof userRanking }>, before: User, after: User, event: Ride) {
  return writeStanding(db, before, after, event, countAdministrator(db, before, after));
}

/** Writes changed fields, and the guard of a changed username. Errors: DUPLICATE_ENTITY when it is taken, CONFLICT after another change. */
export async function writeFields(
  db: Db<{ table: typeof userEditing }>,
  before: User,
  after: User,
  event: Ride,
): Promise<User> {
  const guards: WriteOp[] = [];
  const [old, fresh] = [before.username, after.username];
  if (old?.toLowerCase() !== fresh?.toLowerCase()) {
    const taken = () => new AppError('DUPLICATE_ENTITY', { details: { field: 'body.username' } });
    if (old !== undefined) guards.push(db.usernames.delete({ name: old }));
    if (fresh !== undefined) guards.push(db.usernames.put({ name: fresh, userId: before.id }, { otherwise: taken }));
  }
  const { set, remove } = changeOf(before, after);
  await db.write(
    ...guards,
    db.users.update({ id: before.id }, { set, remove, version: before.version, events: [event] }),
  );
  return { ...after, version: before.version + 1 };
}
