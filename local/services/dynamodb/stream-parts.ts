/**
 * The newest records of streams as they were read, in parts: what stands in a stream from a place on stays, so that a consumer who comes later
 * gets what the first one read. Pure.
 */
import type { RecordsAnswer, StreamRecord } from './stream-records.ts';

interface Part {
  records: readonly StreamRecord[];
  /** Where the stream goes on; undefined when it has ended. */
  next: string | undefined;
}

export class StreamParts {
  /** By the iterator that they were read from, oldest first. */
  readonly #parts = new Map<string, Part>();
  readonly #capacity: number;
  #kept = 0;

  /** Keeps this many records, those of all streams together. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Nothing read is not kept: something may stand there a moment later. */
  keep(iterator: string, { Records: records = [], NextShardIterator: next }: RecordsAnswer): void {
    if (records.length === 0 || this.#parts.has(iterator)) return;
    this.#parts.set(iterator, { records, next });
    this.#kept += records.length;
    for (const [oldest, part] of this.#parts) {
      if (this.#kept <= this.#capacity) break;
      this.#parts.delete(oldest);
      this.#kept -= part.records.length;
    }
  }

  /** What is known from this iterator on, whole parts of at most `limit` records together, and the iterator behind them. */
  from(iterator: string, limit: number): { records: StreamRecord[]; next: string | undefined } {
    const records: StreamRecord[] = [];
    let next: string | undefined = iterator;
    for (
      let part = this.#parts.get(iterator);
      part !== undefined && records.length + part.records.length <= limit;
      part = next === undefined ? undefined : this.#parts.get(next)
    ) {
      records.push(...part.records);
      next = part.next;
    }
    return { records, next };
  }
}
