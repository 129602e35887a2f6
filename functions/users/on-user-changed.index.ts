import { userActivated } from '../../events/users/user-activated.v1.ts';
import { userDeleted } from '../../events/users/user-deleted.v1.ts';
import { userLoggedIn } from '../../events/users/user-logged-in.v1.ts';
import { userPlanChanged } from '../../events/users/user-plan-changed.v1.ts';
import { userRegistered } from '../../events/users/user-registered.v1.ts';
import { userRestored } from '../../events/users/user-restored.v1.ts';
import { userRoleChanged } from '../../events/users/user-role-changed.v1.ts';
import { userSuspended } from '../../events/users/user-suspended.v1.ts';
import { userUpdated } from '../../events/users/user-updated.v1.ts';
import { userVerified } from '../../events/users/user-verified.v1.ts';
import { grant } from '../platform/entity.ts';
import { queue } from '../platform/queue.ts';
import { userList } from './user.list.ts';
import { users } from './user.table.ts';

export const handler = queue({
  id: 'users.on-user-changed.index',
  on: [
    userRegistered,
    userVerified,
    userLoggedIn,
    userUpdated,
    userSuspended,
    userActivated,
    userDeleted,
    userRestored,
    userRoleChanged,
    userPlanChanged,
  ],
  access: { table: { users: grant(users, 'get'), list: userList.writing } },
  errorImpact: 'Lists of users lack new users and show old states; they catch up when the messages are redriven.',
  run: ({ event, db }) => {
    const id = event.data.userId;
    return userList.reindex(db, db.list, id, () => db.users.get({ id }, { consistent: true }));
  },
});
