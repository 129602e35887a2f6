/**
 * Listings: lists with filter, sort and search whose cost does not grow with the table. For every facet of an item (all, a
 * category, a tag, the beginning of a word, …) one small *entry* with the item's card stands in the partition `<LISTING>#<facet>`,
 * sorted by id in the table and by up to three further orders in the indexes l1 to l3. A page is ONE Query. The facet's exact count
 * stands in `<LISTING>#COUNT#<facet>` and is read at the same time.
 *
 * How it stays exact. What was written last for an item stands in its marker, `<LISTING>#OF#<id>`. A reaction (`reindex`) reads the
 * marker, then the item, and writes the difference: entries, counts and marker in ONE transaction on the condition that the marker is
 * the one that was read. So
 * - duplicates and replays find nothing to write, and only move the marker's turn;
 * - order does not matter, because it is the item that is read and never the event;
 * - a crash leaves either all of it or nothing;
 * - of two that work on one item at once, the later one fails and begins anew with the item read again. A turn moves even when nothing
 *   else changes: otherwise one that holds an old item could still write it after a newer one had found all in order.
 * Entries could be written beside the transaction for half the units, but a slow writer could then put an old card over a new one.
 * At most 45 facets: all new entries and counts fit in one transaction; a change that does not fit is two transitions, each exact.
 *
 * Sharding: LIST_SHARDS > 1 spreads every facet over so many partitions by a hash of the id; reads merge them. To change it, build the
 * listing anew.
 */
import { createHash } from 'node:crypto';
import { MAX_PAGE_DEPTH, type Pagination } from '../../shared/contracts/list.ts';
import { AppError, invalid } from '../../shared/errors.ts';
import { badCursor, encodeCursor } from './cursor.ts';
import type { Conditions, EntityDb, QueryOptions, WriteOp, Writing } from './db.ts';
import { type Entity, entity, type Grant, grant, type KeyRange, type Pattern } from './entity.ts';
import { optionalEnv } from './env.ts';
import { pause } from './pause.ts';

/** A sort order besides `created` (the id's own order, which every facet has). */
export interface SortOrder<T> {
  readonly index: 'l1' | 'l2' | 'l3';
  /**
   * Sort key text: pad numbers, fold case (see words.ts). The id is added, so equal keys have a steady order. Undefined: the item does not
   * stand in this order of that facet.
   */
  key(item: T, facet: string): string | undefined;
}
export interface ListingDeclaration<T extends object, C extends { id: string }> {
  /** PascalCase, such as `ProductList`. */
  readonly name: string;
  /** Upper case, such as `PRODUCTLIST`; begins every partition key. */
  readonly partition: string;
  readonly describes: string;
  /** What a list shows of the item, and what filters may look at. Kept small: every facet holds a copy. */
  card(item: T): C;
  /** Facets that the item stands in: `all`, `category#garden`, `word#mug`. Empty: it stands in no list. At most 45. */
  facets(item: T): readonly string[];
  readonly sorts: Readonly<Record<string, SortOrder<T>>>;
}
/** One row of a listing's partition: an entry, the count of a facet, or the marker of an item. */
export interface ListingRow<C> {
  facet: string;
  id: string;
  c?: C;
  l1?: string;
  l2?: string;
  l3?: string;
  /** Count rows: how many entries stand in the facet. */
  n?: number;
  /** Marker rows: facets written last, what they held (hash), and how often. */
  facets?: readonly string[];
  hash?: string;
  turn?: number;
}

export interface ListQuery {
  /** Several are read as one list, merged; no item may stand in two of them. */
  facet: string | readonly string[];
  /** `created` or a name in `sorts`. */
  sort: string;
  order: 'asc' | 'desc';
  /** Narrows the sort's key, for example a price range; both ends included. */
  range?: { gte?: string; lte?: string };
  /** On card attributes, without prefix. Entries that are left out cost read units: at most 1,000 are looked at for a page. */
  filter?: Conditions;
  /** From 1. Not together with `cursor`. */
  page?: number;
  limit: number;
  cursor?: string;
}
export interface ListPage<C> {
  cards: C[];
  /**
   * `totalItems` is exact to 10,000 for whole facets. With a range or a filter it is what was seen, exact only when the end was seen:
   * counting on would cost more the more there is.
   */
  pagination: Pagination;
}
// biome-ignore lint/suspicious/noExplicitAny: patterns follow from the sorts of the declaration, which are names at run time
export type ListingEntity<C> = Entity<ListingRow<C>, { facet: string; id: string }, any>;
type ReadAction = 'batchGet' | `query:${string}`;
type WriteAction = 'get' | 'put' | 'update' | 'delete';
export type ListReader<C> = EntityDb<Grant<ListingEntity<C>, ReadAction>>;
export type ListWriter<C> = EntityDb<Grant<ListingEntity<C>, WriteAction>>;

export interface Listing<T extends object, C extends { id: string }> {
  readonly entity: ListingEntity<C>;
  /** For functions that list: `access: { table: { list: productList.reading } }`. */
  readonly reading: Grant<ListingEntity<C>, ReadAction>;
  /** For the reaction that keeps the listing. */
  readonly writing: Grant<ListingEntity<C>, WriteAction>;
  /**
   * One page: 1 Query (one per merged partition) and 1 BatchGet of the counts, at the same time. `page` reads past all entries before
   * it, to a depth of 10,000 (VALIDATION_ERROR beyond): walking by cursor costs the same on every page. Throws VALIDATION_ERROR
   * for a cursor of another list.
   */
  list(rows: ListReader<C>, query: ListQuery): Promise<ListPage<C>>;
  /**
   * Brings the listing of one item up to what `load` gives (undefined: it stands nowhere). `load` must read consistently, and is
   * called anew after a collision. Throws CONFLICT when others keep working on the same item.
   */
  reindex(
    db: Pick<Writing, 'tryWrite'>,
    rows: ListWriter<C>,
    id: string,
    load: () => Promise<T | undefined>,
  ): Promise<void>;
  /** All rows as they would stand for these items and no others: for loading a table in bulk. */
  rowsOf(items: Iterable<T>): ListingRow<C>[];
}

const MAX_FACETS = 45;
const MAX_TRANSACTION = 100;
/** Entries looked at for one page when a filter leaves some out. */
export const MAX_EVALUATED = 1_000;
/** Entries read at once while filtering: a page is mostly found in the first hundred. */
const FILTER_CHUNK = 100;
const MAX_TOTAL = 10_000;
const SKIP_CHUNK = 2_500;
const COLLISIONS = 12;
/** Between a sort key and the id: below every character of a key, so that `mug` stands before `mug, blue`. */
const SEPARATOR = '\u0001';
const AFTER_SEPARATOR = '\u0002';

/** Arguments of a listing's patterns. */
interface PatternArguments {
  place: string;
  range?: ListQuery['range'];
}

export function listing<T extends object, C extends { id: string }>(
  declaration: ListingDeclaration<T, C>,
): Listing<T, C> {
  const { partition, sorts } = declaration;
  const rangeOf = ({ place, range }: PatternArguments): KeyRange => {
    const pk = `${partition}#${place}`;
    const gte = range?.gte;
    const lte = range?.lte === undefined ? undefined : range.lte + AFTER_SEPARATOR;
    if (gte !== undefined && lte !== undefined) return { pk, sk: { between: [gte, lte] } };
    if (gte !== undefined) return { pk, sk: { gte } };
    return lte === undefined ? { pk } : { pk, sk: { lte } };
  };
  const patterns: Record<string, Pattern<PatternArguments>> = {
    created: { reads: 'a facet by age', range: rangeOf },
    ...Object.fromEntries(
      Object.entries(sorts).map(([name, { index }]) => [name, { index, reads: `a facet by ${name}`, range: rangeOf }]),
    ),
  };
  const rows: ListingEntity<C> = entity<ListingRow<C>>()({
    name: declaration.name,
    partition,
    describes: declaration.describes,
    keyShape: `${partition}#<facet> / <id>, ${partition}#COUNT#<facet> / COUNT, ${partition}#OF#<id> / OF`,
    key: ({ facet, id }: { facet: string; id: string }) => ({ pk: `${partition}#${facet}`, sk: id }),
    keyOf: ({ facet, id }) => ({ facet, id }),
    patterns,
    derived: true,
    unstored: ['facet', 'id'],
  });
  const desired = (id: string, item: T | undefined) => desiredOf(declaration, id, item);

  return {
    entity: rows,
    reading: grant(rows, 'batchGet', ...Object.keys(patterns).map((name): ReadAction => `query:${name}`)) as Grant<
      ListingEntity<C>,
      ReadAction
    >,
    writing: grant(rows, 'get', 'put', 'update', 'delete'),
    list: (reader, query) => list(reader, query, query.sort === 'created' ? undefined : sorts[query.sort]?.index),
    async reindex(db, writer, id, load) {
      for (let attempt = 1; ; attempt++) {
        const marker = await writer.get(markerKey(id), { consistent: true });
        const { transition, complete } = transitionOf(writer, id, marker, desired(id, await load()));
        const failures = await db.tryWrite(...transition);
        if (failures.length === 0 && complete) return;
        if (failures.length > 0) {
          if (attempt >= COLLISIONS) throw new AppError('CONFLICT');
          await pause(Math.random() * Math.min(500, 10 * 2 ** attempt));
        }
      }
    },
    rowsOf(items) {
      const made: ListingRow<C>[] = [];
      const counts = new Map<string, number>();
      for (const item of items) {
        const { id } = declaration.card(item);
        const { entries, hash } = desired(id, item);
        for (const row of entries.values()) {
          made.push(row);
          counts.set(row.facet, (counts.get(row.facet) ?? 0) + 1);
        }
        made.push({ ...markerKey(id), facets: [...entries.keys()], hash, turn: 1 });
      }
      for (const [place, n] of counts) made.push({ ...countKey(place), n });
      return made;
    },
  };
}

function shards(): number {
  return Number(optionalEnv('listShards') ?? 1);
}
/** The partition of a facet in which an id's entry stands. */
function placeOf(facet: string, id: string): string {
  const count = shards();
  if (count === 1) return facet;
  return `${facet}~${createHash('sha256').update(id).digest().readUInt32BE() % count}`;
}
function placesOf(facet: string): string[] {
  const count = shards();
  return count === 1 ? [facet] : Array.from({ length: count }, (_, shard) => `${facet}~${shard}`);
}
const countKey = (place: string) => ({ facet: `COUNT#${place}`, id: 'COUNT' });
const markerKey = (id: string) => ({ facet: `OF#${id}`, id: 'OF' });

interface Desired<C> {
  /** By place. */
  entries: Map<string, ListingRow<C>>;
  hash: string;
}

function desiredOf<T extends object, C extends { id: string }>(
  { name, card, facets, sorts }: ListingDeclaration<T, C>,
  id: string,
  item: T | undefined,
): Desired<C> {
  const entries = new Map<string, ListingRow<C>>();
  const names = item ? [...new Set(facets(item))] : [];
  if (names.length > MAX_FACETS)
    throw new Error(`${name} ${id} stands in ${names.length} facets, more than ${MAX_FACETS}`);
  for (const facet of names) {
    if (!item) break;
    if (/^(COUNT|OF)#/.test(facet)) throw new Error(`facet ${facet} is a name that ${name} keeps for itself`);
    const place = placeOf(facet, id);
    const row: ListingRow<C> = { facet: place, id, c: card(item) };
    for (const { index, key } of Object.values(sorts)) {
      const text = key(item, facet);
      if (text !== undefined) row[index] = text + SEPARATOR + id;
    }
    entries.set(place, row);
  }
  const hash = createHash('sha256')
    .update(JSON.stringify([...entries.values()]))
    .digest('base64url')
    .slice(0, 22);
  return { entries, hash };
}

/** One transaction from what the marker says towards what should stand; `complete`: nothing is left after it. */
function transitionOf<C>(
  rows: ListWriter<C>,
  id: string,
  marker: ListingRow<C> | undefined,
  { entries, hash }: Desired<C>,
): { transition: WriteOp[]; complete: boolean } {
  const before = new Set(marker?.facets);
  const gone = [...before].filter((place) => !entries.has(place));
  const fresh = [...entries.keys()].filter((place) => !before.has(place));
  const changed = marker?.hash === hash ? [] : [...entries.values()];
  const count = (place: string, by: number) => rows.update(countKey(place), { add: { n: by }, upsert: true });
  const removals = gone.flatMap((place) => [rows.delete({ facet: place, id }), count(place, -1)]);
  const additions = [
    ...changed.map((row) => rows.put(row, { replace: true })),
    ...fresh.map((place) => count(place, 1)),
  ];
  const marked = (facets: readonly string[], held: string | undefined) => {
    const row: ListingRow<C> = { ...markerKey(id), facets, hash: held, turn: (marker?.turn ?? 0) + 1 };
    return marker ? rows.put(row, { replace: true, when: { turn: marker.turn ?? 0 } }) : rows.put(row);
  };
  if (1 + removals.length + additions.length <= MAX_TRANSACTION)
    return { transition: [marked([...entries.keys()], hash), ...removals, ...additions], complete: true };
  return {
    transition: [
      marked(
        [...before].filter((place) => entries.has(place)),
        marker?.hash,
      ),
      ...removals,
    ],
    complete: false,
  };
}

/** Where a partition's reading stands: not begun, at its end, or after an entry with these key parts. */
type Position = 'start' | 'end' | readonly string[];

/** One partition read in order, in pieces. */
class Lane<C extends { id: string }> {
  /** After the entries that were taken. */
  position: Position;
  /** Where the next piece begins. */
  private ahead: Position;
  private waiting: ListingRow<C>[] = [];
  private readonly read: (
    cursor: string | undefined,
    limit: number,
  ) => Promise<{ items: ListingRow<C>[]; next: string[] | undefined }>;
  private readonly index: SortOrder<object>['index'] | undefined;
  constructor(position: Position, index: SortOrder<object>['index'] | undefined, read: Lane<C>['read']) {
    this.position = position;
    this.ahead = position;
    this.index = index;
    this.read = read;
  }
  get head(): ListingRow<C> | undefined {
    return this.waiting[0];
  }
  /** Whether another piece must be read before `head` can be believed. */
  get hungry(): boolean {
    return this.waiting.length === 0 && this.ahead !== 'end';
  }
  async fill(limit: number): Promise<void> {
    const cursor = this.ahead === 'start' || this.ahead === 'end' ? undefined : encodeCursor(this.ahead);
    const { items, next } = await this.read(cursor, limit);
    this.waiting = items;
    this.ahead = next ?? 'end';
    // What the filter left out needs no second look.
    if (items.length === 0) this.position = this.ahead;
  }
  take(): ListingRow<C> {
    const row = this.waiting.shift();
    if (!row?.c) throw new Error('an entry has no card');
    this.position = this.waiting.length > 0 ? this.partsOf(row) : this.ahead;
    return row;
  }
  sortKey(row: ListingRow<C>): string {
    return (this.index ? row[this.index] : row.c?.id) ?? '';
  }
  private partsOf(row: ListingRow<C>): string[] {
    const id = row.c?.id ?? '';
    return this.index ? [id, this.sortKey(row)] : [id];
  }
}

async function list<C extends { id: string }>(
  reader: ListReader<C>,
  query: ListQuery,
  index: SortOrder<object>['index'] | undefined,
): Promise<ListPage<C>> {
  const { limit, filter, range } = query;
  if (query.page !== undefined && query.cursor !== undefined)
    throw invalid({ path: 'query.cursor', message: 'can not be given together with page' });
  if ((query.page ?? 1) * limit > MAX_PAGE_DEPTH)
    throw invalid({ path: 'query.page', message: `reaches beyond ${MAX_PAGE_DEPTH} items: walk further by cursor` });
  const places = [query.facet].flat().flatMap(placesOf);
  const from = query.cursor === undefined ? undefined : readCursor(query.cursor, places.length, index ? 2 : 1);
  const page = from?.page ?? query.page ?? 1;
  const skip = from ? 0 : (page - 1) * limit;
  const cardFilter = filter && Object.fromEntries(Object.entries(filter).map(([path, test]) => [`c.${path}`, test]));
  let budget = filter ? MAX_EVALUATED : Number.POSITIVE_INFINITY;

  const lanes = places.map((place, i) => {
    return new Lane<C>(from?.positions[i] ?? 'start', index, async (cursor, size) => {
      const options: QueryOptions = {
        limit: size,
        cursor,
        order: query.order,
        ...(cardFilter && { filter: cardFilter }),
      };
      const { items, cursor: next } = await reader.query(
        query.sort,
        { place, range } satisfies PatternArguments,
        options,
      );
      return {
        items,
        next: next === undefined ? undefined : (JSON.parse(Buffer.from(next, 'base64url').toString()) as string[]),
      };
    });
  });
  const read = async () => {
    const cards: C[] = [];
    let passed = 0;
    for (;;) {
      const hungry = lanes.filter((lane) => lane.hungry);
      const missing = skip + limit - passed - cards.length;
      // A filtered page is full once the next match is known too: only that tells whether anything follows.
      if (missing === 0 && (!filter || hungry.length === 0 || lanes.some((lane) => lane.head))) break;
      // Filtered reads go in pieces of one size, so that a page costs the same however much there is.
      const size = filter ? Math.min(FILTER_CHUNK, Math.floor(budget / hungry.length)) : Math.min(missing, SKIP_CHUNK);
      if (hungry.length > 0) {
        if (size < 1) break;
        budget -= size * hungry.length;
        await Promise.all(hungry.map((lane) => lane.fill(size)));
        continue;
      }
      const next = missing === 0 ? undefined : first(lanes, query.order);
      if (!next) break;
      const row = next.take();
      if (passed < skip) passed++;
      else if (row.c) cards.push(row.c);
    }
    return { cards, passed };
  };
  const whole = !filter && !range;
  const [{ cards, passed }, counted] = await Promise.all([read(), whole ? countOf(reader, places) : undefined]);

  const more = lanes.some((lane) => lane.position !== 'end');
  const seen = (from?.seen ?? passed) + cards.length;
  const total = counted ?? seen + (more ? 1 : 0);
  const exact = counted === undefined ? !more : counted <= MAX_TOTAL;
  const totalItems = Math.min(Math.max(total, 0), MAX_TOTAL);
  return {
    cards,
    pagination: {
      currentPage: page,
      itemsPerPage: limit,
      totalItems,
      totalIsExact: exact,
      totalPages: Math.ceil(totalItems / limit),
      hasNextPage: more,
      hasPrevPage: page > 1,
      ...(more && {
        nextCursor: writeCursor(
          page + 1,
          seen,
          lanes.map((lane) => lane.position),
        ),
      }),
    },
  };
}

/** The lane whose next entry comes first. */
function first<C extends { id: string }>(lanes: readonly Lane<C>[], order: 'asc' | 'desc'): Lane<C> | undefined {
  let best: Lane<C> | undefined;
  for (const lane of lanes) {
    if (!lane.head) continue;
    if (!best?.head) best = lane;
    else {
      const earlier = lane.sortKey(lane.head) < best.sortKey(best.head);
      if (earlier === (order === 'asc')) best = lane;
    }
  }
  return best;
}

async function countOf<C>(reader: ListReader<C>, places: readonly string[]): Promise<number> {
  const found = await reader.batchGet(places.map(countKey));
  return found.reduce((sum, row) => sum + (row?.n ?? 0), 0);
}

function writeCursor(page: number, seen: number, positions: readonly Position[]): string {
  return Buffer.from(JSON.stringify([page, seen, ...positions])).toString('base64url');
}

/** Number of the page, entries before it, and where each partition goes on; throws `badCursor()` for what this list has not written. */
function readCursor(
  cursor: string,
  partitions: number,
  parts: number,
): { page: number; seen: number; positions: Position[] } {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
  if (!Array.isArray(read) || read.length !== partitions + 2) throw badCursor();
  const [page, seen, ...positions] = read as unknown[];
  if (!isCount(page) || page < 1 || !isCount(seen)) throw badCursor();
  if (!positions.every((position): position is Position => isPosition(position, parts))) throw badCursor();
  return { page, seen, positions };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
function isPosition(value: unknown, parts: number): value is Position {
  if (value === 'start' || value === 'end') return true;
  const isKey = (part: unknown) => typeof part === 'string' && part !== '' && part.length <= 1_024;
  return Array.isArray(value) && value.length === parts && value.every(isKey);
}
