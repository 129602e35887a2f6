/** Begins runs when they fall due and delivers them at least once, with backoff, then to the dead-letter queue. */
import { randomUUID } from 'node:crypto';
import type { Cloud, Json } from '../../types.ts';
import { isRetryable, sendToDeadLetterQueue, sendToTarget } from '../events/send-to-target.ts';
import { nextRun, windowDelay } from './schedule.ts';
import type { Run, SchedulerStore } from './store.ts';

const principal = 'scheduler.amazonaws.com';
/** setTimeout takes no longer delay. */
const longestDelayMs = 2 ** 31 - 1;
const longestBackoffMs = 60_000;

export function createRunner(cloud: Cloud, store: SchedulerStore) {
  const timers = new Set<NodeJS.Timeout>();
  const active = new Set<Promise<void>>();
  let wake: NodeJS.Timeout | undefined;
  let running = false;

  function beginDue(): void {
    const now = Date.now();
    for (const { schedule, nextAt = now } of store.due(now)) {
      const next = nextRun(schedule, now);
      const last = next === undefined && schedule.ActionAfterCompletion === 'DELETE';
      deliverLater(store.beginRun(schedule, nextAt, now + windowDelay(schedule), { nextAt: next, delete: last }));
    }
    setWake();
  }

  function setWake(): void {
    clearTimeout(wake);
    const earliest = running ? store.earliest() : undefined;
    if (earliest === undefined) return;
    wake = setTimeout(beginDue, Math.min(Math.max(earliest - Date.now(), 0), longestDelayMs));
  }

  function deliverLater(run: Run): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        const work = deliver(run);
        active.add(work);
        void work.finally(() => active.delete(work));
      },
      Math.max(0, run.nextAt - Date.now()),
    );
    timers.add(timer);
  }

  async function deliver(run: Run): Promise<void> {
    const { Target: target, Arn: sourceArn } = run.schedule;
    const text = inputOf(cloud, run);
    try {
      await sendToTarget(
        cloud,
        { arn: target.Arn, roleArn: target.RoleArn, groupId: target.SqsParameters?.MessageGroupId },
        text,
        { principal, sourceArn },
      );
      store.finishRun(run.seq);
    } catch (error) {
      const { MaximumRetryAttempts: most = 185, MaximumEventAgeInSeconds: oldest = 86_400 } = target.RetryPolicy ?? {};
      const tooOld = Date.now() - run.due > oldest * 1000;
      if (isRetryable(error) && run.attempts < most && !tooOld) return postpone(run);
      cloud.log('error', `${sourceArn} could not reach ${target.Arn}: ${String(error)}`);
      await bury(run, text, error);
    }
  }

  async function bury(run: Run, text: string, error: unknown): Promise<void> {
    const { Target: target, Arn: sourceArn } = run.schedule;
    const queue = target.DeadLetterConfig?.Arn;
    try {
      if (queue) {
        const caller = cloud.assumeRole(target.RoleArn, 'scheduler', principal);
        const failure = { principal, sourceArn, targetArn: target.Arn, attempts: run.attempts, error, caller };
        await sendToDeadLetterQueue(cloud, queue, text, { ...failure, sourceAttribute: 'SCHEDULE_ARN' });
      }
      store.finishRun(run.seq);
    } catch (deadLetterError) {
      cloud.log('error', `${queue} refuses dead letters of ${sourceArn}: ${String(deadLetterError)}`);
      postpone(run);
    }
  }

  function postpone(run: Run): void {
    const backoff = Math.min(longestBackoffMs, 200 * 2 ** run.attempts) * (0.5 + Math.random() / 2);
    const later = { ...run, attempts: run.attempts + 1, nextAt: Date.now() + Math.round(backoff) };
    store.postponeRun(later);
    if (running) deliverLater(later);
  }

  return {
    /** Takes up runs that a former process left, and schedules that fell due while it was down. */
    start(): void {
      running = true;
      for (const run of store.pendingRuns()) deliverLater(run);
      skipMissed(store);
      setWake();
    },
    /** After schedules changed. */
    refresh: setWake,
    async stop(): Promise<void> {
      running = false;
      clearTimeout(wake);
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(active);
    },
  };
}

/** A recurring schedule goes on with its next run; a one-time schedule whose time has passed is left due, and runs at once. */
function skipMissed(store: SchedulerStore): void {
  const now = Date.now();
  for (const { schedule, origin } of store.due(now)) {
    if (!schedule.ScheduleExpression.startsWith('at(')) store.save(schedule, origin, nextRun(schedule, now));
  }
}

/** What the target receives, with Scheduler's context attributes filled in. */
function inputOf(cloud: Cloud, { schedule, due, attempts }: Run): string {
  const { Target: target, Arn } = schedule;
  const id = randomUUID();
  const time = `${new Date(due).toISOString().slice(0, 19)}Z`;
  const usual = {
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: cloud.accountId,
    time,
    region: cloud.region,
    resources: [Arn],
    detail: '{}',
  };
  const text = (target.Input ?? JSON.stringify(usual))
    .replaceAll('<aws.scheduler.schedule-arn>', Arn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', id)
    .replaceAll('<aws.scheduler.attempt-number>', String(attempts + 1));
  if (!target.EventBridgeParameters) return text;
  const { DetailType, Source } = target.EventBridgeParameters;
  return JSON.stringify({ source: Source, 'detail-type': DetailType, detail: JSON.parse(text) as Json });
}
