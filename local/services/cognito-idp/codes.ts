/** Confirmation codes: made, mailed with the pool's template, checked. Six digits; the newest one counts. */
import { randomInt } from 'node:crypto';
import type { Json, JsonObject } from '../../types.ts';
import { codeMismatch, expiredCode, invalidParameter, limitExceeded, tooManyFailures } from './errors.ts';
import type { Context, Pool, User } from './model.ts';
import type { CodePurpose } from './store.ts';
import { runTrigger } from './triggers.ts';
import { nowSeconds } from './users.ts';

const lifetimeSeconds: Record<CodePurpose, number> = {
  signup: 86_400,
  reset: 3600,
  'verify:email': 86_400,
  'verify:phone_number': 86_400,
};
/** Wrong tries before a code is dead, and codes an hour. */
const failureLimit = 5;
const sendLimit = 20;
const defaultFrom = 'no-reply@verificationemail.com';

interface Sending {
  pool: Pool;
  user: User;
  clientId: string;
  purpose: CodePurpose;
  /** For the CustomMessage trigger, for example `CustomMessage_SignUp`. */
  source: string;
  /** Of the operation: its ClientMetadata is for that trigger. */
  input: JsonObject;
}

/** Makes a code and mails it; gives CodeDeliveryDetails. Throws LimitExceededException after too many in an hour. */
export async function sendCode(
  context: Context,
  { pool, user, clientId, purpose, source, input }: Sending,
): Promise<JsonObject> {
  const { store } = context;
  const email = user.attributes.email;
  if (!email) {
    throw invalidParameter(
      'Cannot send a code: the user has no email address (SMS is not sent by the local platform).',
    );
  }
  const now = nowSeconds();
  const before = store.code(user, purpose);
  const counted = before && now - before.since < 3600 ? before : { sent: 0, since: now };
  if (counted.sent >= sendLimit) throw limitExceeded();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const expiresAt = now + lifetimeSeconds[purpose];
  store.saveCode(user, purpose, { code, expiresAt, failures: 0, sent: counted.sent + 1, since: counted.since });
  const template = object(pool.properties.VerificationMessageTemplate);
  await sendMail(context, { pool, user, clientId, source, code, input }, email, {
    subject: String(template.EmailSubject ?? pool.properties.EmailVerificationSubject ?? 'Your verification code'),
    message: String(
      template.EmailMessage ?? pool.properties.EmailVerificationMessage ?? 'Your confirmation code is {####}',
    ),
  });
  return { Destination: masked(email), DeliveryMedium: 'EMAIL', AttributeName: 'email' };
}

/** The delivery that a hidden, missing user seems to get. */
export function pretendedDelivery(username: string): JsonObject {
  const address = username.includes('@') ? username : 'user@example.com';
  return { Destination: masked(address), DeliveryMedium: 'EMAIL', AttributeName: 'email' };
}

/** Mails a temporary password to an invited user. */
export async function sendInvitation(
  context: Context,
  pool: Pool,
  user: User,
  password: string,
  input: JsonObject,
): Promise<void> {
  const source = 'CustomMessage_AdminCreateUser';
  const template = object(object(pool.properties.AdminCreateUserConfig).InviteMessageTemplate);
  const email = user.attributes.email;
  if (!email) throw invalidParameter('Cannot send an invitation: the user has no email address.');
  await sendMail(context, { pool, user, clientId: 'CLIENT_ID_NOT_APPLICABLE', source, code: password, input }, email, {
    subject: String(template.EmailSubject ?? 'Your temporary password'),
    message: String(template.EmailMessage ?? 'Your username is {username} and temporary password is {####}.'),
  });
}

/**
 * Spends a code. Throws ExpiredCodeException (also when there is none), CodeMismatchException, or
 * TooManyFailedAttemptsException after five wrong ones.
 */
export function spendCode({ store }: Context, user: User, purpose: CodePurpose, given: Json | undefined): void {
  const code = store.code(user, purpose);
  if (!code || code.expiresAt <= nowSeconds()) throw expiredCode();
  if (code.failures >= failureLimit) throw tooManyFailures();
  if (code.code !== given) {
    store.saveCode(user, purpose, { ...code, failures: code.failures + 1 });
    throw codeMismatch();
  }
  store.deleteCode(user, purpose);
}

interface MailFor {
  pool: Pool;
  user: User;
  clientId: string;
  source: string;
  code: string;
  input: JsonObject;
}

async function sendMail(
  context: Context,
  { pool, user, clientId, source, code, input }: MailFor,
  to: string,
  usual: { subject: string; message: string },
): Promise<void> {
  const custom = await runTrigger(context, 'CustomMessage', {
    pool,
    user,
    clientId,
    source,
    request: {
      codeParameter: '{####}',
      usernameParameter: source.endsWith('AdminCreateUser') ? '{username}' : null,
      clientMetadata: input.ClientMetadata ?? {},
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  });
  const name = pool.usernameAttributes.length > 0 ? to : user.username;
  const fill = (text: string) => text.replaceAll('{####}', code).replaceAll('{username}', name);
  const html = fill(String(custom.emailMessage ?? usual.message));
  await context.cloud.deliverMail({
    from: String(object(pool.properties.EmailConfiguration).From ?? defaultFrom),
    to: [to],
    subject: fill(String(custom.emailSubject ?? usual.subject)),
    html,
    text: html
      .replace(/<(head|style|script)\b[^>]*>.*?<\/\1>/gis, '')
      .replace(/<br\s*\/?>|<\/(p|div|h\d|tr)>/gi, '\n')
      .replace(/<[^>]+>/g, '')
      .replace(/\s*\n\s*/g, '\n')
      .trim(),
  });
}

/** `a***@e***`, as Cognito shows addresses. */
function masked(email: string): string {
  const [local = '', domain = ''] = email.split('@');
  return `${local.slice(0, 1)}***@${domain.slice(0, 1)}***`;
}

function object(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
