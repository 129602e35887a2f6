/** A notification as the API shows it. */
import type * as z from 'zod';
import type { notificationSchema } from '../../shared/contracts/notifications/notification.ts';
import { readNotification } from '../../shared/contracts/notifications/read-notification.ts';
import type { Actor } from '../platform/http/context.ts';
import { links } from '../platform/http.ts';
import type { KeptNotification } from './notification.table.ts';

export function notificationView(
  { id, kind, title, body, path, createdAt }: KeptNotification,
  read: boolean,
  context: { actor: Actor; face: 'browser' | 'partner' },
): z.input<typeof notificationSchema> {
  const _links = links(context, { read: !read && [readNotification, { id }] });
  return { id, kind, title, body, path, read, createdAt, _links };
}
