import { randomBytes } from 'node:crypto';
import { userInvited } from '../../events/users/user-invited.v1.ts';
import { grant } from '../platform/entity.ts';
import { env } from '../platform/env.ts';
import { isTooOldToMail, mailsSentGrant, renderMail, sendMailOnce } from '../platform/mail.ts';
import { queue } from '../platform/queue.ts';
import { inviteAccount, joinGroup } from '../platform/user-directory.ts';
import { invitationMail } from './mails/invitation.generated.ts';
import { users } from './user.table.ts';

/** Base64url has letters and digits; the rest makes sure that every rule is met. */
const temporaryPassword = () => `${randomBytes(12).toString('base64url')}aA1!`;

export const handler = queue({
  id: 'users.on-user-invited.email',
  on: [userInvited],
  access: {
    table: { users: grant(users, 'get'), mailsSent: mailsSentGrant },
    identity: ['AdminAddUserToGroup', 'AdminCreateUser', 'AdminSetUserPassword'],
    mail: true,
  },
  errorImpact: 'Invitations are not sent; they are when the messages are redriven.',
  run: async ({ event, db, now }) => {
    if (isTooOldToMail(event.time, now)) return;
    const user = await db.users.get({ id: event.data.userId }, { consistent: true });
    if (user?.status !== 'pending') return;
    const { id, email, name, role } = user;
    // Only whoever holds the mail's lease sets the password, so that the one in the mail is the one that works.
    const mail = async () => {
      const password = temporaryPassword();
      await inviteAccount(id, email, password);
      await joinGroup(id, role);
      const url = `${env('publicUrl')}/invitation?email=${encodeURIComponent(email)}`;
      return renderMail(invitationMail, { name, email, password, url });
    };
    await sendMailOnce(db, { eventId: event.id, name: 'invitation', to: email, mail, now });
  },
});
