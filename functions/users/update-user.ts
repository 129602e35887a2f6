import { userUpdated } from '../../events/users/user-updated.v1.ts';
import { updateUser } from '../../shared/contracts/users/update-user.ts';
import { ride } from '../platform/db.ts';
import { http } from '../platform/http.ts';
import { withFields } from './user.ts';
import { userReply } from './user-reply.ts';
import { readForChange, userEditing, writeFields } from './write-user.ts';

export const handler = http(updateUser, {
  access: { table: userEditing },
  errorImpact: 'Nobody can change names, companies and usernames.',
  run: async (context) => {
    const { params, body, actor, db, now, ifMatch } = context;
    const user = await readForChange(db, params.id, context);
    ifMatch(user.version);
    const wanted = withFields(user, body, { actor, now });
    const after = wanted === user ? user : await writeFields(db, user, wanted, ride(userUpdated));
    return userReply(after, context);
  },
});
