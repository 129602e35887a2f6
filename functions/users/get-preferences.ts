import { getPreferences } from '../../shared/contracts/users/get-preferences.ts';
import { usualPreferences } from '../../shared/contracts/users/preferences.ts';
import { replacePreferences } from '../../shared/contracts/users/replace-preferences.ts';
import { grant } from '../platform/entity.ts';
import { http, links, reply } from '../platform/http.ts';
import { userPreferences } from './settings.table.ts';
import { demandUser } from './settings.ts';
import { userReading } from './write-user.ts';

export const handler = http(getPreferences, {
  access: { table: { ...userReading, preferences: grant(userPreferences, 'get') } },
  errorImpact: 'People do not see their preferences.',
  run: async (context) => {
    const { params, db } = context;
    await demandUser(db, params.id, context);
    const userId = params.id;
    const kept = (await db.preferences.get({ userId }, { consistent: true })) ?? {
      ...usualPreferences,
      userId,
      version: 0,
    };
    const _links = links(context, { self: [getPreferences, params], replace: [replacePreferences, params] });
    return reply({ ...kept, _links }, { version: kept.version });
  },
});
