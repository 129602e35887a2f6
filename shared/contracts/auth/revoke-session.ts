import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { contract } from '../contract.ts';

export const revokeSession = contract({
  id: 'auth.revoke-session',
  method: 'DELETE',
  path: '/auth/sessions/{id}',
  summary: 'End one of the own sessions',
  description: 'It is out at its next request: neither its access token nor its refresh token works any more.',
  permission: 'sessions:write',
  params: z.strictObject({ id: idSchema('session') }),
  success: 204,
  errors: ['ENTITY_NOT_FOUND', 'CONFLICT'],
  example: { params: { id: 'ses_01JD3Z5QW8X7V6T5S4R3Q2P1N0' } },
});
