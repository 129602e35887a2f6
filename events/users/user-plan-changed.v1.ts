import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { plans } from '../../shared/plans.ts';
import { event } from '../event.ts';

export const userPlanChanged = event({
  name: 'UserPlanChanged',
  version: 1,
  area: 'users',
  subject: 'User',
  summary: 'An administrator has changed the plan of a user.',
  data: z.object({ userId: idSchema('user'), from: z.enum(plans), to: z.enum(plans) }),
  producers: ['users.set-plan'],
  example: { userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0', from: 'Free', to: 'Pro' },
});
