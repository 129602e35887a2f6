import { userSuspended } from '../../events/users/user-suspended.v1.ts';
import { suspendUser } from '../../shared/contracts/users/suspend-user.ts';
import { AppError } from '../../shared/errors.ts';
import { ride } from '../platform/db.ts';
import { http } from '../platform/http.ts';
import { maySuspend, suspendedUser } from './user.ts';
import { userReply } from './user-reply.ts';
import { readForChange, userRanking, writeRank } from './write-user.ts';

export const handler = http(suspendUser, {
  access: { table: userRanking },
  errorImpact: 'Staff cannot shut out who does harm.',
  run: async (context) => {
    const { params, body, actor, db, now, ifMatch } = context;
    const user = await readForChange(db, params.id, context);
    if (!maySuspend(actor, user)) throw new AppError('FORBIDDEN', { message: 'You may not suspend this user.' });
    if (context.firstAttempt.did(user.updatedAt, user.updatedBy)) return userReply(user, context);
    ifMatch(user.version);
    const after = await writeRank(db, user, suspendedUser(user, body.reason, { actor, now }), ride(userSuspended));
    return userReply(after, context);
  },
});
