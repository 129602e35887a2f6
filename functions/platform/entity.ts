/**
 * Entities of the one table. An area's `<entity>.table.ts` declares how an entity is kept: its partition, its key, the
 * index entries that are written with it, and every access pattern by name. A function is granted single actions on
 * entities; its IAM policy and the `db` that its handler sees follow from the same grant.
 */

/** Every partition key of an entity, in the table and in every index, is `<partition>#…`: IAM fences functions by it. */
export interface Key {
  pk: string;
  sk: string;
}
/** Indexes of the table. `g1`, `g2`: entries of entities themselves. `l1`..`l3`: further sort orders of listings. */
export const indexNames = ['g1', 'g2', 'l1', 'l2', 'l3'] as const;
export type IndexName = (typeof indexNames)[number];

/** Partition and, optionally, a range of sort keys that a query reads. */
export interface KeyRange {
  pk: string;
  /** Sort key condition; the whole partition when left out. */
  sk?: { beginsWith: string } | { between: readonly [string, string] } | { gte: string } | { lte: string };
}
/** A named way to read many: documented in the generated docs/tables.md. */
export interface Pattern<Args> {
  /** The table itself when left out. */
  readonly index?: IndexName;
  /** What it answers, in words. */
  readonly reads: string;
  range(args: Args): KeyRange;
}
// Patterns of one entity differ in their arguments; a map of them can only be typed with the argument type erased.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Patterns = Readonly<Record<string, Pattern<any>>>;

export interface Entity<T extends object, K extends object, P extends Patterns> {
  /** PascalCase, as it stands in docs, audit trail and stream filters. */
  readonly name: string;
  /** Upper case; begins every partition key of the entity. */
  readonly partition: string;
  readonly describes: string;
  /** Sort-key note for the docs, such as `ORDER#<id> / ORDER`. */
  readonly keyShape: string;
  key(k: K): Key;
  /** Key values that identify an item of this entity. */
  keyOf(item: T): K;
  /** Index entries written with the item. They may depend only on attributes that never change. */
  readonly indexes?: (item: T) => Partial<Record<'g1' | 'g2', { pk: string; sk: string }>>;
  /** Attributes that index g1 and g2 carry for this entity. */
  readonly projection?: readonly (keyof T & string)[];
  readonly patterns: P;
  /** Attribute with the epoch second after which the item may vanish. */
  readonly expires?: keyof T & string;
  /**
   * Rows that follow from other items (list entries, counters, markers): no context of the write is kept with them, no event can
   * ride on them, and the audit trail leaves them out.
   */
  readonly derived?: true;
  /** Attributes that only make the key and are not stored beside it: readers never see them. */
  readonly unstored?: readonly (keyof T & string)[];
}

/** Declares an entity: `entity<Order>()({...})` keeps the literal types of the patterns. */
export function entity<T extends object>() {
  return <K extends object, const P extends Patterns>(declaration: Entity<T, K, P>): Entity<T, K, P> => declaration;
}

// biome-ignore lint/suspicious/noExplicitAny: an entity of whatever kind; the parts are typed where they are used
export type AnyEntity = Entity<any, any, any>;
export type ItemOf<E> = E extends Entity<infer T, infer _K, infer _P> ? T : never;
export type KeyOf<E> = E extends Entity<infer _T, infer K, infer _P> ? K : never;
export type PatternsOf<E> = E extends Entity<infer _T, infer _K, infer P> ? P : never;

/** `put` writes, `check` takes part in a transaction without writing, `query:<pattern>` reads by that pattern only. */
export type Action<E> =
  | 'get'
  | 'batchGet'
  | 'put'
  | 'update'
  | 'delete'
  | 'check'
  | `query:${keyof PatternsOf<E> & string}`;

/** The right to do some actions on one entity. */
export interface Grant<E extends AnyEntity = AnyEntity, A extends string = string> {
  readonly entity: E;
  readonly actions: readonly A[];
}
export function grant<E extends AnyEntity, const A extends Action<E>>(
  target: E,
  ...actions: readonly A[]
): Grant<E, A> {
  return { entity: target, actions };
}
