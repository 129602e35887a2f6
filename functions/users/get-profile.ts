import { getProfile } from '../../shared/contracts/users/get-profile.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { avatarUploads } from './avatar.table.ts';
import { uploadView } from './avatar.ts';
import { profileView } from './profile-view.ts';
import { userProfiles } from './settings.table.ts';
import { demandUser } from './settings.ts';
import { userReading } from './write-user.ts';

export const handler = http(getProfile, {
  access: {
    table: { ...userReading, profile: grant(userProfiles, 'get'), uploads: grant(avatarUploads, 'get') },
  },
  errorImpact: 'People do not see their profile.',
  run: async (context) => {
    const { params, db } = context;
    const user = await demandUser(db, params.id, context);
    const userId = params.id;
    const [kept, upload] = await Promise.all([
      db.profile.get({ userId }, { consistent: true }),
      db.uploads.get({ userId }, { consistent: true }),
    ]);
    const view = profileView(kept ?? { userId, version: 0 }, user, context);
    // Pictures come and go beside the profile, so they stand in the second part of its version.
    const beside = [user.avatar, upload?.id, upload?.state].filter(Boolean).join('_');
    return reply(
      { ...view, ...(upload && { avatarUpload: uploadView(upload) }) },
      { version: beside === '' ? view.version : `${view.version}-${beside}` },
    );
  },
});
