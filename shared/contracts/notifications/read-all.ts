import * as z from 'zod';
import { contract } from '../contract.ts';

export const readAll = contract({
  id: 'notifications.read-all',
  method: 'POST',
  path: '/notifications/read-all',
  summary: 'Mark all notifications as read',
  permission: 'notifications:write',
  body: z.strictObject({}),
  success: 204,
  errors: ['CONFLICT'],
  idempotency: { none: 'What is read stays read.' },
  example: { body: {} },
});
