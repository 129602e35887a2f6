import { inviteUser } from '../../shared/contracts/users/invite-user.ts';
import { AppError } from '../../shared/errors.ts';
import { http } from '../platform/http.ts';
import { invite, invitedUser, inviting } from './invitation.ts';
import { userReply } from './user-reply.ts';

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
    return userReply(user, context, { location: `/users/${user.id}` });
  },
});
