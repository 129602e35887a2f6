import * as z from 'zod';
import { contract } from '../contract.ts';
import { companyField, consentField, nameField, usernameField, userParams } from './fields.ts';

import { userExample, userSchema } from './user.ts';

export const updateUser = contract({
  id: 'users.update-user',
  method: 'PATCH',
  path: '/users/{id}',
  summary: 'Change a user',
  description:
    'Fields that are left out stay as they are; null takes company or username away. Role, plan and status have operations of their own.',
  permission: 'users:write',
  partner: true,
  params: userParams,
  body: z.strictObject({
    name: nameField.optional(),
    company: companyField.nullable().optional(),
    username: usernameField.nullable().optional(),
    marketingConsent: consentField.optional(),
  }),
  success: 200,
  output: userSchema,
  errors: ['ENTITY_NOT_FOUND', 'DUPLICATE_ENTITY', 'PRECONDITION_FAILED', 'CONFLICT'],
  example: { params: { id: userExample.id }, body: { company: 'Archer Ltd' }, output: { ...userExample, version: 4 } },
});
