import { userActivated } from '../../events/users/user-activated.v1.ts';
import { activateUser } from '../../shared/contracts/users/activate-user.ts';
import { AppError } from '../../shared/errors.ts';
import { ride } from '../platform/db.ts';
import { http } from '../platform/http.ts';
import { activatedUser, maySuspend } from './user.ts';
import { userReply } from './user-reply.ts';
import { readForChange, userRanking, writeRank } from './write-user.ts';

export const handler = http(activateUser, {
  access: { table: userRanking },
  errorImpact: 'Staff cannot let in again who was suspended.',
  run: async (context) => {
    const { params, actor, db, now, ifMatch } = context;
    const user = await readForChange(db, params.id, context);
    if (!maySuspend(actor, user)) throw new AppError('FORBIDDEN', { message: 'You may not reactivate this user.' });
    if (context.firstAttempt.did(user.updatedAt, user.updatedBy)) return userReply(user, context);
    ifMatch(user.version);
    const after = await writeRank(db, user, activatedUser(user, { actor, now }), ride(userActivated));
    return userReply(after, context);
  },
});
