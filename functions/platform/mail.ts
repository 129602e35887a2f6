/**
 * Mail of reactions, by SES. SES knows no idempotency, so a marker per mail keeps it from being sent twice when its message comes twice.
 *
 * The protocol: put the marker as `sending` with a lease → send → mark it `sent`. A repeated message finds
 * - `sent`: nothing to do;
 * - `sending`: another copy of the function is at it, or died over it. Whether SES has taken the mail is not known yet: the marker becomes
 *   `in-doubt`, and the message goes back to the queue;
 * - `in-doubt`, its time running: the message goes back to the queue;
 * - `in-doubt`, its time over: SES has not told that it took the mail (`messaging.on-email-sent.mark` would have marked it `sent`), so it is
 *   sent;
 * - `refused`: SES said that it did not take it, so it is sent.
 * So a mail is sent at least once, wherever a function is killed. It is sent more than once only when, besides, SES's word of it is late
 * or lost: AWS gives that without a guarantee. The other choice, marking before sending, would lose mails; a confirmation that never comes
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
  state: 'sending' | 'in-doubt' | 'refused' | 'sent';
  /** Epoch milliseconds until which nobody else may send it: the function that does may be at it, and SES may have a word to say. */
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
/** Tags of a mail in SES, which comes with them in what SES tells of it: together they are the id of the marker. */
const TAGS = { event: 'event', mail: 'mail' } as const;
const idOf = (eventId: string, name: string) => `${eventId}#${name}`;

/** For the access of what hears from SES that it took a mail: `{ table: { mailsSent: mailsMarkedGrant } }`. */
export const mailsMarkedGrant = grant(mailsSent, 'update');
/** For the access of reactions that send: `{ table: { mailsSent: mailsSentGrant }, mail: true }`. */
export const mailsSentGrant = grant(mailsSent, 'put', 'update');

/** No function that mails may run longer: when its lease has ended, it has too. */
const LEASE_MS = 30_000;
/** As long as SES has to tell that it took a mail. Less than the pause after which a message comes for the third time. */
const DOUBT_MS = 25_000;
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
  /** Tells apart several mails of one event. Letters, digits, `-` and `_`. */
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
  const id = idOf(eventId, name);
  const leaseUntil = now.getTime() + LEASE_MS;
  const expires = Math.floor(now.getTime() / 1_000) + KEPT_SECONDS;
  const [taken] = await db.tryWrite(db.mailsSent.put({ id, state: 'sending', leaseUntil, expires }));
  if (taken) {
    const other = taken.current as MailSent | undefined;
    if (other?.state === 'sent') return 'sent-before';
    if (!other) throw new Error(`mail ${id} is being sent`);
    const when = { state: other.state, leaseUntil: other.leaseUntil };
    if (other.state === 'sending') {
      const doubtUntil = Math.max(other.leaseUntil, now.getTime() + DOUBT_MS);
      await db.tryWrite(db.mailsSent.update({ id }, { set: { state: 'in-doubt', leaseUntil: doubtUntil }, when }));
    }
    if (other.state === 'sending' || other.leaseUntil > now.getTime()) throw new Error(`mail ${id} is being sent`);
    await db.write(db.mailsSent.update({ id }, { set: { state: 'sending', leaseUntil }, when }));
  }
  let messageId: string | undefined;
  try {
    messageId = await send(eventId, name, to, typeof mail === 'function' ? await mail() : mail);
  } catch (error) {
    // A refusal is certain: the next try need not wait for the lease. After a lost reply nobody knows.
    if (isRefusal(error))
      await db.tryWrite(
        db.mailsSent.update({ id }, { set: { state: 'refused', leaseUntil: 0 }, when: { leaseUntil } }),
      );
    throw error;
  }
  await db.write(db.mailsSent.update({ id }, { set: { state: 'sent', messageId } }));
  return 'sent';
}

/** Marks the mail that SES tells to have taken. Not one of a reaction, or marked already: nothing. */
export async function markSent(
  db: { mailsSent: EntityDb<typeof mailsMarkedGrant> } & Pick<Writing, 'tryWrite'>,
  { messageId, tags }: { messageId: string; tags: Readonly<Record<string, readonly string[]>> },
): Promise<void> {
  const [eventId] = tags[TAGS.event] ?? [];
  const [name] = tags[TAGS.mail] ?? [];
  if (eventId === undefined || name === undefined) return;
  const when = { state: { in: ['sending', 'in-doubt'] } } as const;
  await db.tryWrite(db.mailsSent.update({ id: idOf(eventId, name) }, { set: { state: 'sent', messageId }, when }));
}

async function send(
  eventId: string,
  name: string,
  to: string,
  { subject, html, text }: Mail,
): Promise<string | undefined> {
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
      EmailTags: [
        { Name: TAGS.event, Value: eventId },
        { Name: TAGS.mail, Value: name },
      ],
    }),
  );
  return MessageId;
}

function isRefusal(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status !== undefined && status >= 400 && status < 500;
}
