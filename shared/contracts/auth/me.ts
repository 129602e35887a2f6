import { contract } from '../contract.ts';
import { userExample, userSchema } from '../users/user.ts';

export const me = contract({
  id: 'auth.me',
  method: 'GET',
  path: '/auth/me',
  summary: 'Read the signed-in user',
  permission: 'profile:read',
  whileEnrolling: true,
  success: 200,
  output: userSchema,
  errors: [],
  example: { output: userExample },
});
