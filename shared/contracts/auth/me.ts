import * as z from 'zod';
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
  output: userSchema.extend({
    mustEnrol: z.boolean().meta({
      description: 'A second factor must be set up before anything else: all else is answered with MFA_REQUIRED',
    }),
  }),
  errors: [],
  example: { output: { ...userExample, mustEnrol: false } },
});
