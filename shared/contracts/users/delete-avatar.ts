import { contract } from '../contract.ts';
import { userParams } from './fields.ts';

export const deleteAvatar = contract({
  id: 'users.delete-avatar',
  method: 'DELETE',
  path: '/users/{id}/avatar',
  summary: 'Take the picture of a user away',
  description: 'Also ends a form that was asked for and not used. Copies at the edge are gone within a day.',
  permission: 'profile:write',
  partner: true,
  params: userParams,
  success: 204,
  errors: ['ENTITY_NOT_FOUND', 'CONFLICT'],
  example: { params: { id: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0' } },
});
