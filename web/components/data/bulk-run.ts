/** Does one thing to many rows, one after the other, so that each failure is told at its row and the rest goes on. */

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
