import * as z from 'zod';
import { contract } from '../contract.ts';
import { settingsExample, settingsFields, settingsSchema } from './settings.ts';

export const replaceSettings = contract({
  id: 'admin.replace-settings',
  method: 'PUT',
  path: '/admin/settings',
  summary: 'Replace the settings of the platform',
  description:
    'A role that must have a second factor acts on people at their next sign-in or refresh: within 15 minutes.',
  permission: 'settings:write',
  body: z.strictObject(settingsFields),
  success: 200,
  output: settingsSchema,
  errors: ['PRECONDITION_FAILED', 'CONFLICT'],
  example: { body: { mfaRequiredRoles: ['admin'] }, output: settingsExample },
});
