import * as z from 'zod';
import { idSchema } from '../../ids.ts';
import { linksSchema, moment } from '../list.ts';
import { preferencesFields } from '../users/preferences.ts';

/** The kinds that people set preferences for. */
export const notificationKind = preferencesFields.notifications.keyof();
export type NotificationKind = z.output<typeof notificationKind>;
export const notificationKinds: readonly NotificationKind[] = notificationKind.options;

export const notificationSchema = z.object({
  id: idSchema('notification'),
  kind: notificationKind,
  title: z.string().meta({ description: 'What happened, in a few words' }),
  body: z.string().meta({ description: 'To what, and how much; plain text' }),
  path: z.string().meta({ description: 'The page of the web application that shows more', example: '/orders' }),
  read: z.boolean().meta({ description: 'Whether the caller has read it' }),
  createdAt: moment,
  _links: linksSchema,
});
export type Notification = z.output<typeof notificationSchema>;

export const notificationExample = {
  id: 'ntf_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  kind: 'orderUpdates',
  title: 'New order MW-S4R3Q-2P1N0',
  body: '2 items for £5.10',
  path: '/orders/ord_01JD3Z5QW8X7V6T5S4R3Q2P1N0',
  read: false,
  createdAt: '2026-11-21T09:30:00.000Z',
  _links: {
    read: { href: '/api/v1/notifications/ntf_01JD3Z5QW8X7V6T5S4R3Q2P1N0/read', method: 'POST' },
  },
} satisfies z.input<typeof notificationSchema>;
