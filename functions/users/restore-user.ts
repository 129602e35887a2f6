import { userRestored } from '../../events/users/user-restored.v1.ts';
import { restoreUser } from '../../shared/contracts/users/restore-user.ts';
import { ride } from '../platform/db.ts';
import { http } from '../platform/http.ts';
import { restoredUser } from './user.ts';
import { userReply } from './user-reply.ts';
import { readForChange, userRanking, writeRank } from './write-user.ts';

export const handler = http(restoreUser, {
  access: { table: userRanking },
  errorImpact: 'Staff cannot bring back deleted accounts.',
  run: async (context) => {
    const { params, actor, scope, db, now } = context;
    const user = await readForChange(db, params.id, { actor, scope, deleted: true });
    if (context.firstAttempt.did(user.updatedAt, user.updatedBy)) return userReply(user, context);
    const after = await writeRank(db, user, restoredUser(user, { actor, now }), ride(userRestored));
    return userReply(after, context);
  },
});
