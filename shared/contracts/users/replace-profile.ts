import * as z from 'zod';
import { contract } from '../contract.ts';
import { userParams } from './fields.ts';
import { profileExample, profileFields, profileSchema } from './profile.ts';

export const replaceProfile = contract({
  id: 'users.replace-profile',
  method: 'PUT',
  path: '/users/{id}/profile',
  summary: 'Set the profile of a user',
  description: 'What is left out is taken away. The picture has operations of its own.',
  permission: 'profile:write',
  partner: true,
  params: userParams,
  body: z.strictObject(profileFields),
  success: 200,
  output: profileSchema,
  errors: ['ENTITY_NOT_FOUND', 'PRECONDITION_FAILED', 'CONFLICT'],
  example: {
    params: { id: profileExample.userId },
    body: { firstName: 'Ann', lastName: 'Archer', timeZone: 'Europe/London', locale: 'en-GB' },
    output: profileExample,
  },
});
