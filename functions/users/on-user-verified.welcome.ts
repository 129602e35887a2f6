import { userVerified } from '../../events/users/user-verified.v1.ts';
import { grant } from '../platform/entity.ts';
import { env } from '../platform/env.ts';
import { isTooOldToMail, mailsSentGrant, renderMail, sendMailOnce } from '../platform/mail.ts';
import { queue } from '../platform/queue.ts';
import { welcomeMail } from './mails/welcome.generated.ts';
import { users } from './user.table.ts';

export const handler = queue({
  id: 'users.on-user-verified.welcome',
  on: [userVerified],
  access: { table: { users: grant(users, 'get'), mailsSent: mailsSentGrant }, mail: true },
  errorImpact: 'New users are not welcomed; they are when the messages are redriven.',
  run: async ({ event, db, now }) => {
    if (isTooOldToMail(event.time, now)) return;
    const user = await db.users.get({ id: event.data.userId });
    if (!user || user.deletedAt !== undefined) return;
    const mail = renderMail(welcomeMail, { name: user.name, email: user.email, url: env('publicUrl') });
    await sendMailOnce(db, { eventId: event.id, name: 'welcome', to: user.email, mail, now });
  },
});
