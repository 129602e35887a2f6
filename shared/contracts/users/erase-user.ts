import * as z from 'zod';
import { contract } from '../contract.ts';
import { userParams } from './fields.ts';

export const eraseUser = contract({
  id: 'users.erase-user',
  method: 'POST',
  path: '/users/{id}/erase',
  summary: 'Erase a person',
  description:
    'Takes everything personal away for good: the account, its names and address, profile, picture, preferences, sessions and security events. All sessions end at once. Orders are kept for the books, without names, addresses and notes. Whoever erases themselves gives their password; staff give none. The last active administrator stays.',
  permission: 'users:write',
  partner: true,
  params: userParams,
  body: z.strictObject({
    password: z.string().min(1).max(256).optional().meta({ description: 'One’s own, to erase oneself' }),
  }),
  success: 204,
  errors: ['ENTITY_NOT_FOUND', 'INVALID_STATE', 'PRECONDITION_FAILED', 'CONFLICT'],
  idempotency: { none: 'Nobody can be erased twice; no trace of a password is kept.' },
  rateLimit: [{ per: 'user', limit: 5, windowSeconds: 900, counts: 'failures' }],
  example: { params: { id: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0' }, body: { password: 'Demo-Passw0rd!' } },
});
