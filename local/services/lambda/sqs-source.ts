/**
 * Polls a queue as the function's role and hands batches to the function. Messages leave the queue only when their batch,
 * or they themselves, succeeded; the rest come back after the queue's visibility timeout.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller, Cloud, Json, JsonObject } from '../../types.ts';
import { failedItems, type Mapping, type Source } from './event-sources.ts';
import type { FunctionDefinition, Functions } from './functions.ts';

interface Message {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
  MD5OfBody: string;
  Attributes?: JsonObject;
  MessageAttributes?: Record<string, JsonObject>;
}

/** What one ReceiveMessage gives at most. */
const receiveLimit = 10;

export class SqsSource implements Source {
  readonly #mapping: Mapping;
  readonly #definition: FunctionDefinition;
  readonly #cloud: Cloud;
  readonly #functions: Functions;
  readonly #queueUrl: string;
  readonly #batchSize: number;
  readonly #windowMs: number;
  readonly #concurrency: number;
  readonly #inFlight = new Set<Promise<void>>();
  #stopped = true;
  #failures = 0;
  #processed = 0;

  constructor(mapping: Mapping, definition: FunctionDefinition, cloud: Cloud, functions: Functions) {
    const { properties, sourceArn } = mapping;
    this.#mapping = mapping;
    this.#definition = definition;
    this.#cloud = cloud;
    this.#functions = functions;
    const [, , , , account, name] = sourceArn.split(':');
    this.#queueUrl = `${cloud.endpoint}/${account}/${name}`;
    this.#batchSize = Number(properties.BatchSize ?? 10);
    this.#windowMs = Number(properties.MaximumBatchingWindowInSeconds ?? 0) * 1000;
    const limit = (properties.ScalingConfig as JsonObject | undefined)?.MaximumConcurrency;
    this.#concurrency = Math.max(1, Math.min(Number(limit ?? 5), functions.concurrency(definition.name)));
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    void this.#poll();
  }
  /** Messages that a running batch holds come back by their visibility timeout. */
  async stop(): Promise<void> {
    this.#stopped = true;
  }
  state(): JsonObject {
    return { inFlight: this.#inFlight.size, processed: this.#processed };
  }

  #caller(): Caller {
    return this.#cloud.assumeRole(this.#definition.role, this.#definition.name);
  }

  async #poll(): Promise<void> {
    while (!this.#stopped) {
      if (this.#inFlight.size >= this.#concurrency) {
        await Promise.race(this.#inFlight);
        continue;
      }
      try {
        const messages = await this.#collect();
        this.#failures = 0;
        if (messages.length === 0) continue;
        const batch = this.#process(messages).finally(() => this.#inFlight.delete(batch));
        this.#inFlight.add(batch);
      } catch (error) {
        if (this.#stopped) return;
        this.#failures += 1;
        const reason = error instanceof Error ? error.message : String(error);
        this.#cloud.log(
          this.#failures === 1 ? 'error' : 'debug',
          `lambda: polling ${this.#mapping.sourceArn}: ${reason}`,
        );
        await sleep(Math.min(10_000, 250 * 2 ** this.#failures), undefined, { ref: false });
      }
    }
  }

  /** One batch: what the first receive brings, more until it is full or the window is over. */
  async #collect(): Promise<Message[]> {
    const messages = await this.#receive(Math.min(receiveLimit, this.#batchSize), 20);
    if (messages.length === 0) return messages;
    const end = Date.now() + this.#windowMs;
    while (messages.length < this.#batchSize && !this.#stopped) {
      const left = end - Date.now();
      if (left <= 0 && (this.#windowMs > 0 || messages.length % receiveLimit !== 0)) break;
      const more = await this.#receive(
        Math.min(receiveLimit, this.#batchSize - messages.length),
        Math.max(0, Math.floor(left / 1000)),
      );
      messages.push(...more);
      if (more.length === 0 && left <= 1000) break;
    }
    return messages;
  }

  async #receive(count: number, waitSeconds: number): Promise<Message[]> {
    const input = {
      QueueUrl: this.#queueUrl,
      MaxNumberOfMessages: count,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    };
    const { Messages = [] } = await this.#cloud.call('sqs', 'ReceiveMessage', input, this.#caller());
    return Messages as unknown as Message[];
  }

  async #process(messages: Message[]): Promise<void> {
    const records = messages.map((message) => ({
      message,
      record: toRecord(message, this.#mapping.sourceArn, this.#cloud.region),
    }));
    const accepted = records.filter(({ record }) => this.#mapping.accepts(forFilter(record)));
    const done = records.filter((item) => !accepted.includes(item)).map(({ message }) => message);
    if (accepted.length > 0) done.push(...(await this.#invoke(accepted)));
    this.#processed += done.length;
    for (let at = 0; at < done.length; at += receiveLimit) await this.#delete(done.slice(at, at + receiveLimit));
  }

  async #invoke(items: { message: Message; record: JsonObject }[]): Promise<Message[]> {
    const messages = items.map(({ message }) => message);
    const payload = JSON.stringify({ Records: items.map(({ record }) => record) });
    try {
      const result = await this.#functions.run(this.#mapping.target, undefined, payload);
      if (result.functionError !== undefined) return [];
      const partial = [this.#mapping.properties.FunctionResponseTypes ?? []].flat().includes('ReportBatchItemFailures');
      if (!partial) return messages;
      const failed = failedItems(result.payload, new Set(messages.map(({ MessageId }) => MessageId)));
      if (failed === 'all') return [];
      return failed === 'none' ? messages : messages.filter(({ MessageId }) => !failed.has(MessageId));
    } catch (error) {
      this.#cloud.log(
        'error',
        `lambda: ${this.#definition.name}: ${error instanceof Error ? error.message : String(error)}`,
      );
      return [];
    }
  }

  async #delete(messages: Message[]): Promise<void> {
    const entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    try {
      await this.#cloud.call(
        'sqs',
        'DeleteMessageBatch',
        { QueueUrl: this.#queueUrl, Entries: entries },
        this.#caller(),
      );
    } catch (error) {
      if (!this.#stopped)
        this.#cloud.log('error', `lambda: deleting from ${this.#mapping.sourceArn}: ${String(error)}`);
    }
  }
}

function toRecord(message: Message, sourceArn: string, region: string): JsonObject {
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]): [string, Json] => [
    name,
    {
      ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
      ...(value.BinaryValue === undefined ? {} : { binaryValue: value.BinaryValue }),
      stringListValues: [],
      binaryListValues: [],
      dataType: value.DataType as Json,
    },
  ]);
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: sourceArn,
    awsRegion: region,
  };
}

/** A filter sees a JSON body as an object. */
function forFilter(record: JsonObject): JsonObject {
  try {
    return { ...record, body: JSON.parse(String(record.body)) as Json };
  } catch {
    return record;
  }
}
