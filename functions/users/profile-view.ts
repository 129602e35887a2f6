/** The profile as the API shows it. */
import { avatarPaths } from '../../shared/contracts/users/avatar.ts';
import { deleteAvatar } from '../../shared/contracts/users/delete-avatar.ts';
import { getProfile } from '../../shared/contracts/users/get-profile.ts';
import { replaceProfile } from '../../shared/contracts/users/replace-profile.ts';
import { requestAvatarUpload } from '../../shared/contracts/users/request-avatar-upload.ts';
import type { Actor } from '../platform/http/context.ts';
import { links } from '../platform/http.ts';
import type { UserProfile } from './settings.table.ts';
import type { User } from './user.table.ts';

export function profileView(
  profile: Pick<UserProfile, 'userId' | 'version'> & Partial<UserProfile>,
  { avatar }: Pick<User, 'avatar'>,
  context: { actor: Actor; face: 'browser' | 'partner' },
) {
  const params = { id: profile.userId };
  return {
    ...profile,
    ...(avatar !== undefined && { avatar: avatarPaths(avatar) }),
    _links: links(context, {
      self: [getProfile, params],
      replace: [replaceProfile, params],
      uploadAvatar: [requestAvatarUpload, params],
      deleteAvatar: avatar !== undefined && [deleteAvatar, params],
    }),
  };
}
