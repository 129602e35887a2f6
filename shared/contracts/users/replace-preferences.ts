import * as z from 'zod';
import { contract } from '../contract.ts';
import { userParams } from './fields.ts';
import { preferencesExample, preferencesFields, preferencesSchema, usualPreferences } from './preferences.ts';

export const replacePreferences = contract({
  id: 'users.replace-preferences',
  method: 'PUT',
  path: '/users/{id}/preferences',
  summary: 'Set the preferences of a user',
  description: 'Sets all of them at once.',
  permission: 'profile:write',
  partner: true,
  params: userParams,
  body: z.strictObject(preferencesFields),
  success: 200,
  output: preferencesSchema,
  errors: ['ENTITY_NOT_FOUND', 'PRECONDITION_FAILED', 'CONFLICT'],
  example: { params: { id: preferencesExample.userId }, body: { ...usualPreferences }, output: preferencesExample },
});
