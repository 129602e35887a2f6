/** Whether somebody must set up a second factor before anything else. */
import type { Role } from '../../shared/permissions.ts';
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { settings } from './setting.table.ts';

export const mfaRequirementReading = { settings: grant(settings, 'get') } as const;

export async function mustEnrol(
  db: Db<{ table: typeof mfaRequirementReading }>,
  user: { role: Role; mfaEnabled: boolean },
): Promise<boolean> {
  if (user.mfaEnabled) return false;
  const setting = await db.settings.get({ name: 'platform' }, { consistent: true });
  return setting?.mfaRequiredRoles.includes(user.role) ?? false;
}
