import { userSuspended } from '../../events/users/user-suspended.v1.ts';
import { suspendUser } from '../../shared/contracts/users/suspend-user.ts';
import { AppError } from '../../shared/errors.ts';
import { ride } from '../platform/db.ts';
import { http, reply } from '../platform/http.ts';
import type { User } from './user.table.ts';
import { maySuspend, suspendedUser, userView } from './user.ts';
import { userLinks } from './user-links.ts';
import { isDoneBefore, readForChange, userRanking, writeRank } from './write-user.ts';

export const handler = http(suspendUser, {
  access: { table: userRanking },
  errorImpact: 'Staff cannot shut out who does harm.',
  run: async (context) => {
    const { params, body, actor, db, now, ifMatch } = context;
    const answer = (user: User) => reply(userView(user, userLinks(user.id, context, user)), { version: user.version });
    const user = await readForChange(db, params.id, context);
    if (!maySuspend(actor, user)) throw new AppError('FORBIDDEN', { message: 'You may not suspend this user.' });
    if (isDoneBefore(user, context)) return answer(user);
    ifMatch(user.version);
    const after = await writeRank(db, user, suspendedUser(user, body.reason, { actor, now }), ride(userSuspended));
    return answer(after);
  },
});
