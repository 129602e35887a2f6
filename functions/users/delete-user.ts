import { userDeleted } from '../../events/users/user-deleted.v1.ts';
import { deleteUser } from '../../shared/contracts/users/delete-user.ts';
import { ride } from '../platform/db.ts';
import { http, reply } from '../platform/http.ts';
import { deletedUser } from './user.ts';
import { readForChange, userRanking, writeRank } from './write-user.ts';

export const handler = http(deleteUser, {
  access: { table: userRanking },
  errorImpact: 'Nobody can delete an account.',
  run: async (context) => {
    const { params, actor, db, now, ifMatch } = context;
    const user = await readForChange(db, params.id, context);
    ifMatch(user.version);
    await writeRank(db, user, deletedUser(user, { actor, now }), ride(userDeleted));
    return reply(undefined);
  },
});
