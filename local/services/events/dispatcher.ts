/**
 * Delivers what the outbox holds: at least once, in no promised order, with backoff until the target's RetryPolicy is
 * exhausted, then to its dead-letter queue. An entry leaves the outbox only after the target took it.
 */
import type { Cloud } from '../../types.ts';
import { inputFor } from './input.ts';
import type { Rule, Target } from './model.ts';
import { isRetryable, sendToDeadLetterQueue, sendToTarget } from './send-to-target.ts';
import type { Delivery, EventStore } from './store.ts';

const principal = 'events.amazonaws.com';
const inFlightLimit = 64;
const firstBackoffMs = 200;
const longestBackoffMs = 60_000;

export type Dispatcher = ReturnType<typeof createDispatcher>;

/** `findRule` gives the rule as it is now; a delivery of a rule or target that is gone is dropped, as in AWS. */
export function createDispatcher(cloud: Cloud, store: EventStore, findRule: (arn: string) => Rule | undefined) {
  const waiting: Delivery[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let inFlight = 0;
  let running = false;

  function pump(): void {
    while (running && inFlight < inFlightLimit) {
      const delivery = waiting.shift();
      if (!delivery) return;
      inFlight += 1;
      void deliver(delivery).finally(() => {
        inFlight -= 1;
        pump();
      });
    }
  }

  async function deliver(delivery: Delivery): Promise<void> {
    const rule = findRule(delivery.ruleArn);
    const target = rule?.targets.find(({ Id }) => Id === delivery.targetId);
    if (!rule || !target) {
      cloud.log('warn', `Dropped event ${delivery.event.id}: ${delivery.ruleArn} has no target ${delivery.targetId}.`);
      return store.finishDelivery(delivery.seq);
    }
    const text = inputFor(target, delivery.event, rule, delivery.acceptedAt);
    try {
      await sendToTarget(
        cloud,
        { arn: target.Arn, roleArn: target.RoleArn, groupId: target.SqsParameters?.MessageGroupId },
        text,
        { principal, sourceArn: rule.arn },
      );
      store.finishDelivery(delivery.seq);
    } catch (error) {
      await retryOrBury(delivery, rule, target, text, error);
    }
  }

  async function retryOrBury(
    delivery: Delivery,
    rule: Rule,
    target: Target,
    text: string,
    error: unknown,
  ): Promise<void> {
    if (!running) return;
    const { MaximumRetryAttempts: most = 185, MaximumEventAgeInSeconds: oldest = 86_400 } = target.RetryPolicy ?? {};
    const tooOld = Date.now() - delivery.acceptedAt > oldest * 1000;
    if (isRetryable(error) && delivery.attempts < most && !tooOld) return postpone(delivery);
    const reason = `${rule.arn} could not deliver to ${target.Arn}: ${String(error)}`;
    if (!target.DeadLetterConfig?.Arn) {
      cloud.log('error', `${reason}. It has no dead-letter queue: event ${delivery.event.id} is lost.`);
      return store.finishDelivery(delivery.seq);
    }
    cloud.log('warn', `${reason}. Event ${delivery.event.id} goes to ${target.DeadLetterConfig.Arn}.`);
    try {
      await sendToDeadLetterQueue(cloud, target.DeadLetterConfig.Arn, text, {
        principal,
        sourceArn: rule.arn,
        targetArn: target.Arn,
        attempts: delivery.attempts,
        error,
      });
      store.finishDelivery(delivery.seq);
    } catch (deadLetterError) {
      cloud.log(
        'error',
        `${target.DeadLetterConfig.Arn} refuses dead letters of ${rule.arn}: ${String(deadLetterError)}`,
      );
      postpone(delivery);
    }
  }

  function postpone(delivery: Delivery): void {
    const backoff = Math.min(longestBackoffMs, firstBackoffMs * 2 ** delivery.attempts) * (0.5 + Math.random() / 2);
    const later = { ...delivery, attempts: delivery.attempts + 1, nextAt: Date.now() + Math.round(backoff) };
    store.postponeDelivery(later);
    wait(later);
  }

  function wait(delivery: Delivery): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        waiting.push(delivery);
        pump();
      },
      Math.max(0, delivery.nextAt - Date.now()),
    );
    timers.add(timer);
  }

  return {
    /** Takes what a former run left, and from now on delivers. */
    start(): void {
      running = true;
      waiting.length = 0;
      const now = Date.now();
      for (const delivery of store.pendingDeliveries()) {
        if (delivery.nextAt <= now) waiting.push(delivery);
        else wait(delivery);
      }
      pump();
    },
    /** Deliveries that the store has accepted; before `start` they wait there. */
    dispatch(deliveries: Delivery[]): void {
      if (!running) return;
      waiting.push(...deliveries);
      pump();
    },
    /** Waits for deliveries in flight; the rest stays in the outbox. */
    async stop(): Promise<void> {
      running = false;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      while (inFlight > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}
