/**
 * The typed table on DynamoDB. Guarantees: an action that the function does not declare throws before anything is sent; a write is
 * one request and happens wholly or not at all; its events are part of the item; what a reader gets is the entity's own attributes
 * and nothing of the platform's.
 */
import { randomUUID } from 'node:crypto';
import {
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { AppError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { dynamodb } from './aws-dynamodb.ts';
import { conditionTerms, type Slots, slots } from './conditions.ts';
import { badCursor, decodeCursor, encodeCursor } from './cursor.ts';
import type { Conditions, Db, Otherwise, Page, QueryOptions, Ride, WriteContext, WriteFailure, WriteOp } from './db.ts';
import { attributes } from './db.ts';
import type { Access } from './declaration.ts';
import type { AnyEntity, Grant, Key, KeyRange } from './entity.ts';
import { env, runtimeEnv } from './env.ts';
import { pause } from './pause.ts';
import { indexKeys, indexNameOf, tableKey } from './table-schema.ts';

type Item = Record<string, unknown>;

/** Attributes that belong to the platform and never reach a handler. Sort keys of listings (l1 to l3) are the listing's own. */
const platformAttributes = new Set<string>([
  ...Object.values(tableKey),
  ...Object.values(indexKeys.g1),
  ...Object.values(indexKeys.g2),
  ...Object.values(attributes),
]);

/** An item as its entity declares it: without keys, index entries and the platform's own attributes. */
export function stripped(item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !platformAttributes.has(name)));
}

const DEFAULT_LIMIT = 100;
/** DynamoDB's limits of one request. */
const MAX_BATCH_GET = 100;
const MAX_TRANSACTION = 100;
/** Collisions: first wait at most, greatest wait, tries, and how much time must be left for an answer. All waits are random (full jitter). */
const RETRY = { firstMs: 20, capMs: 500, tries: 25, reserveMs: 500, withoutDeadlineMs: 8_000 };

/** What makes a write worth repeating: others were at the same item, or the table was told to slow down. */
const collisions = new Set([
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
  'ThrottlingError',
  'ThrottlingException',
  'ProvisionedThroughputExceeded',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
]);

interface PutOptions {
  replace?: boolean;
  when?: Conditions;
  events?: readonly Ride[];
  otherwise?: Otherwise;
}
interface Change {
  set?: Item;
  remove?: readonly string[];
  add?: Readonly<Record<string, number>>;
  when?: Conditions;
  version?: number;
  events?: readonly Ride[];
  upsert?: boolean;
  otherwise?: Otherwise;
}

/** The entities of `access`, each with its granted actions, and `write`. Does nothing until one of them is called. */
export function createDb<A extends Access>(access: A, context: WriteContext): Db<A> {
  const grants = Object.entries(access.table ?? {});
  const allowed = new Set(
    grants.flatMap(([, grant]) => grant.actions.map((action) => `${grant.entity.name} ${action}`)),
  );
  const write = writing(context, (op) => demand(allowed, op.entity, actionOf[op.kind]));
  return {
    ...Object.fromEntries(grants.map(([name, grant]) => [name, entityDb(grant, allowed, context)])),
    ...write,
  } as unknown as Db<A>;
}

const actionOf = { Put: 'put', Update: 'update', Delete: 'delete', ConditionCheck: 'check' } as const;

/** Throws when the function never declared the action: IAM would refuse it too, but later and with fewer words. */
function demand(allowed: ReadonlySet<string>, entity: AnyEntity, action: string): void {
  if (!allowed.has(`${entity.name} ${action}`))
    throw new Error(`${runtimeEnv().functionName} has not declared ${action} on ${entity.name}`);
}

function entityDb({ entity }: Grant, allowed: ReadonlySet<string>, context: WriteContext) {
  const may = (action: string) => demand(allowed, entity, action);
  return {
    async get(key: object, options: { consistent?: boolean } = {}) {
      may('get');
      const { Item: item } = await dynamodb().send(
        new GetCommand({ TableName: env('tableName'), Key: keyOf(entity, key), ConsistentRead: options.consistent }),
      );
      return item && stripped(item);
    },
    async batchGet(keys: readonly object[], options: { consistent?: boolean } = {}) {
      may('batchGet');
      return batchGet(
        keys.map((key) => keyOf(entity, key)),
        options.consistent,
      );
    },
    async query(pattern: string, args: unknown, options: QueryOptions = {}) {
      may(`query:${pattern}`);
      const declared = entity.patterns[pattern];
      if (!declared) throw new Error(`${entity.name} has no pattern ${pattern}`);
      return query(declared.index, declared.range(args), options);
    },
    put(item: Item, options: PutOptions = {}) {
      may('put');
      return putOp(entity, item, options, context);
    },
    update(key: object, change: Change) {
      may('update');
      return updateOp(entity, key, change, context);
    },
    delete(key: object, options: { when?: Conditions; otherwise?: Otherwise } = {}) {
      may('delete');
      const to = slots();
      const condition = options.when ? conditionTerms(options.when, to).join(' AND ') : undefined;
      return op(
        'Delete',
        entity,
        { Key: keyOf(entity, key), ConditionExpression: condition, ...to.attributes() },
        options.otherwise,
      );
    },
    check(key: object, when: Conditions, otherwise?: Otherwise) {
      may('check');
      const to = slots();
      const condition = conditionTerms(when, to).join(' AND ');
      return op(
        'ConditionCheck',
        entity,
        { Key: keyOf(entity, key), ConditionExpression: condition, ...to.attributes() },
        otherwise,
      );
    },
  };
}

/** The entity's key, checked to stay inside the entity's partitions: outside of them IAM refuses it. */
function keyOf(entity: AnyEntity, key: object): Key {
  const { pk, sk } = entity.key(key);
  if (!pk.startsWith(`${entity.partition}#`)) throw new Error(`key ${pk} is outside the partitions of ${entity.name}`);
  return { pk, sk };
}

async function batchGet(keys: readonly Key[], consistent?: boolean): Promise<(Item | undefined)[]> {
  if (keys.length === 0) return [];
  if (keys.length > MAX_BATCH_GET) throw new Error(`batchGet takes at most ${MAX_BATCH_GET} keys, got ${keys.length}`);
  const identity = (key: Item) => `${key.pk}\n${key.sk}`;
  const table = env('tableName');
  const found = new Map<string, Item>();
  let wanted: Item[] = [...new Map(keys.map((key) => [identity({ ...key }), { ...key }])).values()];
  for (let attempt = 0; wanted.length > 0; attempt++) {
    if (attempt > 0) await pause(jitter(attempt));
    if (attempt > RETRY.tries) throw new AppError('SERVICE_UNAVAILABLE', { headers: { 'retry-after': '1' } });
    const answer = await dynamodb().send(
      new BatchGetCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: consistent } } }),
    );
    for (const item of answer.Responses?.[table] ?? []) found.set(identity(item), item);
    wanted = answer.UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return keys.map((key) => {
    const item = found.get(identity({ ...key }));
    return item && stripped(item);
  });
}

async function query(
  index: keyof typeof indexKeys | undefined,
  range: KeyRange,
  options: QueryOptions,
): Promise<Page<Item>> {
  const names = index ? indexKeys[index] : tableKey;
  const limit = options.limit ?? DEFAULT_LIMIT;
  // Parts of a start key that the partition does not tell: of an index, the item's own key too.
  const cursorNames = [...new Set([tableKey.pk, tableKey.sk, names.sk])].filter((name) => name !== names.pk);
  const to = slots();
  const keyCondition = rangeCondition(range, names, to);
  const filter = options.filter && conditionTerms(options.filter, to).join(' AND ');
  const start = options.cursor === undefined ? undefined : decodeCursor(options.cursor, cursorNames.length);
  // One more than asked for tells whether anything follows; with a filter, only DynamoDB can say.
  const ahead = filter ? 0 : 1;
  const answer = await dynamodb()
    .send(
      new QueryCommand({
        TableName: env('tableName'),
        IndexName: index && indexNameOf(index),
        KeyConditionExpression: keyCondition,
        FilterExpression: filter,
        ...to.attributes(),
        Limit: limit + ahead,
        ScanIndexForward: options.order !== 'desc',
        ConsistentRead: index ? undefined : options.consistent,
        ExclusiveStartKey: start && {
          [names.pk]: range.pk,
          ...Object.fromEntries(cursorNames.map((name, i) => [name, start[i]])),
        },
      }),
    )
    .catch((error: unknown) => {
      // Well-formed but from another partition or range: DynamoDB alone knows.
      if (start && nameOf(error) === 'ValidationException' && /start(ing)? ?key/i.test(String(error)))
        throw badCursor();
      throw error;
    });
  const items = answer.Items ?? [];
  const cut = items.length > limit && ahead === 1;
  const last = cut ? items[limit - 1] : answer.LastEvaluatedKey;
  return {
    items: (cut ? items.slice(0, limit) : items).map(stripped),
    ...(last && { cursor: encodeCursor(cursorNames.map((name) => String(last[name]))) }),
  };
}

function rangeCondition(range: KeyRange, names: { pk: string; sk: string }, to: Slots): string {
  const partition = `${to.name(names.pk)} = ${to.value(range.pk)}`;
  if (!range.sk) return partition;
  const sk = to.name(names.sk);
  if ('beginsWith' in range.sk) return `${partition} AND begins_with(${sk}, ${to.value(range.sk.beginsWith)})`;
  if ('between' in range.sk)
    return `${partition} AND ${sk} BETWEEN ${to.value(range.sk.between[0])} AND ${to.value(range.sk.between[1])}`;
  if ('gte' in range.sk) return `${partition} AND ${sk} >= ${to.value(range.sk.gte)}`;
  return `${partition} AND ${sk} <= ${to.value(range.sk.lte)}`;
}

function op(
  kind: WriteOp['kind'],
  entity: AnyEntity,
  input: Item,
  otherwise?: Otherwise,
  eventIds: readonly string[] = [],
): WriteOp {
  return { kind, entity, input, otherwise, eventIds };
}

/** What the events of one write look like on the item. */
function riding(entity: AnyEntity, events: readonly Ride[] | undefined, context: WriteContext) {
  const rides = events ?? [];
  if (entity.derived && rides.length > 0) throw new Error(`${entity.name} is derived: no event can ride on it`);
  return rides.map(({ event, extra }) => ({
    i: newId('event', context.now()),
    n: event.name,
    v: event.version,
    ...(extra && { x: extra }),
  }));
}

function contextAttribute(context: WriteContext, events: number): Item {
  const { actor, correlationId, causationId, from, now } = context;
  return {
    a: actor.id,
    y: actor.type,
    c: correlationId,
    ...(causationId && { b: causationId }),
    ...(from && { f: from() }),
    ...(events > 0 && { e: events }),
    t: now().toISOString(),
  };
}

function putOp(entity: AnyEntity, item: Item, options: PutOptions, context: WriteContext): WriteOp {
  const riders = riding(entity, options.events, context);
  if (options.replace && riders.length > 0)
    throw new Error(`no event can ride on a put that replaces (${entity.name})`);
  const to = slots();
  const terms = [
    ...(options.replace ? [] : [`attribute_not_exists(${to.name(tableKey.pk)})`]),
    ...(options.when ? conditionTerms(options.when, to) : []),
  ];
  const stored: Item = {
    ...withoutUnstored(entity, item),
    ...keyOf(entity, entity.keyOf(item)),
    [attributes.entity]: entity.name,
  };
  for (const [index, key] of Object.entries(entity.indexes?.(item) ?? {})) {
    const names = indexKeys[index as 'g1' | 'g2'];
    stored[names.pk] = key.pk;
    stored[names.sk] = key.sk;
  }
  if (!entity.derived) stored[attributes.context] = contextAttribute(context, riders.length);
  if (riders.length > 0) {
    stored[attributes.events] = riders;
    stored[attributes.sequence] = riders.length;
  }
  const condition = terms.length > 0 ? terms.join(' AND ') : undefined;
  const input = { Item: stored, ConditionExpression: condition, ...to.attributes() };
  return op(
    'Put',
    entity,
    input,
    options.otherwise,
    riders.map((rider) => rider.i),
  );
}

function withoutUnstored(entity: AnyEntity, values: object): Item {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !entity.unstored?.includes(name)));
}

function updateOp(entity: AnyEntity, key: object, change: Change, context: WriteContext): WriteOp {
  if (change.upsert && entity.indexes) throw new Error(`${entity.name} has index entries: an update can not create it`);
  const riders = riding(entity, change.events, context);
  const to = slots();
  const set: Item = {};
  const add: Record<string, number> = { ...change.add };
  const remove = new Set(change.remove ?? []);
  for (const [name, value] of Object.entries(change.set ?? {})) if (value !== undefined) set[name] = value;
  const terms = change.upsert ? [] : [`attribute_exists(${to.name(tableKey.pk)})`];
  if (change.version !== undefined) {
    terms.push(`${to.name('version')} = ${to.value(change.version)}`);
    set.version = change.version + 1;
  }
  if (change.when) terms.push(...conditionTerms(change.when, to));
  if (change.upsert) {
    // The item may be new: what a put would have stored beside the values goes along.
    Object.assign(set, withoutUnstored(entity, key));
    set[attributes.entity] = entity.name;
  }
  if (!entity.derived) {
    set[attributes.context] = contextAttribute(context, riders.length);
    if (riders.length > 0) {
      set[attributes.events] = riders;
      add[attributes.sequence] = riders.length;
    } else remove.add(attributes.events);
  }
  const sets = Object.entries(set).map(([name, value]) => `${to.name(name)} = ${to.value(value)}`);
  const adds = Object.entries(add).map(([name, value]) => `${to.name(name)} ${to.value(value)}`);
  const removes = [...remove].map((name) => to.name(name));
  const expression = [
    sets.length > 0 && `SET ${sets.join(', ')}`,
    removes.length > 0 && `REMOVE ${removes.join(', ')}`,
    adds.length > 0 && `ADD ${adds.join(', ')}`,
  ];
  const input = {
    Key: keyOf(entity, key),
    UpdateExpression: expression.filter(Boolean).join(' '),
    ConditionExpression: terms.length > 0 ? terms.join(' AND ') : undefined,
    ...to.attributes(),
  };
  return op(
    'Update',
    entity,
    input,
    change.otherwise,
    riders.map((rider) => rider.i),
  );
}

const single = { Put: PutCommand, Update: UpdateCommand, Delete: DeleteCommand } as const;

function writing(context: WriteContext, granted: (op: WriteOp) => void) {
  const tryWrite = async (...ops: readonly WriteOp[]): Promise<WriteFailure[]> => {
    ops.forEach(granted);
    const [first] = ops;
    if (!first) return [];
    if (ops.length > MAX_TRANSACTION)
      throw new Error(`one write takes at most ${MAX_TRANSACTION} items, got ${ops.length}`);
    const send = ops.length === 1 && first.kind !== 'ConditionCheck' ? () => sendOne(first) : sendAll(ops);
    const failures = await untilNoCollision(context, send);
    // The SDK repeats a request whose reply was lost. When the first one had come through, its own events are on the item.
    return failures.some(isOwnDoing)
      ? []
      : failures.map((failure) => ({ ...failure, current: failure.current && stripped(failure.current) }));
  };
  return {
    tryWrite,
    async write(...ops: readonly WriteOp[]): Promise<void> {
      const [failure] = await tryWrite(...ops);
      if (failure) throw failure.op.otherwise?.(failure.current) ?? new AppError('CONFLICT');
    },
  };
}

function isOwnDoing({ op: { eventIds }, current }: WriteFailure): boolean {
  const riders = current?.[attributes.events];
  return (
    Array.isArray(riders) && riders.some((rider: { i?: string }) => rider.i !== undefined && eventIds.includes(rider.i))
  );
}

/** One item: one PutItem, UpdateItem or DeleteItem. Answers the failed condition, if any. */
async function sendOne(op: WriteOp): Promise<WriteFailure[]> {
  const Command = single[op.kind as keyof typeof single];
  const input = { ...op.input, TableName: env('tableName'), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
  try {
    await dynamodb().send(new Command(input as never) as PutCommand);
    return [];
  } catch (error) {
    if (nameOf(error) !== 'ConditionalCheckFailedException') throw error;
    return [{ op, index: 0, current: plain((error as { Item?: Item }).Item) }];
  }
}

/** Many items: one TransactWriteItems, whose token makes all tries of it one transaction. */
function sendAll(ops: readonly WriteOp[]): () => Promise<WriteFailure[]> {
  const token = randomUUID();
  return async () => {
    const TransactItems = ops.map(({ kind, input }) => ({
      [kind]: { ...input, TableName: env('tableName'), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
    })) as TransactWriteCommandInput['TransactItems'];
    try {
      await dynamodb().send(new TransactWriteCommand({ TransactItems, ClientRequestToken: token }));
      return [];
    } catch (error) {
      if (nameOf(error) !== 'TransactionCanceledException') throw error;
      const reasons = (error as { CancellationReasons?: { Code?: string; Item?: Item }[] }).CancellationReasons ?? [];
      const failures = reasons.flatMap((reason, index) => {
        const failed = ops[index];
        return reason.Code === 'ConditionalCheckFailed' && failed
          ? [{ op: failed, index, current: plain(reason.Item) }]
          : [];
      });
      if (failures.length > 0) return failures;
      const collision = reasons.find((reason) => reason.Code !== undefined && collisions.has(reason.Code));
      throw collision ? new Collision(error) : error;
    }
  };
}

/** A transaction that gave way to another. */
class Collision extends Error {
  constructor(cause: unknown) {
    super('collided with another transaction', { cause });
    this.name = 'TransactionConflict';
  }
}

/** Repeats with full jitter until it comes through or time runs out: then SERVICE_UNAVAILABLE, and nothing was written. */
async function untilNoCollision<T>(context: WriteContext, send: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const left = context.remainingMs ?? (() => RETRY.withoutDeadlineMs - (performance.now() - began));
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (!collisions.has(nameOf(error))) throw error;
      const wait = jitter(attempt);
      if (attempt >= RETRY.tries || left() - wait < RETRY.reserveMs)
        throw new AppError('SERVICE_UNAVAILABLE', { headers: { 'retry-after': '1' }, cause: error });
      await pause(wait);
    }
  }
}

function jitter(attempt: number): number {
  return Math.random() * Math.min(RETRY.capMs, RETRY.firstMs * 2 ** attempt);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** Items in errors come as DynamoDB's own attribute values, which the document client does not translate. */
function plain(item: Item | undefined): Item | undefined {
  return item && unmarshall(item as Parameters<typeof unmarshall>[0]);
}
