import * as z from 'zod';
import { roles } from '../../permissions.ts';
import { contract } from '../contract.ts';
import { userParams } from './fields.ts';
import { userExample, userSchema } from './user.ts';

export const setRole = contract({
  id: 'users.set-role',
  method: 'PUT',
  path: '/users/{id}/role',
  summary: 'Set the role of a user',
  description:
    'Acts on the next request of the user. Nobody sets their own role, and the last active administrator stays one.',
  permission: 'users:grant',
  partner: true,
  params: userParams,
  body: z.strictObject({ role: z.enum(roles) }),
  success: 200,
  output: userSchema,
  errors: ['ENTITY_NOT_FOUND', 'INVALID_STATE', 'PRECONDITION_FAILED', 'CONFLICT'],
  example: {
    params: { id: userExample.id },
    body: { role: 'enterprise' },
    output: { ...userExample, role: 'enterprise', version: 4 },
  },
});
