import { userRestored } from '../../events/users/user-restored.v1.ts';
import { restoreUser } from '../../shared/contracts/users/restore-user.ts';
import { ride } from '../platform/db.ts';
import { http, reply } from '../platform/http.ts';
import { restoredUser, userView } from './user.ts';
import { userLinks } from './user-links.ts';
import { readForChange, userRanking, writeRank } from './write-user.ts';

export const handler = http(restoreUser, {
  access: { table: userRanking },
  errorImpact: 'Staff cannot bring back deleted accounts.',
  run: async (context) => {
    const { params, actor, scope, db, now } = context;
    const user = await readForChange(db, params.id, { actor, scope, deleted: true });
    const after = await writeRank(db, user, restoredUser(user, { actor, now }), ride(userRestored));
    return reply(userView(after, userLinks(after.id, context, after)), { version: after.version });
  },
});
