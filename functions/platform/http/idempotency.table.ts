/** What was answered to a POST with an Idempotency-Key, kept for a day. */
import { entity } from '../entity.ts';

export interface IdempotencyRecord {
  /** SHA-256, hex, of operation, caller and key: the key itself is the caller's business. */
  digest: string;
  /** SHA-256, hex, of method, path and body. */
  hash: string;
  state: 'running' | 'done';
  /** Chance id of the attempt that is running or was answered. */
  attempt: string;
  /** Epoch millisecond of the first attempt. */
  begun: number;
  /** Epoch millisecond after which a running request counts as lost; 0 when it failed on our side. */
  lease: number;
  /** Epoch second. */
  expires: number;
  status?: number;
  headers?: Record<string, string>;
  /** Left out when it was too large to keep. */
  body?: string;
}

/** One try of a request, with the record that it holds. */
export interface Attempt {
  readonly record: IdempotencyRecord;
  /** Whether an attempt before it was lost, with some or all of it done. */
  readonly wasLost: boolean;
}

export const idempotencyRecords = entity<IdempotencyRecord>()({
  name: 'Idempotency',
  partition: 'IDEMPOTENCY',
  describes: 'The reply to a POST with an Idempotency-Key',
  keyShape: 'IDEMPOTENCY#<digest> / IDEMPOTENCY',
  key: ({ digest }: { digest: string }) => ({ pk: `IDEMPOTENCY#${digest}`, sk: 'IDEMPOTENCY' }),
  keyOf: ({ digest }) => ({ digest }),
  patterns: {},
  expires: 'expires',
  derived: true,
});
