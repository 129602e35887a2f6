import { getUser } from '../../shared/contracts/users/get-user.ts';
import { notFound } from '../../shared/errors.ts';
import { grant } from '../platform/entity.ts';
import { http } from '../platform/http.ts';
import { users } from './user.table.ts';
import { mayRestore } from './user-links.ts';
import { userReply } from './user-reply.ts';

export const handler = http(getUser, {
  access: { table: { users: grant(users, 'get') } },
  errorImpact: 'Staff cannot open a user.',
  run: async (context) => {
    const { params, actor, scope, db } = context;
    if (scope === 'own' && params.id !== actor.id) throw notFound();
    const user = await db.users.get(params);
    // Who was deleted is still there for those who may bring them back; who was erased is not.
    const isHidden = user?.erasedAt !== undefined || (user?.deletedAt !== undefined && !mayRestore(actor));
    if (!user || isHidden) throw notFound();
    return userReply(user, context);
  },
});
