/** Filters by time: from a moment on, and before a moment. Days are UTC midnights. */
export interface Period {
  createdAfter?: string | undefined;
  createdBefore?: string | undefined;
}

/** Both ends included, as range keys take it; undefined at an open end. `empty`: no moment is in it. */
export function momentsOf({ createdAfter, createdBefore }: Period): {
  from: Date | undefined;
  until: Date | undefined;
  empty: boolean;
} {
  const from = createdAfter === undefined ? undefined : new Date(createdAfter);
  const until = createdBefore === undefined ? undefined : new Date(Date.parse(createdBefore) - 1);
  return { from, until, empty: from !== undefined && until !== undefined && from > until };
}
