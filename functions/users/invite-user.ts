import { inviteUser } from '../../shared/contracts/users/invite-user.ts';
import { AppError } from '../../shared/errors.ts';
import { http, reply } from '../platform/http.ts';
import { invite, invitedUser, inviting } from './invitation.ts';
import { userView } from './user.ts';
import { userLinks } from './user-links.ts';

export const handler = http(inviteUser, {
  access: { table: inviting },
  errorImpact: 'Staff cannot invite anybody.',
  run: async (context) => {
    const { body, actor, db } = context;
    const { now, newId } = context.firstAttempt;
    const user = invitedUser(body, { id: newId('user'), actor, now });
    const outcome = await invite(db, user);
    if (outcome !== 'opened')
      throw new AppError('DUPLICATE_ENTITY', {
        details: { field: outcome === 'email-taken' ? 'body.email' : 'body.username' },
      });
    return reply(userView(user, userLinks(user.id, context, user)), {
      version: user.version,
      location: `/users/${user.id}`,
    });
  },
});
