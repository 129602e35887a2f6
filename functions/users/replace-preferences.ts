import { getPreferences } from '../../shared/contracts/users/get-preferences.ts';
import { replacePreferences } from '../../shared/contracts/users/replace-preferences.ts';
import { grant } from '../platform/entity.ts';
import { http, links, reply } from '../platform/http.ts';
import { userPreferences } from './settings.table.ts';
import { demandUser, nextOf } from './settings.ts';
import { userReading } from './write-user.ts';

export const handler = http(replacePreferences, {
  access: { table: { ...userReading, preferences: grant(userPreferences, 'get', 'put') } },
  errorImpact: 'People cannot change their preferences.',
  run: async (context) => {
    const { params, body, db, ifMatch } = context;
    await demandUser(db, params.id, context);
    const userId = params.id;
    const before = await db.preferences.get({ userId }, { consistent: true });
    ifMatch(before?.version ?? 0);
    const after = { userId, ...body, ...nextOf(before, context) };
    await db.write(
      before
        ? db.preferences.put(after, { replace: true, when: { version: before.version } })
        : db.preferences.put(after),
    );
    const _links = links(context, { self: [getPreferences, params], replace: [replacePreferences, params] });
    return reply({ ...after, _links }, { version: after.version });
  },
});
