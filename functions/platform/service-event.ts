/**
 * The adapter of what services of AWS tell the account's own bus: a rule puts it into a queue, and each event is worked on by itself. A message
 * may come twice: `run` must be idempotent. What fails comes again, and lies in the dead-letter queue at the end.
 */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { giveBack } from './come-again.ts';
import type { Db } from './db.ts';
import type { Access, DeclaredHandler, ServiceEvent, ServiceEventDeclaration } from './declaration.ts';
import { createDb } from './dynamo.ts';
import { asError, logger, metrics } from './observe.ts';
import { once } from './once.ts';

/** The parts of an event's detail that functions read, by its name. */
interface Details {
  'Object Created': { readonly object: { readonly key: string } };
  'Email Sent': {
    readonly mail: { readonly messageId: string; readonly tags: Readonly<Record<string, readonly string[]>> };
  };
}

export interface ServiceEventContext<A extends Access, E extends ServiceEvent> {
  readonly detail: Details[E['name']];
  /** How often it was tried, this time included. */
  readonly attempt: number;
  readonly db: Db<A>;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly now: Date;
}
interface ServiceEventSettings<A extends Access, E extends ServiceEvent> {
  readonly id: string;
  readonly on: E;
  readonly access: A;
  readonly errorImpact: string;
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
  run(context: ServiceEventContext<A, E>): Promise<void>;
}

export function serviceEvent<const A extends Access, const E extends ServiceEvent>(
  settings: ServiceEventSettings<A, E>,
): DeclaredHandler<ServiceEventDeclaration> {
  const { run, ...declared } = settings;
  const observed = once(() => ({ log: logger(settings.id), meter: metrics(settings.id) }));
  const handle = async (batch: SQSEvent, lambda: Context): Promise<SQSBatchResponse> => {
    const { log, meter } = observed();
    const failed: SQSRecord[] = [];
    log.resetKeys();
    log.appendKeys({ requestId: lambda.awsRequestId });
    for (const record of batch.Records) {
      try {
        const { detail } = JSON.parse(record.body) as { detail: Details[E['name']] };
        const now = new Date();
        const db = createDb(settings.access, {
          actor: { id: 'system', type: 'system' },
          correlationId: lambda.awsRequestId,
          now: () => now,
          remainingMs: () => lambda.getRemainingTimeInMillis(),
        });
        const attempt = Number(record.attributes.ApproximateReceiveCount);
        await run({ detail, attempt, db, log, metrics: meter, now });
      } catch (error) {
        failed.push(record);
        log.error('event of a service not worked on', { error: asError(error) });
      }
    }
    meter.addMetric('ServiceEventsHandled', 'Count', batch.Records.length - failed.length);
    meter.addMetric('ServiceEventFailed', 'Count', failed.length);
    meter.publishStoredMetrics();
    return giveBack(failed, log);
  };
  return Object.assign(handle, { declaration: { kind: 'service-event', ...declared } as const });
}
