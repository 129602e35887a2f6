/**
 * Brings the user pool to what the table says. Whether somebody may act is read from the table at each request, so this only closes the
 * second door: the pool gives no tokens to who is shut out.
 */
import { userActivated } from '../../events/users/user-activated.v1.ts';
import { userDeleted } from '../../events/users/user-deleted.v1.ts';
import { userRestored } from '../../events/users/user-restored.v1.ts';
import { userRoleChanged } from '../../events/users/user-role-changed.v1.ts';
import { userSuspended } from '../../events/users/user-suspended.v1.ts';
import { grant } from '../platform/entity.ts';
import { queue } from '../platform/queue.ts';
import { enableAccount, endAccountSessions, joinGroup, leaveGroup } from '../platform/user-directory.ts';
import { users } from './user.table.ts';

export const handler = queue({
  id: 'users.on-user-changed.directory',
  on: [userSuspended, userActivated, userDeleted, userRestored, userRoleChanged],
  access: {
    table: { users: grant(users, 'get') },
    identity: [
      'AdminAddUserToGroup',
      'AdminDisableUser',
      'AdminEnableUser',
      'AdminRemoveUserFromGroup',
      'AdminUserGlobalSignOut',
    ],
  },
  errorImpact: 'Who was suspended or let in again is not so in the user pool, and groups do not follow roles.',
  run: async ({ event, db }) => {
    const id = event.data.userId;
    const read = () => db.users.get({ id }, { consistent: true });
    let user = await read();
    // Events may come out of order and at once: each brings the pool to the state that stands, until that state stays.
    for (
      let done: typeof user;
      user && (done?.role !== user.role || done?.status !== user.status);
      user = await read()
    ) {
      if (event.name === 'UserRoleChanged') {
        for (const past of [event.data.from, event.data.to, done?.role])
          if (past && past !== user.role) await leaveGroup(id, past);
        await joinGroup(id, user.role);
      } else await enableAccount(id, user.status === 'active' || user.status === 'pending');
      done = user;
    }
    if (event.name === 'UserSuspended' || event.name === 'UserDeleted') await endAccountSessions(id);
  },
});
