/**
 * The typed table. `Db<A>` has, for each entity that the function's access grants, exactly the granted actions: what is
 * not declared does not compile. One `write` is one PutItem, UpdateItem or DeleteItem, or one TransactWriteItems: the
 * change, its guards and its events happen wholly or not at all.
 */
import type { EventData, EventDeclaration } from '../../events/event.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Access } from './declaration.ts';
import type { Action, AnyEntity, Grant, ItemOf, KeyOf, PatternsOf } from './entity.ts';

/** A test on one attribute; several on one object are joined by AND. */
export type Test = {
  eq?: unknown;
  ne?: unknown;
  gt?: unknown;
  gte?: unknown;
  lt?: unknown;
  lte?: unknown;
  in?: readonly unknown[];
  exists?: boolean;
  contains?: unknown;
  /** Each of them is contained. */
  containsAll?: readonly unknown[];
  beginsWith?: string;
};
/** Tests by attribute path (`stock`, `c.price`); a bare string, number or boolean means equality. */
export type Conditions = Readonly<Record<string, Test | string | number | boolean>>;

/**
 * An event to ride on a write: it is an attribute of the item that changes, so it can neither be lost nor invented. Its
 * data is derived from the item's new image when the stream is published, by the area's `<entity>.events.ts`; `extra` holds what the
 * image does not show, kept small because it is stored with the item.
 */
export interface Ride {
  readonly event: EventDeclaration;
  readonly extra?: Readonly<Record<string, unknown>>;
}
export function ride<E extends EventDeclaration>(declaration: E, extra?: Partial<EventData<E>>): Ride {
  return extra === undefined ? { event: declaration } : { event: declaration, extra };
}

/** What happens when a write's condition fails: gets the item as it stands (undefined: there is none). */
// biome-ignore lint/suspicious/noExplicitAny: parameter bivariance: each call site names its entity's item type
export type Otherwise<T = any> = (current: T | undefined) => AppError;

/** One prepared write; nothing happens before `db.write`. */
export interface WriteOp {
  readonly kind: 'Put' | 'Update' | 'Delete' | 'ConditionCheck';
  readonly entity: AnyEntity;
  /** Input of the SDK command, without the table name. */
  readonly input: Record<string, unknown>;
  readonly otherwise?: Otherwise;
  readonly eventIds: readonly string[];
}

export interface Page<T> {
  items: T[];
  /** Where to go on; undefined at the end. Opaque, base64url. */
  cursor?: string;
}
export interface QueryOptions {
  /** Items evaluated at most; default 100. */
  limit?: number;
  cursor?: string;
  order?: 'asc' | 'desc';
  /** Applied after reading: what it leaves out still costs read units. */
  filter?: Conditions;
  /** Index reads are always eventually consistent. */
  consistent?: boolean;
}

interface Methods<E extends AnyEntity> {
  /** One item, 1 request; eventually consistent unless asked otherwise. */
  get(key: KeyOf<E>, options?: { consistent?: boolean }): Promise<ItemOf<E> | undefined>;
  /** Up to 100 items, in the order of the keys; a missing one is undefined. */
  batchGet(keys: readonly KeyOf<E>[], options?: { consistent?: boolean }): Promise<(ItemOf<E> | undefined)[]>;
  /**
   * Writes a whole item. By default it must not exist yet; `replace` overwrites, and with it no event can ride: the count of the
   * item's events would begin anew.
   */
  put(
    item: ItemOf<E>,
    options?: { replace?: boolean; when?: Conditions; events?: readonly Ride[]; otherwise?: Otherwise<ItemOf<E>> },
  ): WriteOp;
  /**
   * Changes attributes. The item must exist. `version` expects that version and sets the next. `add` takes numbers, also
   * negative ones.
   */
  update(
    key: KeyOf<E>,
    change: {
      set?: Partial<ItemOf<E>>;
      remove?: readonly (keyof ItemOf<E> & string)[];
      add?: Partial<Record<keyof ItemOf<E> & string, number>>;
      when?: Conditions;
      version?: number;
      events?: readonly Ride[];
      /** Also when the item does not exist yet (counters). */
      upsert?: boolean;
      otherwise?: Otherwise<ItemOf<E>>;
    },
  ): WriteOp;
  delete(key: KeyOf<E>, options?: { when?: Conditions; otherwise?: Otherwise<ItemOf<E>> }): WriteOp;
  check(key: KeyOf<E>, when: Conditions, otherwise?: Otherwise<ItemOf<E>>): WriteOp;
}
type PatternArgs<P> = P extends { range(args: infer A): unknown } ? A : never;
type QueryMethod<E extends AnyEntity, A extends string> = [Extract<A, `query:${string}`>] extends [never]
  ? unknown
  : {
      /** One Query over one access pattern. */
      query<N extends Extract<A, `query:${string}`> extends `query:${infer X}` ? X : never>(
        pattern: N,
        args: PatternArgs<PatternsOf<E>[N]>,
        options?: QueryOptions,
      ): Promise<Page<ItemOf<E>>>;
    };
/** One entity with only the granted actions. */
export type EntityDb<G> =
  G extends Grant<infer E, infer A> ? Pick<Methods<E>, Extract<A, keyof Methods<E>>> & QueryMethod<E, A> : never;

/** One condition of a write that did not hold. */
export interface WriteFailure {
  op: WriteOp;
  /** Position among the arguments of `write`. */
  index: number;
  current: Record<string, unknown> | undefined;
}
export interface Writing {
  /**
   * Does all the writes or none. When a condition fails: throws what the first failed op's `otherwise` gives (CONFLICT when it has
   * none). Transactions that collide with others are repeated with jitter until they succeed or the time is nearly up.
   */
  write(...ops: readonly WriteOp[]): Promise<void>;
  /** As `write`, but answers the failed conditions instead of throwing; empty: all is done. */
  tryWrite(...ops: readonly WriteOp[]): Promise<WriteFailure[]>;
}
type TableOf<A extends Access> = A['table'] extends Readonly<Record<string, Grant>> ? A['table'] : Record<never, never>;
export type Db<A extends Access> = { readonly [N in keyof TableOf<A>]: EntityDb<TableOf<A>[N]> } & Writing;

/** Who writes and in which request: goes into the events and the audit trail of every write. */
export interface WriteContext {
  actor: { id: string; type: 'user' | 'api-key' | 'system' };
  correlationId: string;
  /** Id of the event that a reaction is answering. */
  causationId?: string;
  /** From where the request came: address and device, `203.0.113.7 Firefox on Windows`. Asked when something is written. */
  from?: () => string;
  now: () => Date;
  /** Milliseconds that the invocation has left: writes that collide are repeated until they are nearly up. */
  remainingMs?: () => number;
}

/** Attributes that the platform keeps on items beside the entity's own. Short, because every item pays for their names. */
export const attributes = {
  /** Entity name: stream filters look for it. */
  entity: 'et',
  /** Events that ride on the last write: `[{ i: id, n: name, v: version, x?: extra }]`. */
  events: 'ev',
  /** Number of events so far: the sequence of the last one. */
  sequence: 'sq',
  /**
   * Context of the last write: `{ a: actor id, y: actor type, c: correlation id, b?: causation id, f?: from where,
   * e?: number of events that ride on it, t: ISO time }`. Stream filters can only look at single values: `e` is there for them.
   */
  context: 'cx',
} as const;
export type { Action };
