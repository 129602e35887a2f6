import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { contract } from '../contract.ts';
import { userExample, userSchema } from './user.ts';

export const getUser = contract({
  id: 'users.get-user',
  method: 'GET',
  path: '/users/{id}',
  summary: 'Read a user',
  permission: 'users:read',
  partner: true,
  params: z.strictObject({ id: idSchema('user') }),
  success: 200,
  output: userSchema,
  errors: ['ENTITY_NOT_FOUND'],
  example: { params: { id: userExample.id }, output: userExample },
});
