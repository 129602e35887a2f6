import { userRestored } from '../../events/users/user-restored.v1.ts';
import { restoreUser } from '../../shared/contracts/users/restore-user.ts';
import { ride } from '../platform/db.ts';
import { http, reply } from '../platform/http.ts';
import type { User } from './user.table.ts';
import { restoredUser, userView } from './user.ts';
import { userLinks } from './user-links.ts';
import { isDoneBefore, readForChange, userRanking, writeRank } from './write-user.ts';

export const handler = http(restoreUser, {
  access: { table: userRanking },
  errorImpact: 'Staff cannot bring back deleted accounts.',
  run: async (context) => {
    const { params, actor, scope, db, now } = context;
    const answer = (user: User) => reply(userView(user, userLinks(user.id, context, user)), { version: user.version });
    const user = await readForChange(db, params.id, { actor, scope, deleted: true });
    if (isDoneBefore(user, context)) return answer(user);
    const after = await writeRank(db, user, restoredUser(user, { actor, now }), ride(userRestored));
    return answer(after);
  },
});
