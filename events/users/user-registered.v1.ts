import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { roles } from '../../shared/permissions.ts';
import { plans } from '../../shared/plans.ts';
import { event } from '../event.ts';

export const userRegistered = event({
  name: 'UserRegistered',
  version: 1,
  area: 'users',
  subject: 'User',
  summary: 'Somebody has registered; the e-mail address is not confirmed yet.',
  data: z.object({
    userId: idSchema('user'),
    role: z.enum(roles),
    plan: z.enum(plans),
    marketingConsent: z.boolean(),
  }),
  producers: ['auth.register', 'users.invite-user', 'users.invite-users'],
  example: { userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0', role: 'user', plan: 'Free', marketingConsent: false },
});
