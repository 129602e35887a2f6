/** PutEvents: entries are taken one by one, each with its own id or error, as in AWS. */
import { randomUUID } from 'node:crypto';
import { AwsError, type Cloud, type Json, type JsonObject } from '../../types.ts';
import type { Broker, Bus } from './broker.ts';
import type { BusEvent } from './model.ts';

/** All entries of one request together, in bytes. */
const requestLimit = 1_048_576;
const entryCountLimit = 10;

interface Entry {
  Source?: string;
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
  Resources?: string[];
  /** Seconds since the epoch. */
  Time?: number | string;
  TraceHeader?: string;
}

export function putEvents(cloud: Cloud, broker: Broker, input: JsonObject): JsonObject {
  const entries = Array.isArray(input.Entries) ? (input.Entries as Entry[]) : [];
  if (entries.length === 0 || entries.length > entryCountLimit) {
    const bound = entries.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${entryCountLimit}`;
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  if (entries.reduce((size, entry) => size + entrySize(entry), 0) > requestLimit) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  const accepted: { bus: Bus; event: BusEvent }[] = [];
  const results = entries.map((entry): JsonObject => {
    try {
      const bus = broker.bus(entry.EventBusName);
      const event = eventOf(cloud, entry);
      accepted.push({ bus, event });
      return { EventId: event.id };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { ErrorCode: error.code, ErrorMessage: error.message };
    }
  });
  broker.accept(accepted);
  return { FailedEntryCount: entries.length - accepted.length, Entries: results };
}

/** Bytes of an entry, counted as AWS documents it. */
export function entrySize({ Time, Source, DetailType, Detail, Resources }: Entry): number {
  const texts = [Source, DetailType, Detail, ...(Resources ?? [])];
  return texts.reduce((size, text) => size + Buffer.byteLength(text ?? ''), Time === undefined ? 0 : 14);
}

function eventOf(cloud: Cloud, entry: Entry): BusEvent {
  const source = required('Source', entry.Source);
  const detailType = required('DetailType', entry.DetailType);
  const text = required('Detail', entry.Detail);
  if (source.startsWith('aws.')) {
    throw new AwsError('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  return completeEvent(cloud, {
    source,
    'detail-type': detailType,
    detail: parseDetail(text),
    resources: entry.Resources ?? [],
    ...(entry.Time === undefined ? {} : { time: isoSeconds(entry.Time) }),
  });
}

/** An event with what the sender left out: id, time, account, region. */
export function completeEvent(cloud: Cloud, event: JsonObject): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': '',
    source: '',
    account: cloud.accountId,
    time: isoSeconds(Date.now() / 1000),
    region: cloud.region,
    resources: [],
    detail: {},
    ...event,
  };
}

/** Seconds since the epoch, or ISO text, as `2026-11-21T06:39:30Z`. */
export function isoSeconds(time: number | string): string {
  const date = new Date(typeof time === 'number' ? time * 1000 : time);
  if (Number.isNaN(date.getTime())) throw new AwsError('InvalidArgument', 'Parameter Time is not valid.');
  return `${date.toISOString().slice(0, 19)}Z`;
}

function required(name: string, value: string | undefined): string {
  if (value) return value;
  throw new AwsError('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
}

function parseDetail(text: string): JsonObject {
  let detail: Json | undefined;
  try {
    detail = JSON.parse(text) as Json;
  } catch {
    detail = undefined;
  }
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) {
    throw new AwsError('MalformedDetail', 'Detail is malformed.');
  }
  return detail;
}
