import { contract } from '../contract.ts';
import { userParams } from './fields.ts';
import { profileExample, profileSchema } from './profile.ts';

export const getProfile = contract({
  id: 'users.get-profile',
  method: 'GET',
  path: '/users/{id}/profile',
  summary: 'Read the profile of a user',
  permission: 'profile:read',
  partner: true,
  params: userParams,
  success: 200,
  output: profileSchema,
  errors: ['ENTITY_NOT_FOUND'],
  example: { params: { id: profileExample.userId }, output: profileExample },
});
