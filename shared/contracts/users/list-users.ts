import * as z from 'zod';
import { roles } from '../../permissions.ts';
import { plans } from '../../plans.ts';
import { contract } from '../contract.ts';
import { listQuery, momentFilter } from '../list.ts';
import { userStatus, userSummaryExample, userSummarySchema } from './user.ts';

const sorts = ['createdAt', 'name', 'email', 'lastLoginAt'] as const;

export const listUsers = contract({
  id: 'users.list-users',
  method: 'GET',
  path: '/users',
  summary: 'List users',
  description:
    'Who may read only their own user sees a list of one. `search` finds beginnings of words in name, e-mail address and username. Sorted by lastLoginAt, users who never signed in are left out. Deleted users are listed by status=inactive alone.',
  permission: 'users:read',
  partner: true,
  query: z.strictObject({
    ...listQuery(sorts),
    search: z.string().trim().min(2).max(100).optional().meta({ description: 'Beginnings of words', example: 'ann' }),
    role: z.enum(roles).optional(),
    plan: z.enum(plans).optional(),
    status: userStatus.optional(),
    createdAfter: momentFilter.optional().meta({ description: 'At this moment or later' }),
    createdBefore: momentFilter.optional().meta({ description: 'Before this moment' }),
  }),
  success: 200,
  list: { sorts },
  output: userSummarySchema,
  errors: [],
  example: { query: { search: 'ann', status: 'active' }, output: userSummaryExample },
});
