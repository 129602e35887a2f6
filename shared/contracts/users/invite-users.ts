import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { contract } from '../contract.ts';
import { invitationFields } from './invite-user.ts';
import { userExample } from './user.ts';

export const inviteUsers = contract({
  id: 'users.invite-users',
  method: 'POST',
  path: '/users/batch',
  summary: 'Invite many users',
  description:
    'Each gets a mail of their own. Addresses and usernames that are taken are skipped and reported; the others are invited.',
  permission: 'users:create',
  partner: true,
  body: z.strictObject({ users: z.array(invitationFields).min(1).max(25) }),
  success: 200,
  output: z.object({
    invited: z.array(z.object({ index: z.number().int(), id: idSchema('user'), email: z.string() })),
    skipped: z.array(
      z.object({ index: z.number().int(), email: z.string(), reason: z.enum(['email-taken', 'username-taken']) }),
    ),
  }),
  errors: [],
  example: {
    body: {
      users: [
        { email: 'ann@example.com', name: 'Ann Archer' },
        { email: 'bob@example.com', name: 'Bob Brown' },
      ],
    },
    output: {
      invited: [{ index: 0, id: userExample.id, email: 'ann@example.com' }],
      skipped: [{ index: 1, email: 'bob@example.com', reason: 'email-taken' }],
    },
  },
});
