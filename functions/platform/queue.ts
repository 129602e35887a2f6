/**
 * The adapter of reactions: a queue hands over events of the bus, each is answered by itself. A message that fails goes back to the queue for a
 * while that grows with each try, and to the dead-letter queue at the end, without its neighbours. Messages may come twice and in any order: `run` must be
 * idempotent by event id or by state.
 */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Envelope, type EventData, type EventDeclaration, envelopeSchema, typeOf } from '../../events/event.ts';
import { giveBack } from './come-again.ts';
import type { Db, WriteContext } from './db.ts';
import type { Access, DeclaredHandler, QueueDeclaration } from './declaration.ts';
import { createDb } from './dynamo.ts';
import { asError, logger, metrics } from './observe.ts';
import { once } from './once.ts';

/** An event of the bus with its name, by which a reaction to several tells them apart. */
export type Received<E extends EventDeclaration> = E extends EventDeclaration
  ? Envelope<EventData<E>> & { readonly name: E['name'] }
  : never;

interface Surroundings<A extends Access> {
  /** Writes as `system`, with the event as their cause. */
  readonly db: Db<A>;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly now: Date;
  /** Milliseconds until Lambda ends the invocation. */
  remainingMs(): number;
}
export interface QueueContext<On extends readonly EventDeclaration[], A extends Access> extends Surroundings<A> {
  readonly event: Received<On[number]>;
}
export interface QueueBatchContext<On extends readonly EventDeclaration[], A extends Access> extends Surroundings<A> {
  readonly events: readonly Received<On[number]>[];
}

interface QueueSettings<On extends readonly EventDeclaration[], A extends Access> {
  readonly id: string;
  readonly on: On;
  readonly access: A;
  readonly errorImpact: string;
  readonly batchSize?: number;
  readonly maxConcurrency?: number;
  readonly gatherSeconds?: number;
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
}
type Running<On extends readonly EventDeclaration[], A extends Access> =
  | { run(context: QueueContext<On, A>): Promise<void>; readonly runBatch?: never }
  | {
      /**
       * For reactions that gather: gets all events of a batch at once. Answers the ids of the events that failed; when it throws, all
       * have.
       */
      // biome-ignore lint/suspicious/noConfusingVoidType: nothing returned means that none failed
      runBatch(context: QueueBatchContext<On, A>): Promise<readonly string[] | void>;
      readonly run?: never;
    };

/** Below this much time, what is not begun goes back to the queue rather than being cut off in the middle. */
const RESERVE_MS = 2_000;

export function queue<const On extends readonly EventDeclaration[], const A extends Access>(
  settings: QueueSettings<On, A> & Running<On, A>,
): DeclaredHandler<QueueDeclaration> {
  const { run, runBatch, ...declared } = settings;
  const observed = once(() => ({ log: logger(settings.id), meter: metrics(settings.id) }));
  const handle = async (batch: SQSEvent, lambda: Context): Promise<SQSBatchResponse> => {
    const { log, meter } = observed();
    const failed: SQSRecord[] = [];
    const surroundings = (cause?: Envelope): Surroundings<A> => {
      const now = new Date();
      const context: WriteContext = {
        actor: { id: 'system', type: 'system' },
        correlationId: cause?.correlationid ?? lambda.awsRequestId,
        ...(cause && { causationId: cause.id }),
        now: () => now,
        remainingMs: () => lambda.getRemainingTimeInMillis(),
      };
      const db = createDb(settings.access, context);
      return { db, log, metrics: meter, now, remainingMs: () => lambda.getRemainingTimeInMillis() };
    };
    const fail = (record: SQSRecord, error: unknown) => {
      failed.push(record);
      log.error('reaction failed', {
        messageId: record.messageId,
        receives: record.attributes.ApproximateReceiveCount,
        error: asError(error),
      });
    };
    log.resetKeys();
    log.appendKeys({ requestId: lambda.awsRequestId });

    const received: { record: SQSRecord; event: Received<On[number]> }[] = [];
    for (const record of batch.Records) {
      try {
        received.push({ record, event: read(record.body, settings.on) });
      } catch (error) {
        fail(record, error);
      }
    }
    if (run) {
      // One after another: messages of one batch often touch the same items and would only collide with each other.
      for (const { record, event } of received) {
        log.appendKeys(keysOf(event));
        try {
          if (lambda.getRemainingTimeInMillis() < RESERVE_MS) throw new Error('no time left in this invocation');
          await run({ ...surroundings(event), event });
          log.info('reacted');
        } catch (error) {
          fail(record, error);
        }
      }
    } else if (received.length > 0) {
      try {
        const events = received.map(({ event }) => event);
        const again = new Set((await runBatch?.({ ...surroundings(), events })) ?? []);
        for (const { record, event } of received)
          if (again.has(event.id)) fail(record, new Error('given back by the reaction'));
        log.info('reacted', { events: events.map((event) => event.id) });
      } catch (error) {
        for (const { record } of received) fail(record, error);
      }
    }
    meter.addMetric('Reacted', 'Count', batch.Records.length - failed.length);
    meter.addMetric('ReactionFailed', 'Count', failed.length);
    meter.publishStoredMetrics();
    return giveBack(failed, log);
  };
  return Object.assign(handle, { declaration: { kind: 'queue', ...declared } as const });
}

/** The envelope in an EventBridge event, checked against the schema of its declaration. */
function read<On extends readonly EventDeclaration[]>(body: string, on: On): Received<On[number]> {
  const { detail } = JSON.parse(body) as { detail?: { type?: unknown } };
  const declaration = on.find((candidate) => typeOf(candidate) === detail?.type);
  if (!declaration) throw new Error(`event of type ${String(detail?.type)} is not one that this reaction answers`);
  return { ...envelopeSchema(declaration.data).parse(detail), name: declaration.name } as Received<On[number]>;
}

/** What every log line of a message carries: who began it stays traceable though the reaction itself writes as `system`. */
function keysOf(event: Envelope & { name: string }) {
  const { id, name, subject, correlationid, actor } = event;
  return { eventId: id, eventName: name, subject, correlationId: correlationid, actor: actor.id };
}
