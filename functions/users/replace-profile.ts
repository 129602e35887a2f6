import { replaceProfile } from '../../shared/contracts/users/replace-profile.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { profileView } from './profile-view.ts';
import { userProfiles } from './settings.table.ts';
import { demandUser, nextOf } from './settings.ts';
import { userReading } from './write-user.ts';

export const handler = http(replaceProfile, {
  access: { table: { ...userReading, profile: grant(userProfiles, 'get', 'put') } },
  errorImpact: 'People cannot change their profile.',
  run: async (context) => {
    const { params, body, db, ifMatch } = context;
    const user = await demandUser(db, params.id, context);
    const userId = params.id;
    const before = await db.profile.get({ userId }, { consistent: true });
    ifMatch(before?.version ?? 0);
    const after = { userId, ...body, ...nextOf(before, context) };
    await db.write(
      before ? db.profile.put(after, { replace: true, when: { version: before.version } }) : db.profile.put(after),
    );
    return reply(profileView(after, user, context), { version: after.version });
  },
});
