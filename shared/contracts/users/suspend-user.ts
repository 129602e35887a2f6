import * as z from 'zod';
import { contract } from '../contract.ts';
import { userParams } from './fields.ts';
import { userExample, userSchema } from './user.ts';

export const suspendUser = contract({
  id: 'users.suspend-user',
  method: 'POST',
  path: '/users/{id}/suspend',
  summary: 'Suspend a user',
  description:
    'All sessions of the user end at once. Moderators suspend those who are neither staff nor sellers; nobody suspends themselves, and only administrators suspend administrators.',
  permission: 'users:suspend',
  partner: true,
  params: userParams,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500).optional() }),
  success: 200,
  output: userSchema,
  errors: ['ENTITY_NOT_FOUND', 'INVALID_STATE', 'PRECONDITION_FAILED', 'CONFLICT'],
  example: {
    params: { id: userExample.id },
    body: { reason: 'Card fraud' },
    output: { ...userExample, status: 'suspended', version: 4 },
  },
});
