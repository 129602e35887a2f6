import { userDeleted } from '../../events/users/user-deleted.v1.ts';
import { queue } from '../platform/queue.ts';
import { accountReading } from '../users/accounts.ts';
import { authDataErasing, eraseAuthData } from './personal-data.ts';

export const handler = queue({
  id: 'auth.on-user-deleted.erase',
  on: [userDeleted],
  access: { table: { ...accountReading, ...authDataErasing } },
  errorImpact: 'Where a person who was erased had signed in from is still kept.',
  run: async ({ event, db }) => {
    const { userId } = event.data;
    const user = await db.users.get({ id: userId }, { consistent: true });
    // Who was only deleted can come back.
    if (user?.erasedAt !== undefined) await eraseAuthData(db, userId);
  },
});
