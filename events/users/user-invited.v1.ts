import * as z from 'zod';
import { idSchema } from '../../shared/ids.ts';
import { event } from '../event.ts';

export const userInvited = event({
  name: 'UserInvited',
  version: 1,
  area: 'users',
  subject: 'User',
  summary: 'Staff have made an account for somebody, who gets a temporary password by mail.',
  data: z.object({ userId: idSchema('user') }),
  producers: ['users.invite-user', 'users.invite-users'],
  example: { userId: 'usr_01JD3Z5QW8X7V6T5S4R3Q2P1N0' },
});
