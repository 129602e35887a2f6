import { userDeleted } from '../../events/users/user-deleted.v1.ts';
import { queue } from '../platform/queue.ts';
import { accountReading } from '../users/accounts.ts';
import { eraseOrderData, orderDataErasing } from './personal-data.ts';

export const handler = queue({
  id: 'orders.on-user-deleted.erase',
  on: [userDeleted],
  access: { table: { ...accountReading, ...orderDataErasing } },
  errorImpact: 'Names and addresses of a person who was erased still stand in their orders.',
  run: async ({ event, db }) => {
    const { userId } = event.data;
    const user = await db.users.get({ id: userId }, { consistent: true });
    // Who was only deleted can come back.
    if (user?.erasedAt !== undefined) await eraseOrderData(db, userId);
  },
});
