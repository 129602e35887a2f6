/**
 * The adapter of consumers of the table's stream. Records of one item come in order; at the first failure the batch stops, so that
 * what failed and what followed it come again in the same order, and nothing is passed over.
 */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Db } from './db.ts';
import type { Access, DeclaredHandler, StreamDeclaration } from './declaration.ts';
import { createDb } from './dynamo.ts';
import { asError, logger, metrics } from './observe.ts';
import { once } from './once.ts';

/** One change of one item, with the platform's own attributes. */
export interface Change {
  readonly kind: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** Position in the stream, unique within its shard. */
  readonly sequenceNumber: string;
  readonly before: Record<string, unknown> | undefined;
  readonly after: Record<string, unknown> | undefined;
}
export interface StreamContext<A extends Access> {
  readonly change: Change;
  readonly db: Db<A>;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly now: Date;
}
interface StreamBatchContext<A extends Access> extends Omit<StreamContext<A>, 'change'> {
  readonly changes: readonly Change[];
}

interface StreamSettings<A extends Access> {
  readonly id: string;
  /** Event source filters: `{ dynamodb: { NewImage: { ev: … } } }`. */
  readonly filters: readonly object[];
  readonly access: A;
  readonly errorImpact: string;
  readonly batchSize?: number;
  readonly gatherSeconds?: number;
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
}
type Running<A extends Access> =
  | { run(context: StreamContext<A>): Promise<void>; readonly runBatch?: never }
  | {
      /** All changes of a batch, in order. Answers how many of them, from the first, are done for good; the others come again. */
      runBatch(context: StreamBatchContext<A>): Promise<number>;
      readonly run?: never;
    };

export function stream<const A extends Access>(
  settings: StreamSettings<A> & Running<A>,
): DeclaredHandler<StreamDeclaration> {
  const { run, runBatch, ...declared } = settings;
  const observed = once(() => ({ log: logger(settings.id), meter: metrics(settings.id) }));
  const handle = async (batch: DynamoDBStreamEvent, lambda: Context): Promise<DynamoDBBatchResponse> => {
    const { log, meter } = observed();
    const now = new Date();
    log.resetKeys();
    log.appendKeys({ requestId: lambda.awsRequestId });
    const db = createDb(settings.access, {
      actor: { id: 'system', type: 'system' },
      correlationId: lambda.awsRequestId,
      now: () => now,
      remainingMs: () => lambda.getRemainingTimeInMillis(),
    });
    const around = { db, log, metrics: meter, now };
    const changes = batch.Records.map(changeOf);
    let done = 0;
    try {
      if (runBatch) done = await runBatch({ ...around, changes });
      else
        for (const change of changes) {
          await run({ ...around, change });
          done++;
        }
    } catch (error) {
      log.error('stream batch stopped', {
        done,
        of: changes.length,
        error: asError(error),
      });
    }
    const failed = changes[done];
    meter.addMetric('ChangesHandled', 'Count', done);
    meter.addMetric('ChangesFailed', 'Count', failed ? 1 : 0);
    meter.publishStoredMetrics();
    return { batchItemFailures: failed ? [{ itemIdentifier: failed.sequenceNumber }] : [] };
  };
  return Object.assign(handle, { declaration: { kind: 'stream', ...declared } as const });
}

function changeOf(record: DynamoDBRecord): Change {
  const image = (values: unknown): Record<string, unknown> | undefined =>
    values ? unmarshall(values as Parameters<typeof unmarshall>[0]) : undefined;
  const { eventName, dynamodb } = record;
  if (!eventName || !dynamodb?.SequenceNumber) throw new Error('a stream record has neither name nor sequence number');
  return {
    kind: eventName,
    sequenceNumber: dynamodb.SequenceNumber,
    before: image(dynamodb.OldImage),
    after: image(dynamodb.NewImage),
  };
}
