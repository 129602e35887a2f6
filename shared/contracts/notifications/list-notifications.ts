import * as z from 'zod';
import { contract } from '../contract.ts';
import { listQuery } from '../list.ts';
import { notificationExample, notificationKind, notificationSchema } from './notification.ts';

const sorts = ['createdAt'] as const;

export const listNotifications = contract({
  id: 'notifications.list-notifications',
  method: 'GET',
  path: '/notifications',
  summary: 'List own notifications',
  description:
    'What the caller was told in the application in the last 90 days: of their own orders, sales and account, and, for staff, of the company’s. `unread=true&limit=1` tells how many are unread in `totalItems`.',
  permission: 'notifications:read',
  query: z.strictObject({
    ...listQuery(sorts),
    kind: notificationKind.optional(),
    unread: z.enum(['true', 'false']).optional().meta({ description: 'Only those that are unread, or read' }),
  }),
  success: 200,
  list: { sorts },
  output: notificationSchema,
  errors: [],
  example: { query: { unread: 'true' }, output: notificationExample },
});
