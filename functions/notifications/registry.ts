export { handler as listNotifications } from './list-notifications.ts';
export { handler as onEventTell } from './on-event.tell.ts';
export { handler as onUserDeletedErase } from './on-user-deleted.erase.ts';
export { handler as readAll } from './read-all.ts';
export { handler as readNotification } from './read-notification.ts';
