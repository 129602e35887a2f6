import { randomBytes } from 'node:crypto';
import { mfaDisabled } from '../../events/users/mfa-disabled.v1.ts';
import { passwordChanged } from '../../events/users/password-changed.v1.ts';
import { suspiciousLogin } from '../../events/users/suspicious-login.v1.ts';
import { grant } from '../platform/entity.ts';
import { env } from '../platform/env.ts';
import { isTooOldToMail, mailsSentGrant, renderMail, sendMailOnce } from '../platform/mail.ts';
import { queue } from '../platform/queue.ts';
import { accountReading } from '../users/accounts.ts';
import { securityAlertMail } from './mails/security-alert.generated.ts';
import { securityEvents } from './security-event.table.ts';
import { digestOf, securityLinks } from './security-link.table.ts';

const LINK_SECONDS = 7 * 86_400;
const told = {
  PasswordChanged: 'Your password was changed',
  MfaDisabled: 'Your second factor was turned off',
  SuspiciousLogin: 'New sign-in to your account',
} as const;

export const handler = queue({
  id: 'auth.on-account-risk.warn',
  on: [passwordChanged, mfaDisabled, suspiciousLogin],
  access: {
    table: {
      ...accountReading,
      securityEvents: grant(securityEvents, 'get'),
      securityLinks: grant(securityLinks, 'put'),
      mailsSent: mailsSentGrant,
    },
    mail: true,
  },
  errorImpact:
    'People are not warned when their account may be in other hands; they are when the messages are redriven.',
  run: async ({ event, db, now }) => {
    if (isTooOldToMail(event.time, now)) return;
    const { userId, securityEventId } = event.data;
    const [user, happened] = await Promise.all([
      db.users.get({ id: userId }),
      db.securityEvents.get({ userId, id: securityEventId }),
    ]);
    if (!user || user.deletedAt !== undefined || !happened) return;
    // Made before the mail: a link that is in no mail is only never used.
    const token = randomBytes(32).toString('base64url');
    const expires = Math.floor(now.getTime() / 1_000) + LINK_SECONDS;
    await db.write(db.securityLinks.put({ digest: digestOf(token), userId, expires }));
    const mail = renderMail(securityAlertMail, {
      what: told[event.name],
      name: user.name,
      at: `${happened.at.slice(0, 10)} ${happened.at.slice(11, 16)} UTC`,
      device: happened.device,
      place: happened.country === undefined ? happened.ip : `${happened.ip} (${happened.country})`,
      // After the #, which browsers send to nobody.
      url: `${env('publicUrl')}/secure-account#${token}`,
    });
    await sendMailOnce(db, { eventId: event.id, name: 'security-alert', to: user.email, mail, now });
  },
});
