import { userActivated } from '../../events/users/user-activated.v1.ts';
import { activateUser } from '../../shared/contracts/users/activate-user.ts';
import { AppError } from '../../shared/errors.ts';
import { ride } from '../platform/db.ts';
import { http, reply } from '../platform/http.ts';
import type { User } from './user.table.ts';
import { activatedUser, maySuspend, userView } from './user.ts';
import { userLinks } from './user-links.ts';
import { isDoneBefore, readForChange, userRanking, writeRank } from './write-user.ts';

export const handler = http(activateUser, {
  access: { table: userRanking },
  errorImpact: 'Staff cannot let in again who was suspended.',
  run: async (context) => {
    const { params, actor, db, now, ifMatch } = context;
    const answer = (user: User) => reply(userView(user, userLinks(user.id, context, user)), { version: user.version });
    const user = await readForChange(db, params.id, context);
    if (!maySuspend(actor, user)) throw new AppError('FORBIDDEN', { message: 'You may not reactivate this user.' });
    if (isDoneBefore(user, context)) return answer(user);
    ifMatch(user.version);
    const after = await writeRank(db, user, activatedUser(user, { actor, now }), ride(userActivated));
    return answer(after);
  },
});
