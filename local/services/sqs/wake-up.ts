/** Wakes those who wait for messages: at once when something arrives, and when hidden messages become visible again. */
import type { Cloud } from '../../types.ts';

export interface WakeUp {
  /** Something in this queue may be received now. */
  now(queueArn: string): void;
  /** Something in this queue may be received at this time (milliseconds since 1970). */
  at(queueArn: string, time: number): void;
  /** Resolves at the next wake-up of the queue, or after the given time. */
  wait(queueArn: string, milliseconds: number): Promise<void>;
  stop(): void;
}

export function createWakeUp(cloud: Cloud, nextVisible: (queueArn: string) => number | undefined): WakeUp {
  const timers = new Map<string, { time: number; timer: NodeJS.Timeout }>();
  const waiters = new Set<() => void>();

  const at = (queueArn: string, time: number): void => {
    const armed = timers.get(queueArn);
    if (armed && armed.time <= time) return;
    if (armed) clearTimeout(armed.timer);
    const ring = (): void => {
      timers.delete(queueArn);
      cloud.notify(queueArn);
      const next = nextVisible(queueArn);
      if (next !== undefined) at(queueArn, next);
    };
    const timer = setTimeout(ring, Math.max(0, Math.min(time - Date.now() + 1, 2 ** 31 - 1)));
    timer.unref();
    timers.set(queueArn, { time, timer });
  };

  return {
    now: (queueArn) => cloud.notify(queueArn),
    at,
    wait: (queueArn, milliseconds) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          waiters.delete(done);
          end();
          resolve();
        };
        const timer = setTimeout(done, milliseconds);
        const end = cloud.onNotify(queueArn, done);
        waiters.add(done);
      }),
    stop() {
      for (const { timer } of timers.values()) clearTimeout(timer);
      timers.clear();
      for (const done of [...waiters]) done();
    },
  };
}
