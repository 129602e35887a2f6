/** Keeps count of the active administrators, so that the last one can not go. */
import { AppError } from '../../shared/errors.ts';
import type { Db, WriteOp } from '../platform/db.ts';
import { entity, grant } from '../platform/entity.ts';
import type { User } from './user.table.ts';

interface AdministratorCount {
  name: 'active';
  n: number;
}
export const administratorCount = entity<AdministratorCount>()({
  name: 'AdministratorCount',
  partition: 'ADMINISTRATORCOUNT',
  describes: 'Guard: how many active administrators there are',
  keyShape: 'ADMINISTRATORCOUNT#active / ADMINISTRATORCOUNT',
  key: ({ name }: { name: 'active' }) => ({ pk: `ADMINISTRATORCOUNT#${name}`, sk: 'ADMINISTRATORCOUNT' }),
  keyOf: ({ name }) => ({ name }),
  patterns: {},
  derived: true,
});
export const administratorCounting = { administrators: grant(administratorCount, 'update') } as const;

type Standing = Pick<User, 'role' | 'status' | 'deletedAt'>;
const counts = (user: Standing | undefined) =>
  user?.role === 'admin' && user.status === 'active' && user.deletedAt === undefined;

/**
 * What has to be written together with a change of a user so that the count stays right. Errors: INVALID_STATE when it would be the end
 * of the last active administrator.
 */
export function countAdministrator(
  db: Db<{ table: typeof administratorCounting }>,
  before: Standing | undefined,
  after: Standing,
): WriteOp[] {
  const by = Number(counts(after)) - Number(counts(before));
  if (by === 0) return [];
  if (by > 0) return [db.administrators.update({ name: 'active' }, { add: { n: 1 }, upsert: true })];
  const otherwise = () =>
    new AppError('INVALID_STATE', {
      message: 'The last active administrator stays one.',
      details: { state: 'last-administrator', allowed: [] },
    });
  return [db.administrators.update({ name: 'active' }, { add: { n: -1 }, when: { n: { gt: 1 } }, otherwise })];
}
