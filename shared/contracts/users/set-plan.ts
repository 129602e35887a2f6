import * as z from 'zod';
import { plans } from '../../plans.ts';
import { contract } from '../contract.ts';
import { userParams } from './fields.ts';
import { userExample, userSchema } from './user.ts';

export const setPlan = contract({
  id: 'users.set-plan',
  method: 'PUT',
  path: '/users/{id}/plan',
  summary: 'Set the plan of a user',
  description: 'Acts on the next request of the user. Nobody sets their own plan.',
  permission: 'users:grant',
  partner: true,
  params: userParams,
  body: z.strictObject({ plan: z.enum(plans) }),
  success: 200,
  output: userSchema,
  errors: ['ENTITY_NOT_FOUND', 'PRECONDITION_FAILED', 'CONFLICT'],
  example: {
    params: { id: userExample.id },
    body: { plan: 'Pro' },
    output: { ...userExample, plan: 'Pro', version: 4 },
  },
});
