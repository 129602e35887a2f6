import { inviteUsers } from '../../shared/contracts/users/invite-users.ts';
import { http, reply } from '../platform/http.ts';
import { invite, invitedUser, inviting } from './invitation.ts';

export const handler = http(inviteUsers, {
  access: { table: inviting },
  errorImpact: 'Staff cannot invite many people at once.',
  run: async ({ body, actor, db, firstAttempt: { now, newId } }) => {
    const wanted = body.users.map((invitation) => invitedUser(invitation, { id: newId('user'), actor, now }));
    const invited = [];
    const skipped = [];
    // One after the other, so that of two with the same address the first is the one that is invited.
    for (const [index, user] of wanted.entries()) {
      const { id, email } = user;
      const outcome = await invite(db, user);
      if (outcome === 'opened') invited.push({ index, id, email });
      else skipped.push({ index, email, reason: outcome });
    }
    return reply({ invited, skipped });
  },
});
