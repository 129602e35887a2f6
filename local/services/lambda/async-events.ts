/**
 * Asynchronous invocation: accepted events are on disk before they are acknowledged, tried up to three times (a minute and
 * two minutes apart, as Lambda does), then handed to the failure destination or the dead-letter queue.
 */
import { randomUUID } from 'node:crypto';
import { AwsError, type Cloud, type Json, type JsonObject } from '../../types.ts';
import type { Functions, RunResult } from './functions.ts';
import type { LambdaStore, StoredEvent } from './store.ts';

export interface AsyncSettings {
  maximumRetryAttempts: number;
  maximumEventAgeSeconds: number;
  onSuccess: string | undefined;
  onFailure: string | undefined;
}
const defaults: AsyncSettings = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 21_600,
  onSuccess: undefined,
  onFailure: undefined,
};

export class AsyncEvents {
  readonly #cloud: Cloud;
  readonly #functions: Functions;
  readonly #store: LambdaStore;
  readonly #retryDelays: readonly number[];
  readonly #settings = new Map<string, AsyncSettings>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(
    cloud: Cloud,
    functions: Functions,
    store: LambdaStore,
    retryDelays: readonly number[] = [60_000, 120_000],
  ) {
    this.#cloud = cloud;
    this.#functions = functions;
    this.#store = store;
    this.#retryDelays = retryDelays;
  }

  configure(functionName: string, qualifier: string, settings: Partial<AsyncSettings>): void {
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    this.#settings.set(`${functionName}:${qualifier}`, { ...defaults, ...Object.fromEntries(given) });
  }

  /** Accepts an event; it survives a kill from here on. Returns its request id. */
  accept(functionName: string, qualifier: string, payload: string): string {
    const now = Date.now();
    const event: StoredEvent = {
      id: randomUUID(),
      functionName,
      qualifier,
      payload,
      attempts: 0,
      acceptedAt: now,
      dueAt: now,
    };
    this.#store.addEvent(event);
    this.#schedule(event);
    return event.id;
  }

  /** Takes up what a former run left. */
  resume(): void {
    for (const event of this.#store.events()) this.#schedule(event);
  }
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #schedule(event: StoredEvent): void {
    const wait = event.dueAt - Date.now();
    if (wait <= 0) {
      void this.#attempt(event);
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#attempt(event);
    }, wait);
    this.#timers.add(timer);
  }

  async #attempt(event: StoredEvent): Promise<void> {
    let result: RunResult;
    try {
      result = await this.#functions.run(event.functionName, event.qualifier, event.payload, event.id);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#cloud.log('error', `lambda: event ${event.id} for ${event.functionName} was dropped: ${message}`);
      if (error instanceof AwsError && !this.#stopped) this.#store.removeEvent(event.id);
      return;
    }
    if (this.#stopped) return;
    const settings = this.#settings.get(`${event.functionName}:${event.qualifier}`) ?? defaults;
    const attempts = event.attempts + 1;
    if (result.functionError === undefined) {
      await this.#finish(event, result, attempts, settings.onSuccess, 'Success');
      return;
    }
    const dueAt = Date.now() + (this.#retryDelays[attempts - 1] ?? this.#retryDelays.at(-1) ?? 0);
    const tooOld = dueAt - event.acceptedAt > settings.maximumEventAgeSeconds * 1000;
    if (attempts <= settings.maximumRetryAttempts && !tooOld) {
      this.#store.updateEvent(event.id, attempts, dueAt);
      this.#schedule({ ...event, attempts, dueAt });
      return;
    }
    const condition = tooOld ? 'EventAgeExceeded' : 'RetriesExhausted';
    await this.#finish(event, result, attempts, settings.onFailure, condition);
  }

  async #finish(
    event: StoredEvent,
    result: RunResult,
    attempts: number,
    destination: string | undefined,
    condition: 'Success' | 'EventAgeExceeded' | 'RetriesExhausted',
  ): Promise<void> {
    const { definition, arn, qualifier } = this.#functions.find(event.functionName, event.qualifier);
    const caller = this.#cloud.assumeRole(definition.role, definition.name);
    try {
      if (condition !== 'Success' && definition.deadLetterArn !== undefined) {
        await deliver(this.#cloud, definition.deadLetterArn, event.payload, caller);
      }
      if (destination !== undefined) {
        const record: JsonObject = {
          version: '1.0',
          timestamp: new Date().toISOString(),
          requestContext: {
            requestId: event.id,
            functionArn: `${definition.arn}:${qualifier}`,
            condition,
            approximateInvokeCount: attempts,
          },
          requestPayload: JSON.parse(event.payload) as Json,
          responseContext: {
            statusCode: 200,
            executedVersion: '$LATEST',
            ...(result.functionError === undefined ? {} : { functionError: result.functionError }),
          },
          responsePayload: JSON.parse(result.payload) as Json,
        };
        await deliver(this.#cloud, destination, JSON.stringify(record), caller);
      }
    } catch (error) {
      // The event is kept: nothing that was accepted is lost because its destination refused it.
      const reason = error instanceof Error ? error.message : String(error);
      this.#cloud.log('error', `lambda: ${arn} could not hand on event ${event.id}: ${reason}`);
      const dueAt = Date.now() + (this.#retryDelays.at(-1) ?? 0);
      this.#store.updateEvent(event.id, attempts, dueAt);
      return;
    }
    this.#store.removeEvent(event.id);
  }
}

/** Sends to a queue, topic, bus or function by ARN, as `caller`. */
export async function deliver(
  cloud: Cloud,
  arn: string,
  body: string,
  caller: Parameters<Cloud['authorize']>[0],
): Promise<void> {
  const service = arn.split(':')[2];
  if (service === 'sqs') await cloud.sendMessage(arn, body, { caller });
  else if (service === 'sns') await cloud.publish(arn, body, { caller });
  else if (service === 'lambda') await cloud.invoke(arn, JSON.parse(body) as Json, { caller, type: 'event' });
  else if (service === 'events') {
    const record = JSON.parse(body) as { requestContext?: { condition?: string } };
    const result = record.requestContext?.condition === 'Success' ? 'Success' : 'Failure';
    const event: JsonObject = {
      Source: 'lambda',
      DetailType: `Lambda Function Invocation Result - ${result}`,
      Detail: body,
    };
    await cloud.putEvent(arn, event, caller);
  } else throw new AwsError('InvalidParameterValueException', `${arn} is no destination that is known here`);
}
