/** Rules with a schedule. A run that falls due while the platform is down is not made up. */
import type { Cloud } from '../../types.ts';
import { parseScheduleExpression } from '../scheduler/expression.ts';
import type { Broker } from './broker.ts';
import type { Rule } from './model.ts';
import { completeEvent } from './put-events.ts';
import type { EventStore } from './store.ts';

/** setTimeout takes no longer delay. */
const longestDelayMs = 2 ** 31 - 1;

export function createScheduledRules(cloud: Cloud, broker: Broker, store: EventStore) {
  const timers = new Map<string, NodeJS.Timeout>();
  let running = false;

  function schedule(rule: Rule, after: number): void {
    if (!running || !rule.schedule) return;
    const next = parseScheduleExpression(rule.schedule).next(after, store.anchor(rule.arn));
    if (next === undefined) return;
    const wait = (): void => {
      const delay = next - Date.now();
      const wake = delay > longestDelayMs ? wait : () => run(rule.arn, next);
      timers.set(rule.arn, setTimeout(wake, Math.min(Math.max(delay, 0), longestDelayMs)));
    };
    wait();
  }

  function run(ruleArn: string, due: number): void {
    const rule = broker.rules.get(ruleArn);
    if (!rule) return;
    if (rule.enabled) {
      const detail = { source: 'aws.events', 'detail-type': 'Scheduled Event', resources: [rule.arn] };
      broker.fire(rule, completeEvent(cloud, detail));
    }
    schedule(rule, due);
  }

  return {
    start(): void {
      running = true;
      for (const rule of broker.rules.values()) schedule(rule, Date.now());
    },
    /** After a rule was made, changed or deleted. */
    refresh(ruleArn: string): void {
      clearTimeout(timers.get(ruleArn));
      timers.delete(ruleArn);
      const rule = broker.rules.get(ruleArn);
      if (rule) schedule(rule, Date.now());
    },
    stop(): void {
      running = false;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
