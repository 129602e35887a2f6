/**
 * Reads a DynamoDB stream as the function's role, shard by shard, in order. The position is on disk after each batch that
 * the function handled, so after a kill every record comes again that was not: at least once, none lost. Differs from
 * AWS: one batch at a time per shard (ParallelizationFactor has no effect), tumbling windows are not there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError, type Caller, type Cloud, type JsonObject } from '../../types.ts';
import { deliver } from './async-events.ts';
import { failedItems, type Mapping, type Source } from './event-sources.ts';
import type { FunctionDefinition, Functions } from './functions.ts';
import type { LambdaStore } from './store.ts';

interface StreamRecord {
  eventID: string;
  dynamodb: { SequenceNumber: string; ApproximateCreationDateTime?: number };
}
interface Shard {
  ShardId: string;
  ParentShardId?: string;
  SequenceNumberRange?: { EndingSequenceNumber?: string };
}

/** Polling while nobody tells of new records, and the safety net when somebody does; in milliseconds. */
const pollEvery = 100;
const safetyPollEvery = 2000;
/** New shards are looked for this often, in milliseconds. */
const shardsEvery = 10_000;

export class StreamSource implements Source {
  readonly #mapping: Mapping;
  readonly #definition: FunctionDefinition;
  readonly #cloud: Cloud;
  readonly #functions: Functions;
  readonly #store: LambdaStore;
  readonly #shards = new Set<string>();
  #stopped = true;
  #stop = new AbortController();
  /** Somebody notifies of this stream, so polling may be rare. */
  #notified = false;
  #pending = false;
  #wake: () => void = () => undefined;
  #unsubscribe: () => void = () => undefined;
  #processed = 0;
  #lastError: string | undefined;

  constructor(
    mapping: Mapping,
    definition: FunctionDefinition,
    cloud: Cloud,
    functions: Functions,
    store: LambdaStore,
  ) {
    this.#mapping = mapping;
    this.#definition = definition;
    this.#cloud = cloud;
    this.#functions = functions;
    this.#store = store;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#stop = new AbortController();
    this.#unsubscribe = this.#cloud.onNotify(this.#mapping.sourceArn, () => {
      this.#notified = true;
      this.#pending = true;
      this.#wake();
    });
    void this.#followShards();
  }
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    this.#stop.abort();
    this.#wake();
  }
  state(): JsonObject {
    const state: JsonObject = { shards: this.#shards.size, processed: this.#processed };
    if (this.#lastError !== undefined) state.lastError = this.#lastError;
    return state;
  }

  async #call(operation: string, input: JsonObject): Promise<JsonObject> {
    const caller: Caller = this.#cloud.assumeRole(this.#definition.role, this.#definition.name);
    return this.#cloud.call('dynamodb', operation, input, caller);
  }

  async #followShards(): Promise<void> {
    while (!this.#stopped) {
      await this.#guarded(async () => {
        const { StreamDescription } = await this.#call('DescribeStream', { StreamArn: this.#mapping.sourceArn });
        const shards = ((StreamDescription as JsonObject).Shards ?? []) as unknown as Shard[];
        for (const shard of shards) {
          if (this.#shards.has(shard.ShardId)) continue;
          this.#shards.add(shard.ShardId);
          void this.#follow(shard.ShardId);
        }
      });
      await this.#pause(this.#shards.size === 0 ? pollEvery : shardsEvery);
    }
  }

  /** Reads one shard until it ends. */
  async #follow(shard: string): Promise<void> {
    let iterator: string | undefined;
    while (!this.#stopped) {
      this.#pending = false;
      let received = 0;
      const ended = await this.#guarded(async () => {
        iterator ??= await this.#openIterator(shard);
        const { records, next } = await this.#read(iterator);
        received = records.length;
        if (received > 0) await this.#processInOrder(records, shard);
        iterator = next;
        return next === undefined;
      });
      // Whatever failed, the position on disk says where to go on.
      if (ended === 'failed') iterator = undefined;
      if (ended === true) return;
      if (received === 0 && !this.#pending) await this.#idle();
    }
  }

  async #openIterator(shard: string): Promise<string> {
    const { id, properties, sourceArn } = this.#mapping;
    const base = { StreamArn: sourceArn, ShardId: shard };
    let position = this.#store.position(id, shard);
    if (position === undefined && properties.StartingPosition === 'LATEST')
      position = await this.#skipToEnd(base, shard);
    const input: JsonObject = { ...base, ShardIteratorType: 'TRIM_HORIZON' };
    if (position !== undefined && position !== '')
      Object.assign(input, { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position });
    try {
      return String((await this.#call('GetShardIterator', input)).ShardIterator);
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'TrimmedDataAccessException')) throw error;
      return String(
        (await this.#call('GetShardIterator', { ...base, ShardIteratorType: 'TRIM_HORIZON' })).ShardIterator,
      );
    }
  }
  /** LATEST, made durable: the end of the shard when the mapping first saw it, so that a kill can't move it. */
  async #skipToEnd(base: JsonObject, shard: string): Promise<string> {
    let iterator: string | undefined = String(
      (await this.#call('GetShardIterator', { ...base, ShardIteratorType: 'TRIM_HORIZON' })).ShardIterator,
    );
    let position = '';
    while (iterator !== undefined) {
      const answer: JsonObject = await this.#call('GetRecords', { ShardIterator: iterator, Limit: 1000 });
      const records = (answer.Records ?? []) as unknown as StreamRecord[];
      position = records.at(-1)?.dynamodb.SequenceNumber ?? position;
      iterator = records.length === 0 ? undefined : (answer.NextShardIterator as string | undefined);
    }
    this.#store.savePosition(this.#mapping.id, shard, position);
    return position;
  }

  /** One batch: what is there, and more while the batching window is open. */
  async #read(from: string): Promise<{ records: StreamRecord[]; next: string | undefined }> {
    const { BatchSize = 100, MaximumBatchingWindowInSeconds = 0 } = this.#mapping.properties;
    const records: StreamRecord[] = [];
    let next: string | undefined = from;
    let end = Number.POSITIVE_INFINITY;
    while (next !== undefined && !this.#stopped) {
      const answer: JsonObject = await this.#call('GetRecords', {
        ShardIterator: next,
        Limit: Number(BatchSize) - records.length,
      });
      const more = (answer.Records ?? []) as unknown as StreamRecord[];
      records.push(...more);
      next = answer.NextShardIterator as string | undefined;
      if (records.length === 0 || records.length >= Number(BatchSize)) break;
      end = Math.min(end, Date.now() + Number(MaximumBatchingWindowInSeconds) * 1000);
      if (Date.now() >= end) break;
      // At the end of the stream: what comes meanwhile is there when the window is over.
      if (more.length === 0) await this.#pause(end - Date.now());
    }
    return { records, next };
  }

  async #processInOrder(records: StreamRecord[], shard: string): Promise<void> {
    const accepted = records.filter((record) => this.#mapping.accepts(record as unknown as JsonObject));
    if (accepted.length > 0) await this.#deliver(accepted, shard);
    if (this.#stopped) return;
    this.#store.savePosition(this.#mapping.id, shard, (records.at(-1) as StreamRecord).dynamodb.SequenceNumber);
    this.#processed += records.length;
  }

  /** Hands records to the function until they succeed, or the mapping gives them up. Saves the position as it goes. */
  async #deliver(all: StreamRecord[], shard: string): Promise<void> {
    const { properties } = this.#mapping;
    const maximumRetries = Number(properties.MaximumRetryAttempts ?? -1);
    const bisects = properties.BisectBatchOnFunctionError === true;
    const partial = [properties.FunctionResponseTypes ?? []].flat().includes('ReportBatchItemFailures');
    const queue: { records: StreamRecord[]; attempts: number }[] = [{ records: all, attempts: 0 }];
    while (queue.length > 0 && !this.#stopped) {
      const { records, attempts } = queue.shift() as { records: StreamRecord[]; attempts: number };
      const failedFrom = await this.#invoke(records, partial);
      if (this.#stopped) return;
      const handled = failedFrom === undefined ? records : records.slice(0, failedFrom);
      const lastHandled = handled.at(-1);
      if (lastHandled !== undefined)
        this.#store.savePosition(this.#mapping.id, shard, lastHandled.dynamodb.SequenceNumber);
      if (failedFrom === undefined) continue;
      const rest = records.slice(failedFrom);
      // Progress is no retry: the failed rest is a batch of its own.
      const tried = failedFrom > 0 ? 1 : attempts + 1;
      if (bisects && rest.length > 1) {
        const middle = Math.ceil(rest.length / 2);
        queue.unshift(
          { records: rest.slice(0, middle), attempts: tried },
          { records: rest.slice(middle), attempts: tried },
        );
      } else if ((maximumRetries >= 0 && tried > maximumRetries) || this.#isTooOld(rest)) {
        await this.#giveUp(rest, shard, tried);
        this.#store.savePosition(this.#mapping.id, shard, (rest.at(-1) as StreamRecord).dynamodb.SequenceNumber);
        continue;
      } else queue.unshift({ records: rest, attempts: tried });
      await this.#pause(Math.min(10_000, 100 * 2 ** Math.min(tried, 10)));
    }
  }

  #isTooOld(records: StreamRecord[]): boolean {
    const maximumAge = Number(this.#mapping.properties.MaximumRecordAgeInSeconds ?? -1);
    const created = records[0]?.dynamodb.ApproximateCreationDateTime;
    return maximumAge >= 0 && created !== undefined && Date.now() / 1000 - created > maximumAge;
  }

  /** Index of the first record that failed; undefined when all succeeded. */
  async #invoke(records: StreamRecord[], partial: boolean): Promise<number | undefined> {
    const events = records.map((record) => ({ ...record, eventSourceARN: this.#mapping.sourceArn }));
    const result = await this.#functions.run(this.#mapping.target, undefined, JSON.stringify({ Records: events }));
    if (result.functionError !== undefined) return 0;
    if (!partial) return undefined;
    const sequences = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    const failed = failedItems(result.payload, new Set(sequences));
    if (failed === 'none') return undefined;
    return failed === 'all' ? 0 : sequences.findIndex((sequence) => failed.has(sequence));
  }

  async #giveUp(records: StreamRecord[], shard: string, attempts: number): Promise<void> {
    const destinations = (this.#mapping.properties.DestinationConfig ?? {}) as { OnFailure?: { Destination?: string } };
    const destination = destinations.OnFailure?.Destination;
    this.#cloud.log(
      'warn',
      `lambda: ${this.#definition.name} gave up ${records.length} records of ${this.#mapping.sourceArn}`,
    );
    if (destination === undefined) return;
    const first = records[0] as StreamRecord;
    const last = records.at(-1) as StreamRecord;
    const body = {
      requestContext: {
        functionArn: this.#definition.arn,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: attempts,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date().toISOString(),
      DDBStreamBatchInfo: {
        shardId: shard,
        startSequenceNumber: first.dynamodb.SequenceNumber,
        endSequenceNumber: last.dynamodb.SequenceNumber,
        batchSize: records.length,
        streamArn: this.#mapping.sourceArn,
      },
    };
    const caller = this.#cloud.assumeRole(this.#definition.role, this.#definition.name);
    await deliver(this.#cloud, destination, JSON.stringify(body), caller);
  }

  /** Runs a step; an error is told once and waited out. */
  async #guarded<T>(step: () => Promise<T>): Promise<T | 'failed'> {
    try {
      const value = await step();
      this.#lastError = undefined;
      return value;
    } catch (error) {
      if (this.#stopped) return 'failed';
      const reason = error instanceof Error ? error.message : String(error);
      this.#cloud.log(
        this.#lastError === reason ? 'debug' : 'error',
        `lambda: reading ${this.#mapping.sourceArn}: ${reason}`,
      );
      this.#lastError = reason;
      await this.#pause(1000);
      return 'failed';
    }
  }
  async #idle(): Promise<void> {
    await new Promise<void>((done) => {
      const timer = setTimeout(done, this.#notified ? safetyPollEvery : pollEvery);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
    this.#wake = () => undefined;
  }
  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
