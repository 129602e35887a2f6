/**
 * Mail of reactions, by SES. SES knows no idempotency, so a marker per mail keeps it from being sent twice when its message comes twice.
 *
 * The protocol: put the marker as `sending` with a lease → send → mark it `sent`. A repeated message finds
 * - `sent`: nothing to do;
 * - `sending` with a running lease: another copy of the function is at it; the message goes back to the queue;
 * - `sending` with an ended lease: the function died between its first and last step. Whether SES had taken the mail can not be
 *   known, and it is sent (again).
 * So a mail is sent at least once, and more than once only when a function is killed in the few milliseconds between SES's answer and the
 * mark. The other choice, marking before sending, would lose mails in a window of the same length; a confirmation that never comes
 * is worse than one that comes twice.
 */
import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import Mustache from 'mustache';
import { sesv2 } from './aws-sesv2.ts';
import type { EntityDb, Writing } from './db.ts';
import { entity, grant } from './entity.ts';
import { env } from './env.ts';

/** As `npm run generate` compiles it from `<name>.mjml` and `<name>.txt`: mustache in all three. */
export interface MailTemplate {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
export interface Mail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Fills a template. Values are escaped in the HTML part, and can not break the subject's line. */
export function renderMail(template: MailTemplate, view: object): Mail {
  const plain = { escape: (value: unknown) => String(value) };
  return {
    subject: Mustache.render(template.subject, view, {}, plain).replace(/\s+/g, ' ').trim(),
    html: Mustache.render(template.html, view),
    text: Mustache.render(template.text, view, {}, plain),
  };
}

interface MailSent {
  /** The event and the mail's name. */
  id: string;
  state: 'sending' | 'sent';
  /** Epoch milliseconds until which a `sending` belongs to the function that wrote it. */
  leaseUntil: number;
  messageId?: string;
  /** Epoch seconds. */
  expires: number;
}
export const mailsSent = entity<MailSent>()({
  name: 'MailSent',
  partition: 'MAILSENT',
  describes: 'That a mail was sent for an event, so that it is not sent twice',
  keyShape: 'MAILSENT#<event id>#<mail> / MAILSENT',
  key: ({ id }: { id: string }) => ({ pk: `MAILSENT#${id}`, sk: 'MAILSENT' }),
  keyOf: ({ id }) => ({ id }),
  patterns: {},
  expires: 'expires',
  derived: true,
});
/** For the access of reactions that send: `{ table: { mailsSent: mailsSentGrant }, mail: true }`. */
export const mailsSentGrant = grant(mailsSent, 'put', 'update');

/** No function that mails may run longer: when its lease has ended, it has too. */
const LEASE_MS = 30_000;
/** Longer than a message can live: 14 days in the queue and 14 in its dead-letter queue. */
const KEPT_SECONDS = 35 * 24 * 3_600;

/**
 * Whether an event is older than what the markers are sure to remember. It can only come from a replay of the archive, and nobody waits for
 * its mail any more.
 */
export function isTooOldToMail(eventTime: string, now: Date): boolean {
  return now.getTime() - Date.parse(eventTime) > (KEPT_SECONDS - 5 * 24 * 3_600) * 1_000;
}

export interface MailOrder {
  /** The event that the mail answers. */
  eventId: string;
  /** Tells apart several mails of one event; also the mail's tag in SES. Letters, digits, `-` and `_`. */
  name: string;
  to: string;
  /** A function is called under the lease, right before sending: for mails that come with an act of their own. */
  mail: Mail | (() => Promise<Mail>);
  now: Date;
}

/**
 * Sends one mail for one event. Throws when SES refuses it or when another copy is just sending it: the message then comes
 * again.
 */
export async function sendMailOnce(
  db: { mailsSent: EntityDb<typeof mailsSentGrant> } & Pick<Writing, 'tryWrite' | 'write'>,
  { eventId, name, to, mail, now }: MailOrder,
): Promise<'sent' | 'sent-before'> {
  const id = `${eventId}#${name}`;
  const leaseUntil = now.getTime() + LEASE_MS;
  const expires = Math.floor(now.getTime() / 1_000) + KEPT_SECONDS;
  const [taken] = await db.tryWrite(db.mailsSent.put({ id, state: 'sending', leaseUntil, expires }));
  if (taken) {
    const other = taken.current as MailSent | undefined;
    if (other?.state === 'sent') return 'sent-before';
    if (!other || other.leaseUntil > now.getTime()) throw new Error(`mail ${id} is being sent`);
    const { state, leaseUntil: ended } = other;
    await db.write(db.mailsSent.update({ id }, { set: { leaseUntil }, when: { state, leaseUntil: ended } }));
  }
  let messageId: string | undefined;
  try {
    messageId = await send(name, to, typeof mail === 'function' ? await mail() : mail);
  } catch (error) {
    // A refusal is certain: the next try need not wait for the lease. After a lost reply nobody knows.
    if (isRefusal(error)) await db.write(db.mailsSent.update({ id }, { set: { leaseUntil: 0 }, when: { leaseUntil } }));
    throw error;
  }
  await db.write(db.mailsSent.update({ id }, { set: { state: 'sent', messageId } }));
  return 'sent';
}

async function send(name: string, to: string, { subject, html, text }: Mail): Promise<string | undefined> {
  const content = (data: string) => ({ Data: data, Charset: 'UTF-8' });
  const { MessageId } = await sesv2().send(
    new SendEmailCommand({
      FromEmailAddress: env('mailFrom'),
      Destination: { ToAddresses: [to] },
      Content: {
        Simple: {
          Subject: content(subject),
          Body: { Html: content(html), Text: content(text) },
          // Keeps out-of-office replies from answering (RFC 3834).
          Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }],
        },
      },
      EmailTags: [{ Name: 'mail', Value: name }],
    }),
  );
  return MessageId;
}

function isRefusal(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status !== undefined && status >= 400 && status < 500;
}
