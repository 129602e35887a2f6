/** The rules of people's pictures. Pure. */
import { AVATAR_FOLDER, avatarSides } from '../../shared/contracts/users/avatar.ts';
import { avatarRefusals } from '../../shared/contracts/users/avatar-upload.ts';
import type { AvatarUpload } from './avatar.table.ts';

/** Where uploads of pictures lie, until they are looked at. */
export const AVATAR_UPLOADS = 'avatars/';
export const uploadKey = (userId: string, id: string) => `${AVATAR_UPLOADS}${userId}/${id}`;
/** Whose upload it is; undefined for a key that no form of ours has. */
export function readUploadKey(key: string): { userId: string; id: string } | undefined {
  const [, userId, id] = /^avatars\/(usr_[0-9A-Z]{26})\/(upl_[0-9A-Z]{26})$/.exec(key) ?? [];
  return userId && id ? { userId, id } : undefined;
}

/** Keys of the files that a picture is made of, by their sides in pixels. */
export function pictureFiles(id: string): { side: number; key: string }[] {
  return Object.values(avatarSides).map((side) => ({ side, key: `${AVATAR_FOLDER}/${id}/${side}.webp` }));
}

const KEPT_SECONDS = 30 * 86_400;
export function newUpload(userId: string, id: string, now: Date): AvatarUpload {
  return {
    userId,
    id,
    state: 'waiting',
    at: now.toISOString(),
    expires: Math.floor(now.getTime() / 1_000) + KEPT_SECONDS,
  };
}

/** The upload as the profile shows it. */
export function uploadView({ id, state, reason, at }: AvatarUpload) {
  return { id, state, at, ...(reason !== undefined && { reason, message: avatarRefusals[reason] }) };
}
