import { userDeleted } from '../../events/users/user-deleted.v1.ts';
import { queue } from '../platform/queue.ts';
import { accountReading } from '../users/accounts.ts';
import { eraseNotificationData, notificationDataErasing } from './personal-data.ts';

export const handler = queue({
  id: 'notifications.on-user-deleted.erase',
  on: [userDeleted],
  access: { table: { ...accountReading, ...notificationDataErasing } },
  errorImpact: 'What a person who was erased was told in the application is still kept.',
  run: async ({ event, db }) => {
    const { userId } = event.data;
    const user = await db.users.get({ id: userId }, { consistent: true });
    // Who was only deleted can come back.
    if (user?.erasedAt !== undefined) await eraseNotificationData(db, userId);
  },
});
