import { getProfile } from '../../shared/contracts/users/get-profile.ts';
import { replaceProfile } from '../../shared/contracts/users/replace-profile.ts';
import { grant } from '../platform/entity.ts';
import { http, links, reply } from '../platform/http.ts';
import { userProfiles } from './settings.table.ts';
import { demandUser, nextOf } from './settings.ts';
import { userReading } from './write-user.ts';

export const handler = http(replaceProfile, {
  access: { table: { ...userReading, profile: grant(userProfiles, 'get', 'put') } },
  errorImpact: 'People cannot change their profile.',
  run: async (context) => {
    const { params, body, db, ifMatch } = context;
    await demandUser(db, params.id, context);
    const userId = params.id;
    const before = await db.profile.get({ userId }, { consistent: true });
    ifMatch(before?.version ?? 0);
    const after = { userId, ...body, ...nextOf(before, context) };
    await db.write(
      before ? db.profile.put(after, { replace: true, when: { version: before.version } }) : db.profile.put(after),
    );
    const _links = links(context, { self: [getProfile, params], replace: [replaceProfile, params] });
    return reply({ ...after, _links }, { version: after.version });
  },
});
