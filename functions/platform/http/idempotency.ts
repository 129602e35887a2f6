/**
 * A POST with an Idempotency-Key is done once: its reply is kept for a day and given again to the same request by the same caller.
 * Not kept are replies that hold a secret or a cookie, failures on our side, and requests that were refused before anything
 * was done. A record belongs to its caller: nobody gets a reply by knowing somebody else's key.
 *
 * An attempt that is lost between its write and its reply, or fails on our side, leaves a record without a reply. Who repeats it after its lease
 * does it again, as the first attempt (`firstAttempt`): what makes something by that makes the same once more, and finds it made.
 */
import { hash, randomUUID } from 'node:crypto';
import type { Logger } from '@aws-lambda-powertools/logger';
import { AppError, type FieldProblem, invalid } from '../../../shared/errors.ts';
import { newId } from '../../../shared/ids.ts';
import type { FirstAttempt } from './context.ts';
import type { ApiReply, Exchange, Outcome } from './exchange.ts';
import type { Attempt, IdempotencyRecord } from './idempotency.table.ts';
import type { HttpMiddleware } from './middleware.ts';

const KEEP_SECONDS = 86_400;
/** DynamoDB's items end at 400 KB; a body may grow when it is stored. */
const MAX_KEPT_BYTES = 300_000;
/** Time between the end of the invocation and the moment its request counts as lost. */
const LEASE_MARGIN_MS = 2_000;
const keptHeaders = ['content-type', 'location', 'etag', 'link'] as const;
const refusedBeforeStart = new Set([
  'VALIDATION_ERROR',
  'MALFORMED_BODY',
  'UNSUPPORTED_MEDIA_TYPE',
  'PAYLOAD_TOO_LARGE',
]);

/** Thrown to end a request with the reply that it got before. */
export class Replay {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    this.outcome = outcome;
  }
}

const keyShape = /^(?:"([\x21\x23-\x7e]{1,255})"|([\x21-\x7e]{1,255}))$/;
export const idempotencyKeyProblem: FieldProblem = {
  path: 'headers.Idempotency-Key',
  message: 'must be 1 to 255 visible ASCII characters',
};
/** Whether a header is a key, or there is none. */
export function isIdempotencyKey(header: string | undefined): boolean {
  return header === undefined || keyShape.test(header);
}
/** The Idempotency-Key, with or without the quotes of a structured field. Errors: VALIDATION_ERROR. */
export function idempotencyKeyOf(exchange: Exchange): string | undefined {
  const header = exchange.headers['idempotency-key'];
  if (header === undefined) return undefined;
  const match = keyShape.exec(header);
  if (!match) throw invalid(idempotencyKeyProblem);
  return match[1] ?? match[2];
}

export function idempotency(log: Logger): HttpMiddleware {
  const running = new WeakMap<Exchange, Attempt>();
  const settle = async (request: { event: Exchange; response: Outcome | ApiReply }) => {
    const exchange = request.event;
    const attempt = running.get(exchange);
    if (!attempt) return;
    running.delete(exchange);
    // What was done is done: who asked gets the answer, also when it can not be kept.
    await keep(exchange, attempt, request.response as Outcome).catch((error) => log.error('reply not kept', { error }));
  };
  return {
    async before({ event: exchange }) {
      const key = idempotencyKeyOf(exchange);
      if (key === undefined) return;
      const attempt = await begin(exchange, key);
      running.set(exchange, attempt);
      exchange.attempt = attempt;
      exchange.lap('idempotency');
    },
    after: settle,
    onError: settle,
  };
}

/** What the handler sees of the first attempt. Ids follow from the record's digest and from how many were made before. */
export function firstAttemptOf({ attempt, actor, now }: Exchange): FirstAttempt {
  if (!attempt) return { now, newId: (kind) => newId(kind, now), did: () => false };
  const { record, wasLost } = attempt;
  const begun = new Date(record.begun);
  let made = 0;
  return {
    now: begun,
    newId: (kind) => newId(kind, begun, hash('sha256', `${record.digest}\n${made++}`, 'buffer')),
    did: (at, by) => wasLost && at === begun.toISOString() && by === actor?.id,
  };
}

/** Of operation, owner and key: what the record is found by. */
export function digestOf(operation: string, owner: string, key: string): string {
  return hash('sha256', JSON.stringify([operation, owner, key]));
}

/** Whom a record belongs to. Callers who are not signed in are told apart by the account that they name. */
function ownerOf(exchange: Exchange): string {
  if (exchange.actor) return exchange.actor.id;
  const body = exchange.json();
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined;
  return typeof email === 'string' ? `account ${email.trim().toLowerCase()}` : `body ${exchange.requestHash}`;
}

async function begin(exchange: Exchange, key: string): Promise<Attempt> {
  const records = exchange.db['http:idempotency'];
  const now = Date.now();
  const record: IdempotencyRecord = {
    digest: digestOf(exchange.contract.id, ownerOf(exchange), key),
    hash: exchange.requestHash,
    state: 'running',
    attempt: randomUUID(),
    begun: exchange.now.getTime(),
    lease: now + exchange.remainingMs() + LEASE_MARGIN_MS,
    expires: Math.floor(now / 1_000) + KEEP_SECONDS,
  };
  const [failure] = await exchange.db.tryWrite(records.put(record));
  if (!failure) return { record, wasLost: false };
  const known = failure.current as unknown as IdempotencyRecord | undefined;
  if (!known) throw inProgress(1);
  // The SDK repeated a put whose answer was lost: the record is our own.
  if (known.attempt === record.attempt) return { record, wasLost: false };
  const isLost = known.state === 'running' && known.lease <= now;
  // Expired items may stay for days until DynamoDB sweeps them.
  const isOver = known.expires * 1_000 <= now;
  if (!isOver) {
    if (known.hash !== record.hash) throw new AppError('IDEMPOTENCY_CONFLICT');
    if (known.state === 'done') throw new Replay(replayOf(known));
  }
  if (!isOver && !isLost) throw inProgress(Math.ceil(Math.min(known.lease - now, 2_000) / 1_000));
  const wasLost = isLost && !isOver;
  // Records that earlier versions of the platform have left do not say it.
  if (wasLost) record.begun = known.begun ?? record.begun;
  const takeOver = records.put(record, { replace: true, when: { attempt: known.attempt } });
  const [raced] = await exchange.db.tryWrite(takeOver);
  const winner = raced?.current as unknown as IdempotencyRecord | undefined;
  if (raced && winner?.attempt !== record.attempt) throw inProgress(1);
  return { record, wasLost };
}

function inProgress(seconds: number): AppError {
  return new AppError('REQUEST_IN_PROGRESS', { headers: { 'retry-after': String(Math.max(1, seconds)) } });
}

function replayOf(record: IdempotencyRecord): Outcome {
  if (record.body === undefined) {
    throw new AppError('CONFLICT', {
      message: 'This request was done before. Its reply was too large to keep: read the result where it was made.',
      details: record.headers?.location ? { location: record.headers.location } : undefined,
    });
  }
  return {
    status: record.status ?? 200,
    headers: { ...record.headers, 'idempotency-replayed': 'true' },
    cookies: [],
    body: record.body,
    secret: false,
  };
}

/** Keeps the reply, gives the request free to be done again, or forgets it. Only as long as the record is still this attempt's own. */
async function keep(exchange: Exchange, { record, wasLost }: Attempt, outcome: Outcome): Promise<void> {
  const records = exchange.db['http:idempotency'];
  const mine = { attempt: record.attempt };
  const isRefused = refusedBeforeStart.has(exchange.errorCode ?? '');
  if (outcome.status >= 500 || (isRefused && wasLost)) {
    // Some of it may be done: it is as lost as if the function had been killed.
    await exchange.db.tryWrite(records.put({ ...record, lease: 0 }, { replace: true, when: mine }));
    return;
  }
  if (outcome.secret || outcome.cookies.length > 0 || isRefused) {
    await exchange.db.tryWrite(records.delete({ digest: record.digest }, { when: mine }));
    return;
  }
  const headers: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = outcome.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  const done: IdempotencyRecord = { ...record, state: 'done', status: outcome.status, headers };
  const body = outcome.body.toString();
  if (Buffer.byteLength(body) <= MAX_KEPT_BYTES) done.body = body;
  await exchange.db.tryWrite(records.put(done, { replace: true, when: mine }));
}
