import { getProfile } from '../../shared/contracts/users/get-profile.ts';
import { replaceProfile } from '../../shared/contracts/users/replace-profile.ts';
import { grant } from '../platform/entity.ts';
import { http, links, reply } from '../platform/http.ts';
import { userProfiles } from './settings.table.ts';
import { demandUser } from './settings.ts';
import { userReading } from './write-user.ts';

export const handler = http(getProfile, {
  access: { table: { ...userReading, profile: grant(userProfiles, 'get') } },
  errorImpact: 'People do not see their profile.',
  run: async (context) => {
    const { params, db } = context;
    await demandUser(db, params.id, context);
    const userId = params.id;
    const kept = (await db.profile.get({ userId }, { consistent: true })) ?? { userId, version: 0 };
    const _links = links(context, { self: [getProfile, params], replace: [replaceProfile, params] });
    return reply({ ...kept, _links }, { version: kept.version });
  },
});
