import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { contract } from '../contract.ts';
import { notificationExample, notificationSchema } from './notification.ts';

export const readNotification = contract({
  id: 'notifications.read-notification',
  method: 'POST',
  path: '/notifications/{id}/read',
  summary: 'Mark a notification as read',
  permission: 'notifications:write',
  params: z.strictObject({ id: idSchema('notification') }),
  body: z.strictObject({}),
  success: 200,
  output: notificationSchema,
  errors: ['ENTITY_NOT_FOUND', 'CONFLICT'],
  idempotency: { none: 'What is read stays read.' },
  example: {
    params: { id: notificationExample.id },
    body: {},
    output: { ...notificationExample, read: true, _links: {} },
  },
});
