import { contract } from '../contract.ts';
import { userParams } from './fields.ts';
import { userExample } from './user.ts';

export const deleteUser = contract({
  id: 'users.delete-user',
  method: 'DELETE',
  path: '/users/{id}',
  summary: 'Delete a user',
  description:
    'Everybody may delete themselves. All sessions end at once; staff can restore the account. The last active administrator stays.',
  permission: 'users:write',
  partner: true,
  params: userParams,
  success: 204,
  errors: ['ENTITY_NOT_FOUND', 'INVALID_STATE', 'PRECONDITION_FAILED', 'CONFLICT'],
  example: { params: { id: userExample.id } },
});
