import * as z from 'zod';
import { contract } from '../contract.ts';
import { userParams } from './fields.ts';
import { userExample, userSchema } from './user.ts';

export const activateUser = contract({
  id: 'users.activate-user',
  method: 'POST',
  path: '/users/{id}/activate',
  summary: 'Lift a suspension',
  description: 'The user can sign in again a moment later. Sessions that the suspension ended stay ended.',
  permission: 'users:suspend',
  partner: true,
  params: userParams,
  body: z.strictObject({}),
  success: 200,
  output: userSchema,
  errors: ['ENTITY_NOT_FOUND', 'INVALID_STATE', 'PRECONDITION_FAILED', 'CONFLICT'],
  example: { params: { id: userExample.id }, body: {}, output: { ...userExample, version: 5 } },
});
