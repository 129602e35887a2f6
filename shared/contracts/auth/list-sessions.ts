import * as z from 'zod';
import { contract } from '../contract.ts';
import { listQuery } from '../list.ts';
import { sessionExample, sessionSchema } from './session.ts';

const sorts = ['lastSeenAt', 'createdAt'] as const;

export const listSessions = contract({
  id: 'auth.list-sessions',
  method: 'GET',
  path: '/auth/sessions',
  summary: 'List own sessions',
  description: 'Where one is signed in: device, place, last seen.',
  permission: 'sessions:read',
  query: z.strictObject(listQuery(sorts)),
  success: 200,
  list: { sorts },
  output: sessionSchema,
  errors: [],
  example: { output: sessionExample },
});
