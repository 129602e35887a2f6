import { getSettings } from '../../shared/contracts/admin/get-settings.ts';
import { grant } from '../platform/entity.ts';
import { http, reply } from '../platform/http.ts';
import { settings } from './setting.table.ts';
import { settingsView } from './settings-view.ts';

export const handler = http(getSettings, {
  access: { table: { settings: grant(settings, 'get') } },
  errorImpact: 'Administrators do not see the settings of the platform.',
  run: async (context) => {
    const view = settingsView(await context.db.settings.get({ name: 'platform' }, { consistent: true }), context);
    return reply(view, { version: view.version });
  },
});
