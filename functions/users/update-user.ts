import { userUpdated } from '../../events/users/user-updated.v1.ts';
import { updateUser } from '../../shared/contracts/users/update-user.ts';
import { ride } from '../platform/db.ts';
import { http, reply } from '../platform/http.ts';
import { userView, withFields } from './user.ts';
import { userLinks } from './user-links.ts';
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
    return reply(userView(after, userLinks(after.id, context, after)), { version: after.version });
  },
});
