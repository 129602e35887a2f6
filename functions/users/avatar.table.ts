/** How the last picture that somebody sent is followed: from the form to what became of it. */
import type { AvatarRefusal } from '../../shared/contracts/users/avatar-upload.ts';
import { entity } from '../platform/entity.ts';

export interface AvatarUpload {
  userId: string;
  /** `upl_…`: of the only form that works. */
  id: string;
  state: 'waiting' | 'ready' | 'refused';
  reason?: AvatarRefusal;
  at: string;
  /** The picture that it took the place of: its files are deleted after this is written. */
  replaces?: string;
  /** Epoch second. */
  expires: number;
}

export const avatarUploads = entity<AvatarUpload>()({
  name: 'AvatarUpload',
  partition: 'AVATARUPLOAD',
  describes: 'What became of the last picture that somebody sent of themselves',
  keyShape: 'AVATARUPLOAD#<user id> / AVATARUPLOAD',
  key: ({ userId }: { userId: string }) => ({ pk: `AVATARUPLOAD#${userId}`, sk: 'AVATARUPLOAD' }),
  keyOf: ({ userId }) => ({ userId }),
  patterns: {},
  expires: 'expires',
  derived: true,
});
