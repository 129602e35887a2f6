import { userRoleChanged } from '../../events/users/user-role-changed.v1.ts';
import { setRole } from '../../shared/contracts/users/set-role.ts';
import { ride } from '../platform/db.ts';
import { http } from '../platform/http.ts';
import { withRole } from './user.ts';
import { userReply } from './user-reply.ts';
import { readForChange, userRanking, writeRank } from './write-user.ts';

export const handler = http(setRole, {
  access: { table: userRanking },
  errorImpact: 'Administrators cannot change what people may do.',
  run: async (context) => {
    const { params, body, actor, db, now, ifMatch } = context;
    const user = await readForChange(db, params.id, context);
    ifMatch(user.version);
    const wanted = withRole(user, body.role, { actor, now });
    const event = ride(userRoleChanged, { from: user.role });
    const after = wanted.role === user.role ? user : await writeRank(db, user, wanted, event);
    return userReply(after, context);
  },
});
