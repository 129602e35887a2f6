import * as z from 'zod';
import { contract } from '../contract.ts';
import { userParams } from './fields.ts';
import { userExample, userSchema } from './user.ts';

export const restoreUser = contract({
  id: 'users.restore-user',
  method: 'POST',
  path: '/users/{id}/restore',
  summary: 'Restore a deleted user',
  description: 'The user is as before the deletion: who was suspended still is.',
  permission: 'users:create',
  partner: true,
  params: userParams,
  body: z.strictObject({}),
  success: 200,
  output: userSchema,
  errors: ['ENTITY_NOT_FOUND', 'INVALID_STATE', 'CONFLICT'],
  example: { params: { id: userExample.id }, body: {}, output: { ...userExample, version: 5 } },
});
