/** Which notifications a person wants in the application: what the notifications area may know of preferences. */
import { type Preferences, usualPreferences } from '../../shared/contracts/users/preferences.ts';
import type { Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import { userPreferences } from './settings.table.ts';

type Kind = keyof Preferences['notifications'];

export const preferencesReading = { preferences: grant(userPreferences, 'get') } as const;

export async function wantsInApp(
  db: Db<{ table: typeof preferencesReading }>,
  userId: string,
): Promise<(kind: Kind) => boolean> {
  const { notifications } = (await db.preferences.get({ userId })) ?? usualPreferences;
  return (kind) => notifications[kind].inApp;
}
