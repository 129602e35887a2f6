import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { roles } from '../../shared/permissions.ts';
import { event } from '../event.ts';

export const userRoleChanged = event({
  name: 'UserRoleChanged',
  version: 1,
  area: 'users',
  subject: 'User',
  summary: 'An administrator has changed the role of a user.',
  data: z.object({ userId: idSchema('user'), from: z.enum(roles), to: z.enum(roles) }),
  producers: ['users.set-role'],
  example: { userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0', from: 'user', to: 'enterprise' },
});
