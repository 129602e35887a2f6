import { contract } from '../contract.ts';
import { settingsExample, settingsSchema } from './settings.ts';

export const getSettings = contract({
  id: 'admin.get-settings',
  method: 'GET',
  path: '/admin/settings',
  summary: 'Read the settings of the platform',
  permission: 'settings:write',
  success: 200,
  output: settingsSchema,
  errors: [],
  example: { output: settingsExample },
});
