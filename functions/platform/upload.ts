/**
 * The adapter of what happens to uploaded files: S3 tells EventBridge, a rule puts it into a queue, and each file is worked on by itself.
 * A message may come twice: `run` must be idempotent. What fails comes again, and lies in the dead-letter queue at the end.
 */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { comeAgain } from './come-again.ts';
import type { Db } from './db.ts';
import type { Access, DeclaredHandler, UploadDeclaration } from './declaration.ts';
import { createDb } from './dynamo.ts';
import { logger, metrics } from './observe.ts';
import { once } from './once.ts';

export interface UploadContext<A extends Access> {
  /** Key of the object in the bucket of uploads. */
  readonly key: string;
  /** How often it was tried, this time included. */
  readonly attempt: number;
  readonly db: Db<A>;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly now: Date;
}
interface UploadSettings<A extends Access> {
  readonly id: string;
  /** Of the keys that it is told of. */
  readonly prefix: string;
  readonly access: A;
  readonly errorImpact: string;
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
  run(context: UploadContext<A>): Promise<void>;
}

export function upload<const A extends Access>(settings: UploadSettings<A>): DeclaredHandler<UploadDeclaration> {
  const { run, ...declared } = settings;
  const observed = once(() => ({ log: logger(settings.id), meter: metrics(settings.id) }));
  const handle = async (batch: SQSEvent, lambda: Context): Promise<SQSBatchResponse> => {
    const { log, meter } = observed();
    const failed: SQSRecord[] = [];
    log.resetKeys();
    log.appendKeys({ requestId: lambda.awsRequestId });
    for (const record of batch.Records) {
      try {
        const { detail } = JSON.parse(record.body) as { detail: { object: { key: string } } };
        const now = new Date();
        const db = createDb(settings.access, {
          actor: { id: 'system', type: 'system' },
          correlationId: lambda.awsRequestId,
          now: () => now,
          remainingMs: () => lambda.getRemainingTimeInMillis(),
        });
        const attempt = Number(record.attributes.ApproximateReceiveCount);
        await run({ key: detail.object.key, attempt, db, log, metrics: meter, now });
      } catch (error) {
        failed.push(record);
        log.error('upload not worked on', { error: asError(error) });
      }
    }
    meter.addMetric('UploadsHandled', 'Count', batch.Records.length - failed.length);
    meter.addMetric('UploadFailed', 'Count', failed.length);
    meter.publishStoredMetrics();
    await comeAgain(failed).catch((error) => log.warn('failed messages come again late', { error: asError(error) }));
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
  return Object.assign(handle, { declaration: { kind: 'upload', ...declared } as const });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
