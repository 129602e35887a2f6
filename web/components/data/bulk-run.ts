/** Does one thing to many rows, one after the other, so that each failure is told at its row and the rest goes on. */
import { isTransient, waitBeforeRetry } from '../../lib/problems.ts';

const TRIES = 4;

export interface BulkProgress {
  done: number;
  total: number;
  failures: readonly BulkFailure[];
}
export interface BulkFailure {
  id: string;
  label: string;
  error: unknown;
}

/**
 * Runs `work` for each item in turn. Never throws for a single item; `signal` stops before the next one. Answers the failures and how
 * many items were done (failed ones count).
 */
export async function runBulk<T>(
  items: readonly T[],
  identify: (item: T) => { id: string; label: string },
  work: (item: T) => Promise<unknown>,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (progress: BulkProgress) => void } = {},
): Promise<BulkProgress> {
  const failures: BulkFailure[] = [];
  let done = 0;
  const progress = (): BulkProgress => ({ done, total: items.length, failures: [...failures] });
  onProgress?.(progress());
  for (const item of items) {
    if (signal?.aborted) break;
    try {
      await work(item);
    } catch (error) {
      failures.push({ ...identify(item), error });
    }
    done++;
    onProgress?.(progress());
  }
  return progress();
}

/** Repeats what failed for a passing reason, up to four tries. Errors: the last one. */
export async function patiently<T>(
  work: () => Promise<T>,
  wait: (failures: number, error: unknown) => number = waitBeforeRetry,
): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await work();
    } catch (error) {
      if (failures + 1 >= TRIES || !isTransient(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait(failures, error)));
    }
  }
}
