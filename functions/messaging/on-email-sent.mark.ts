/**
 * SES tells of each mail that it has taken. The function that sent it has noted that already, unless it was killed in between: then this
 * note keeps its message, which comes again, from sending a second one.
 */
import { mailsMarkedGrant, markSent } from '../platform/mail.ts';
import { serviceEvent } from '../platform/service-event.ts';

export const handler = serviceEvent({
  id: 'messaging.on-email-sent.mark',
  on: { name: 'Email Sent' },
  access: { table: { mailsSent: mailsMarkedGrant } },
  errorImpact: 'A mail whose function was killed right after sending it comes twice.',
  run: ({ detail, db }) => markSent(db, detail.mail),
});
