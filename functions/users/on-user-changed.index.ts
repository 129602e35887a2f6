import { userLoggedIn } from '../../events/users/user-logged-in.v1.ts';
import { userRegistered } from '../../events/users/user-registered.v1.ts';
import { userVerified } from '../../events/users/user-verified.v1.ts';
import { grant } from '../platform/entity.ts';
import { queue } from '../platform/queue.ts';
import { userList } from './user.list.ts';
import { users } from './user.table.ts';

export const handler = queue({
  id: 'users.on-user-changed.index',
  on: [userRegistered, userVerified, userLoggedIn],
  access: { table: { users: grant(users, 'get'), list: userList.writing } },
  errorImpact: 'Lists of users lack new users and show old states; they catch up when the messages are redriven.',
  run: ({ event, db }) => {
    const id = event.data.userId;
    return userList.reindex(db, db.list, id, () => db.users.get({ id }, { consistent: true }));
  },
});
