/** What people say of themselves and how they want things: apart from the user, which is read at every request. */
import type { Preferences } from '../../shared/contracts/users/preferences.ts';
import { entity } from '../platform/entity.ts';

interface Kept {
  userId: string;
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
  version: number;
}
export interface UserProfile extends Kept {
  firstName?: string;
  lastName?: string;
  bio?: string;
  phone?: string;
  timeZone?: string;
  locale?: string;
}
export interface UserPreferences extends Kept, Preferences {}

export const userProfiles = entity<UserProfile>()({
  name: 'UserProfile',
  partition: 'USERPROFILE',
  describes: 'What a user says of themselves',
  keyShape: 'USERPROFILE#<user id> / USERPROFILE',
  key: ({ userId }: { userId: string }) => ({ pk: `USERPROFILE#${userId}`, sk: 'USERPROFILE' }),
  keyOf: ({ userId }) => ({ userId }),
  patterns: {},
});
export const userPreferences = entity<UserPreferences>()({
  name: 'UserPreferences',
  partition: 'USERPREFERENCES',
  describes: 'How a user wants to be told, and how the application looks',
  keyShape: 'USERPREFERENCES#<user id> / USERPREFERENCES',
  key: ({ userId }: { userId: string }) => ({ pk: `USERPREFERENCES#${userId}`, sk: 'USERPREFERENCES' }),
  keyOf: ({ userId }) => ({ userId }),
  patterns: {},
});
