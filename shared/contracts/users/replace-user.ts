import * as z from 'zod';
import { contract } from '../contract.ts';
import { companyField, consentField, nameField, usernameField, userParams } from './fields.ts';

import { userExample, userSchema } from './user.ts';

export const replaceUser = contract({
  id: 'users.replace-user',
  method: 'PUT',
  path: '/users/{id}',
  summary: 'Replace a user',
  description: 'Sets everything that may be set by the user: what is left out is taken away.',
  permission: 'users:write',
  partner: true,
  params: userParams,
  body: z.strictObject({
    name: nameField,
    company: companyField.optional(),
    username: usernameField.optional(),
    marketingConsent: consentField,
  }),
  success: 200,
  output: userSchema,
  errors: ['ENTITY_NOT_FOUND', 'DUPLICATE_ENTITY', 'PRECONDITION_FAILED', 'CONFLICT'],
  example: {
    params: { id: userExample.id },
    body: { name: 'Ann Archer', company: 'Archer Ltd', username: 'ann', marketingConsent: false },
    output: { ...userExample, version: 4 },
  },
});
