/**
 * DynamoDB and DynamoDB Streams: a proxy before a native engine (`dynamodb/engine.ts`).
 *
 * Operations: Get, Put, Update, DeleteItem, Query, Scan, BatchGet, BatchWriteItem, TransactGet, TransactWriteItems;
 * Create, Describe, Update, Delete, ListTables; Update, DescribeTimeToLive; Tag, Untag, ListTagsOfResource;
 * ListStreams, DescribeStream, GetShardIterator, GetRecords. Resource type: AWS::DynamoDB::Table.
 *
 * The proxy adds: rights with LeadingKeys, consumed capacity per caller, time to live, trimming of streams after 24 hours,
 * waking of those who read a stream, and the mends of `dynamodb/stream-records.ts`.
 *
 * Differs from AWS: one shard per table; nothing is throttled; no PartiQL, backups, global tables, exports; a stream's
 * label is no ISO date; capacity of refused writes is the least it can be; time to live acts within half a minute. With
 * DYNAMODB_ENDPOINT, time to live and trimming are that endpoint's affair.
 */
import { crc32 } from 'node:zlib';
import {
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type Cloud,
  type Json,
  type JsonObject,
  type Service,
} from '../types.ts';
import {
  askForCapacity,
  type CapacityAnswer,
  consumedBy,
  consumedByRefusal,
  consumesCapacity,
  isWrite,
  keepAskedCapacity,
} from './dynamodb/consumed-capacity.ts';
import { type DatabaseFile, openDatabaseFile } from './dynamodb/database-file.ts';
import { createEngine } from './dynamodb/engine.ts';
import { type DynamoDbRequest, requiredRights } from './dynamodb/required-rights.ts';
import { StreamParts } from './dynamodb/stream-parts.ts';
import {
  mendRecords,
  openShards,
  type RecordsAnswer,
  unwrapIterator,
  wrapIterator,
} from './dynamodb/stream-records.ts';
import { provisionTable } from './dynamodb/table-resource.ts';
import { shapeOf, type TableDescription, type TableShape, tableNameOf } from './dynamodb/table-shapes.ts';
import { deleteExpired, type ExpiringTable } from './dynamodb/time-to-live.ts';

const sweepEveryMs = 15_000;
/** Records that one GetRecords gives at most, when it does not say. */
const mostRecords = 1000;
/** Records of streams that are kept for readers that come later: they are a second apart. */
const keptRecords = 2000;
const streamRetentionSeconds = 24 * 3600;
/** After a start, readers first get the chance to catch up with what was written before a long pause of this machine. */
const trimAfterStartMs = 15 * 60_000;
const itemOperation = /^(Batch|Transact)?(Get|Put|Update|Delete|Write)Items?$|^Query$|^Scan$/;

type Input = DynamoDbRequest & { ReturnConsumedCapacity?: string; Limit?: number };

export function createDynamoDb(cloud: Cloud): Service {
  const { region } = cloud;
  const ownPrefix = `arn:aws:dynamodb:${region}:${cloud.accountId}:`;
  /** The engine names a region of its own in ARNs; learned from its answers. */
  let enginePrefix = ownPrefix;
  let file: DatabaseFile | undefined;
  const engine = createEngine(cloud, (path) => {
    file?.close();
    file = openDatabaseFile(path);
  });
  const shapes = new Map<string, Promise<TableShape | undefined>>();
  const inputs = new WeakMap<AwsRequest, Input>();
  /** While expired items are deleted and marked, nobody reads a stream: a reader would see records without their mark. */
  let sweeping: Promise<unknown> = Promise.resolve();
  const timers: NodeJS.Timeout[] = [];
  /**
   * Readers of a stream follow each other closely and ask for the same: what the engine said stands until something is written. Writes of
   * others than us, at a foreign engine, are not known of.
   */
  const reads = new Map<string, Promise<RecordsAnswer>>();
  const parts = new StreamParts(keptRecords);
  const written = (): void => reads.clear();

  const inputOf = (request: AwsRequest): Input => {
    const known = inputs.get(request);
    if (known) return known;
    let input: Input;
    try {
      input = JSON.parse(request.body.toString('utf8'));
    } catch {
      throw new AwsError('SerializationException', 'The request is not JSON.');
    }
    inputs.set(request, input);
    return input;
  };

  /** Control operations and streams: ARNs in the engine's words on the way in, in ours on the way out. */
  const sendTranslated = async (operation: string, text: string): Promise<{ status: number; answer: JsonObject }> => {
    const { status, body } = await engine.send(operation, text.replaceAll(ownPrefix, enginePrefix));
    const found = /arn:aws:dynamodb:[\w-]+:\d*:/.exec(body)?.[0];
    if (found) enginePrefix = found;
    return { status, answer: JSON.parse(body.replaceAll(enginePrefix, ownPrefix)) };
  };
  const sendAsPlatform = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const { status, answer } = await sendTranslated(operation, JSON.stringify(input));
    if (operation.endsWith('Table') && typeof input.TableName === 'string' && operation !== 'DescribeTable') {
      shapes.delete(input.TableName);
    }
    if (status === 200) return answer;
    const code = String(answer.__type).split('#').pop() ?? 'InternalServerError';
    throw new AwsError(code, String(answer.message ?? answer.Message ?? ''), status);
  };

  const tables = {
    arnOf: (name: string) => `${ownPrefix}table/${name}`,
    shapeOf: (name: string): Promise<TableShape | undefined> => {
      const known = shapes.get(name);
      if (known) return known;
      const asked = sendAsPlatform('DescribeTable', { TableName: name }).then(
        ({ Table }) => shapeOf(Table as unknown as TableDescription),
        (error) => {
          shapes.delete(name);
          if (error instanceof AwsError && error.status < 500) return undefined;
          throw error;
        },
      );
      shapes.set(name, asked);
      return asked;
    },
  };

  const wakeReaders = async (names: Iterable<string>): Promise<void> => {
    for (const name of names) {
      const shape = await tables.shapeOf(name);
      if (shape?.streamArn) cloud.notify(shape.streamArn);
    }
  };

  const handleItems = async (request: AwsRequest, operation: string, input: Input): Promise<AwsResponse> => {
    const text = request.body.toString('utf8');
    const plain = text.includes('arn:aws:dynamodb:') ? JSON.stringify(withTableNames(input)) : text;
    const { status, body } = await engine.send(operation, askForCapacity(input, plain)).finally(() => {
      if (isWrite(operation)) written();
    });
    if (status !== 200) {
      const answer: JsonObject = JSON.parse(body);
      for (const consumed of consumedByRefusal(operation, String(answer.__type), input)) {
        cloud.recordCapacity(request.caller, consumed);
      }
      return json(status, body);
    }
    const answer: CapacityAnswer = JSON.parse(body);
    const consumed = consumedBy(operation, answer);
    for (const entry of consumed) cloud.recordCapacity(request.caller, entry);
    if (isWrite(operation)) await wakeReaders(new Set(consumed.map((entry) => entry.table)));
    if (input.ReturnConsumedCapacity === 'INDEXES') return json(status, body);
    keepAskedCapacity(input.ReturnConsumedCapacity, answer);
    return json(status, JSON.stringify(answer));
  };

  const readRecords = async ({ ShardIterator = '', ...input }: Input): Promise<RecordsAnswer> => {
    const { streamArn, iterator } = unwrapIterator(ShardIterator);
    const asked = { ...input, ShardIterator: iterator } as unknown as JsonObject;
    return mendRecords((await sendAsPlatform('GetRecords', asked)) as unknown as RecordsAnswer, streamArn, region);
  };
  const readOnce = (input: Input): Promise<RecordsAnswer> => {
    const key = JSON.stringify([input.ShardIterator, input.Limit]);
    const known = reads.get(key);
    if (known) return known;
    const read = readRecords(input);
    reads.set(key, read);
    read.then(
      (answer) => parts.keep(input.ShardIterator ?? '', answer),
      () => {
        if (reads.get(key) === read) reads.delete(key);
      },
    );
    return read;
  };
  /** Begins with what others have read from there on. */
  const readOn = async (input: Input): Promise<RecordsAnswer> => {
    if (engine.databaseFile === undefined) return readRecords(input);
    const limit = input.Limit ?? mostRecords;
    const known = parts.from(input.ShardIterator ?? '', limit);
    if (known.records.length === limit || known.next === undefined)
      return { Records: known.records, ...(known.next && { NextShardIterator: known.next }) };
    const { Records = [], ...rest } = await readOnce({ ...input, ShardIterator: known.next });
    if (known.records.length + Records.length > limit) return { Records: known.records, NextShardIterator: known.next };
    return { Records: [...known.records, ...Records], ...rest };
  };

  const handleStreams = async (operation: string, input: Input): Promise<AwsResponse> => {
    if (operation === 'GetRecords') {
      await sweeping;
      return json(200, JSON.stringify(await readOn(input)));
    }
    const { status, answer } = await sendTranslated(operation, JSON.stringify(input));
    if (status !== 200) return json(status, JSON.stringify(answer));
    if (operation === 'DescribeStream') return json(200, JSON.stringify(openShards(answer)));
    if (operation === 'GetShardIterator') {
      return json(
        200,
        JSON.stringify({ ShardIterator: wrapIterator(input.StreamArn ?? '', String(answer.ShardIterator)) }),
      );
    }
    return json(200, JSON.stringify(answer));
  };

  const expiringTables = async (): Promise<ExpiringTable[]> => {
    const found: ExpiringTable[] = [];
    const { TableNames } = (await sendAsPlatform('ListTables', {})) as { TableNames: string[] };
    for (const name of TableNames) {
      const { TimeToLiveDescription } = (await sendAsPlatform('DescribeTimeToLive', { TableName: name })) as {
        TimeToLiveDescription?: { TimeToLiveStatus?: string; AttributeName?: string };
      };
      if (TimeToLiveDescription?.TimeToLiveStatus !== 'ENABLED' || !TimeToLiveDescription.AttributeName) continue;
      const { Table } = await sendAsPlatform('DescribeTable', { TableName: name });
      const table = Table as unknown as TableDescription;
      found.push({
        name,
        attribute: TimeToLiveDescription.AttributeName,
        keys: table.KeySchema.map((element) => element.AttributeName),
        streamArn: shapeOf(table).streamArn,
      });
    }
    return found;
  };
  const sweep = async (): Promise<void> => {
    if (!file) return;
    const now = Math.floor(Date.now() / 1000);
    const deleted = await deleteExpired(await expiringTables(), now, engine, file, cloud).finally(written);
    if (deleted > 0) cloud.log('debug', `Time to live: ${deleted} items deleted.`);
  };
  const logFailure = (error: unknown): void => cloud.log('error', `DynamoDB upkeep failed: ${String(error)}`);
  const trim = (): void => {
    try {
      const more = file?.trimStreams(Math.floor(Date.now() / 1000) - streamRetentionSeconds);
      if (more) setImmediate(trim);
    } catch (error) {
      logFailure(error);
    }
  };

  return {
    names: ['dynamodb'],
    resources: {
      'AWS::DynamoDB::Table': async (resource) => provisionTable(resource, sendAsPlatform, cloud),
    },
    rights: (request) => requiredRights(request.operation ?? '', inputOf(request), tables),
    async handle(request) {
      const operation = request.operation ?? '';
      const input = inputOf(request);
      if (itemOperation.test(operation) && consumesCapacity(operation)) return handleItems(request, operation, input);
      if (/Streams?$|^GetShardIterator$|^GetRecords$/.test(operation)) return handleStreams(operation, input);
      const name = input.TableName && tableNameOf(input.TableName);
      const asked = name ? { ...input, TableName: name } : input;
      return json(200, JSON.stringify(await sendAsPlatform(operation, asked as unknown as JsonObject)));
    },
    async start() {
      timers.push(
        setInterval(() => {
          sweeping = sweeping.then(sweep).catch(logFailure);
        }, sweepEveryMs),
        setTimeout(() => {
          trim();
          timers.push(setInterval(trim, 60_000));
        }, trimAfterStartMs),
      );
      for (const timer of timers) timer.unref();
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await sweeping;
      file?.close();
      file = undefined;
      await engine.stop();
    },
    async inspect(path): Promise<Json | undefined> {
      if (path === '') {
        const { TableNames } = (await sendAsPlatform('ListTables', {})) as { TableNames: string[] };
        return Promise.all(
          TableNames.map(async (name) => (await sendAsPlatform('DescribeTable', { TableName: name })).Table as Json),
        );
      }
      const [table = '', view] = path.split('/');
      if (view === 'items') return sendAsPlatform('Scan', { TableName: decodeURIComponent(table), Limit: 100 });
      return undefined;
    },
  };
}

/** The engine wants names where AWS also takes ARNs. */
function withTableNames(input: Input): Input {
  const plain = { ...input };
  if (plain.TableName) plain.TableName = tableNameOf(plain.TableName);
  if (plain.RequestItems) {
    plain.RequestItems = Object.fromEntries(
      Object.entries(plain.RequestItems).map(([name, items]) => [tableNameOf(name), items]),
    );
  }
  plain.TransactItems = plain.TransactItems?.map((entry) =>
    Object.fromEntries(
      Object.entries(entry).map(([kind, item]) => [kind, { ...item, TableName: tableNameOf(item.TableName ?? '') }]),
    ),
  );
  return plain;
}

/** SDKs that check the checksum find it; most do not look. */
function json(status: number, body: string): AwsResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-crc32': String(crc32(body)) },
    body,
  };
}
