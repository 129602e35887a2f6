/** The adapter of scheduled functions. EventBridge Scheduler may start one twice: `run` must be idempotent. An error is tried again by the scheduler. */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import type { Db } from './db.ts';
import type { Access, DeclaredHandler, ScheduleDeclaration } from './declaration.ts';
import { createDb } from './dynamo.ts';
import { asError, logger, metrics } from './observe.ts';
import { once } from './once.ts';

export interface ScheduleContext<A extends Access> {
  readonly db: Db<A>;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly now: Date;
  /** Milliseconds until Lambda ends the invocation: long work stops in time and goes on at the next start. */
  remainingMs(): number;
}
interface ScheduleSettings<A extends Access> {
  readonly id: string;
  readonly schedule: string;
  readonly access: A;
  readonly errorImpact: string;
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
  run(context: ScheduleContext<A>): Promise<void>;
}

export function schedule<const A extends Access>(settings: ScheduleSettings<A>): DeclaredHandler<ScheduleDeclaration> {
  const { run, ...declared } = settings;
  const observed = once(() => ({ log: logger(settings.id), meter: metrics(settings.id) }));
  const handle = async (_event: unknown, lambda: Context): Promise<void> => {
    const { log, meter } = observed();
    const now = new Date();
    const remainingMs = () => lambda.getRemainingTimeInMillis();
    log.resetKeys();
    log.appendKeys({ requestId: lambda.awsRequestId });
    const db = createDb(settings.access, {
      actor: { id: 'system', type: 'system' },
      correlationId: lambda.awsRequestId,
      now: () => now,
      remainingMs,
    });
    try {
      await run({ db, log, metrics: meter, now, remainingMs });
      meter.addMetric('ScheduleRan', 'Count', 1);
    } catch (error) {
      meter.addMetric('ScheduleFailed', 'Count', 1);
      log.error('scheduled run failed', { error: asError(error) });
      throw error;
    } finally {
      meter.publishStoredMetrics();
    }
  };
  return Object.assign(handle, { declaration: { kind: 'schedule', ...declared } as const });
}
