/**
 * Replies at even times. The user pool needs longer where it really mails or makes somebody than where it only pretends to: who measures
 * the reply must not learn which it was.
 */
import { pause } from '../platform/pause.ts';

/** Longer than the work takes, also where the function that words the pool's mails has to start first, so that replies come after one step. */
const STEP_MS = 1_000;

/** Does the work, and answers or fails when a whole number of steps is over. */
export async function atEvenTime<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await work();
  } finally {
    await pause(STEP_MS - ((performance.now() - begun) % STEP_MS));
  }
}
