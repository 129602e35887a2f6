import { replaceSettings } from '../../shared/contracts/admin/replace-settings.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { settings } from './setting.table.ts';
import { settingsView } from './settings-view.ts';

export const handler = http(replaceSettings, {
  access: { table: { settings: grant(settings, 'get', 'put', 'update') } },
  errorImpact: 'Administrators cannot change the settings of the platform.',
  run: async (context) => {
    const { body, actor, db, now, ifMatch } = context;
    const name = 'platform' as const;
    const current = await db.settings.get({ name }, { consistent: true });
    ifMatch(current?.version ?? 0);
    const at = now.toISOString();
    const changed = { mfaRequiredRoles: [...new Set(body.mfaRequiredRoles)], updatedAt: at, updatedBy: actor.id };
    await db.write(
      current
        ? db.settings.update({ name }, { set: changed, version: current.version })
        : db.settings.put({ name, ...changed, createdAt: at, createdBy: actor.id, version: 1 }),
    );
    const view = settingsView({ ...changed, version: (current?.version ?? 0) + 1 }, context);
    return reply(view, { version: view.version });
  },
});
