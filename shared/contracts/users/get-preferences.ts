import { contract } from '../contract.ts';
import { userParams } from './fields.ts';
import { preferencesExample, preferencesSchema } from './preferences.ts';

export const getPreferences = contract({
  id: 'users.get-preferences',
  method: 'GET',
  path: '/users/{id}/preferences',
  summary: 'Read the preferences of a user',
  permission: 'profile:read',
  partner: true,
  params: userParams,
  success: 200,
  output: preferencesSchema,
  errors: ['ENTITY_NOT_FOUND'],
  example: { params: { id: preferencesExample.userId }, output: preferencesExample },
});
