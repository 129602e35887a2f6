/**
 * Replies at even times. The user pool needs longer where it really mails, makes or checks somebody than where it only pretends to: who measures
 * the reply must not learn which it was.
 */
import { pause } from '../platform/pause.ts';

/** Longer than the work takes, also where the function that words the pool's mails has to start first, so that replies come after one step. */
const STEP_MS = 1_000;
/** Where both do the same work and differ by fractions of a millisecond. */
const REFUSAL_STEP_MS = 100;

const evenFrom = (begun: number, step: number) => pause(step - ((performance.now() - begun) % step));

/** Does the work, and answers or fails when a whole number of steps of a second is over. */
export async function atEvenTime<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await work();
  } finally {
    await evenFrom(begun, STEP_MS);
  }
}

/** Does the work, and fails when a whole number of steps of a tenth of a second is over. Who gets in does not wait. */
export async function refusedAtEvenTime<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await work();
  } catch (error) {
    await evenFrom(begun, REFUSAL_STEP_MS);
    throw error;
  }
}
