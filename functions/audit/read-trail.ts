/**
 * Reads the audit trail, a page at a time. The history of one item and what somebody did are ranges of an index. All else is read by days:
 * positions of a day have no gaps and its end says how many there are, so that any page of any length of time is read by its keys.
 * Further filters look at no more than 1,000 entries for a page; it may then come short, with a cursor to go on.
 */
import { MAX_PAGE_DEPTH, type Pagination } from '../../shared/contracts/list.ts';
import { invalid } from '../../shared/errors.ts';
import { badCursor, decodeCursor, encodeCursor } from '../platform/cursor.ts';
import type { Conditions, Db } from '../platform/db.ts';
import { grant } from '../platform/entity.ts';
import type { AuditEntry, ChainEnd } from './entry.ts';
import { auditEnds, auditEntries, momentOf, placeOf } from './trail.table.ts';

export const trailReading = {
  entries: grant(auditEntries, 'batchGet', 'query:day', 'query:item', 'query:actor'),
  ends: grant(auditEnds, 'query:days'),
} as const;
type TrailDb = Db<{ table: typeof trailReading }>;

export interface TrailQuery {
  entity?: string | undefined;
  /** Together with `entity`. */
  item?: string | undefined;
  actor?: string | undefined;
  action?: AuditEntry['action'] | undefined;
  event?: string | undefined;
  risk?: string | undefined;
  /** Both ends included. */
  from?: Date | undefined;
  until?: Date | undefined;
  order: 'asc' | 'desc';
  page?: number | undefined;
  limit: number;
  cursor?: string | undefined;
}
export interface TrailPage {
  entries: AuditEntry[];
  pagination: Pagination;
}

const MAX_EVALUATED = 1_000;
const FILTER_CHUNK = 100;
/** What a read counts for at least: days on which little happened are read one by one. */
const LEAST_LOOKED = 25;
const SKIP_CHUNK = 2_500;
const MAX_TOTAL = 10_000;
/** Days that are read as one list. */
const MAX_DAYS = 366;
const DAY_MS = 86_400_000;
/** Above every character of a place. */
const LAST = '~';

/** Errors: VALIDATION_ERROR for a cursor of another list, a page too deep, a time too long. */
export async function readTrail(db: TrailDb, query: TrailQuery, now: Date): Promise<TrailPage> {
  const { page, limit, cursor } = query;
  if (page !== undefined && cursor !== undefined)
    throw invalid({ path: 'query.cursor', message: 'can not be given together with page' });
  if ((page ?? 1) * limit > MAX_PAGE_DEPTH)
    throw invalid({ path: 'query.page', message: `reaches beyond ${MAX_PAGE_DEPTH} items: walk further by cursor` });
  const beginning = cursor === undefined ? { page: page ?? 1, seen: (page ?? 1) * limit - limit } : readCursor(cursor);
  const isIndexed = query.item !== undefined || query.actor !== undefined;
  return isIndexed ? readIndex(db, query, beginning) : readDays(db, query, beginning, now);
}

interface Beginning {
  page: number;
  /** Entries before the page. */
  seen: number;
  /** Where the last of them stands, as a cursor says; without it they are passed over. */
  after?: string;
}
type Row = Pick<AuditEntry, 'day' | 'n' | 'at'>;

/** History of an item, or of what somebody did: the index tells where entries stand, and by filters which. */
async function readIndex(db: TrailDb, query: TrailQuery, beginning: Beginning): Promise<TrailPage> {
  const { entity = '', item, actor = '', order } = query;
  const [least, greatest] = [query.from?.toISOString() ?? '0', `${query.until?.toISOString() ?? ''}${LAST}`];
  const filter = filterOf(query, item === undefined ? { entity: query.entity } : { 'actor.id': query.actor });
  const found = await walk<Row>(query, beginning, filter, momentOf, async (after, limit) => {
    if (after !== undefined && !/^[^#]+Z#\d{4}-\d\d-\d\d#\d{12}$/.test(after)) throw badCursor();
    const from = after !== undefined && order === 'asc' ? after + LAST : least;
    const to = after !== undefined && order === 'desc' ? justBefore(after) : greatest;
    if (from > to) return { rows: [], last: undefined, looked: 0 };
    const options = { order, limit, ...(filter && { filter }) };
    const moments = [from, to] as const;
    const { items, cursor } =
      item === undefined
        ? await db.entries.query('actor', { actor, moments }, options)
        : await db.entries.query('item', { entity, item, moments }, options);
    return { rows: items, last: cursor === undefined ? undefined : decodeCursor(cursor, 3)[2], looked: limit };
  });
  return { entries: await entriesAt(db, found.rows), pagination: paginationOf(query, beginning, found) };
}

async function readDays(db: TrailDb, query: TrailQuery, beginning: Beginning, now: Date): Promise<TrailPage> {
  const { order, limit } = query;
  const until = query.until && query.until < now ? query.until : now;
  const from = query.from ?? new Date(until.getTime() - (MAX_DAYS - 1) * DAY_MS);
  if (until.getTime() - from.getTime() > MAX_DAYS * DAY_MS)
    throw invalid({
      path: 'query.createdAfter',
      message: `must be at most ${MAX_DAYS} days before createdBefore, unless entityId or actor is given`,
    });
  if (beginning.after !== undefined && !/^\d{4}-\d\d-\d\d#\d{12}$/.test(beginning.after)) throw badCursor();
  const ends = await endsOf(db, from, until);
  // Whole days are told by their ends; in a part of one, each entry says when it was recorded.
  const isCut =
    (query.from && query.from.getTime() % DAY_MS !== 0) || (until !== now && (until.getTime() + 1) % DAY_MS !== 0);
  const recordedAt = isCut ? { gte: from.toISOString(), lte: until.toISOString() } : undefined;
  const filter = filterOf(query, { entity: query.entity, recordedAt });
  if (!filter) {
    const spans = spansOf(ends, order, beginning.after);
    const left = spans.reduce((sum, span) => sum + span.to - span.from + 1, 0);
    const skipped = beginning.after === undefined ? beginning.seen : 0;
    const rows = placesIn(spans, order, skipped, limit);
    const last = rows.at(-1);
    const more = last !== undefined && skipped + rows.length < left;
    const total = beginning.seen - skipped + left;
    return {
      entries: await entriesAt(db, rows),
      pagination: paginationOf(query, beginning, { rows, total, next: more ? placeOf(last) : undefined }),
    };
  }
  const found = await walk<AuditEntry>(query, beginning, filter, placeOf, async (after, size) => {
    const [span, following] = spansOf(ends, order, after);
    if (!span) return { rows: [], last: undefined, looked: 0 };
    const { day } = span;
    const from = order === 'desc' ? Math.max(span.from, span.to - size + 1) : span.from;
    const to = order === 'desc' ? span.to : Math.min(span.to, span.from + size - 1);
    const { items, cursor } = await db.entries.query('day', { day, from, to }, { order, filter, limit: size });
    // A piece of very large entries ends before its size.
    const planned = order === 'desc' ? from : to;
    const n = cursor === undefined ? planned : Number(decodeCursor(cursor, 1)[0]);
    const isEnd = !following && n === (order === 'desc' ? span.from : span.to);
    return { rows: items, last: isEnd ? undefined : placeOf({ day, n }), looked: to - from + 1 };
  });
  return { entries: found.rows, pagination: paginationOf(query, beginning, found) };
}

/** What is asked for beyond the partition that is read; undefined: nothing. */
function filterOf(
  { action, event, risk }: TrailQuery,
  more: Record<string, Conditions[string] | undefined>,
): Conditions | undefined {
  const wanted: typeof more = { action, risk, events: event === undefined ? undefined : { contains: event }, ...more };
  const terms = Object.entries(wanted).filter((term): term is [string, Conditions[string]] => term[1] !== undefined);
  return terms.length > 0 ? Object.fromEntries(terms) : undefined;
}

interface Found<R extends Row> {
  rows: R[];
  /** Where to go on; undefined: nothing follows. */
  next: string | undefined;
  /** All that there are, where it is known. */
  total?: number;
}
/** A piece of a partition. */
interface Piece<R extends Row> {
  rows: readonly R[];
  /** The place up to which it was read; undefined: nothing follows. */
  last: string | undefined;
  /** Entries looked at. */
  looked: number;
}

/** Reads pieces until the page is full and it is known whether anything follows, or until enough was looked at. */
async function walk<R extends Row>(
  { limit }: TrailQuery,
  { seen, after }: Beginning,
  filter: Conditions | undefined,
  placeIn: (row: R) => string,
  read: (after: string | undefined, size: number) => Promise<Piece<R>>,
): Promise<Found<R>> {
  let toSkip = after === undefined ? seen : 0;
  let budget = filter ? MAX_EVALUATED : Number.POSITIVE_INFINITY;
  const rows: R[] = [];
  let place = after;
  do {
    const missing = toSkip + limit + 1 - rows.length;
    const piece = await read(place, filter ? Math.min(FILTER_CHUNK, budget) : Math.min(missing, SKIP_CHUNK));
    rows.push(...piece.rows.slice(toSkip));
    toSkip -= Math.min(toSkip, piece.rows.length);
    budget -= Math.max(piece.looked, LEAST_LOOKED);
    place = piece.last;
  } while (place !== undefined && rows.length <= limit && budget > 0);
  const last = rows[limit - 1];
  return rows.length > limit && last ? { rows: rows.slice(0, limit), next: placeIn(last) } : { rows, next: place };
}

function paginationOf<R extends Row>(
  { limit }: TrailQuery,
  { page, seen }: Beginning,
  { rows, next, total }: Found<R>,
): Pagination {
  const known = total ?? (rows.length > 0 || page === 1 ? seen : 0) + rows.length + (next === undefined ? 0 : 1);
  const totalItems = Math.min(known, MAX_TOTAL);
  return {
    currentPage: page,
    itemsPerPage: limit,
    totalItems,
    totalIsExact: total === undefined ? next === undefined : total <= MAX_TOTAL,
    totalPages: Math.ceil(totalItems / limit),
    hasNextPage: next !== undefined,
    hasPrevPage: page > 1,
    ...(next !== undefined && { nextCursor: encodeCursor([String(page + 1), String(seen + rows.length), next]) }),
  };
}

function readCursor(cursor: string): Beginning {
  const [page, seen, after] = decodeCursor(cursor, 3);
  if (!after || ![page, seen].every((count) => /^\d{1,9}$/.test(count ?? '')) || page === '0') throw badCursor();
  return { page: Number(page), seen: Number(seen), after };
}

/** Days on which something was recorded, oldest first. */
async function endsOf(db: TrailDb, first: Date, last: Date): Promise<ChainEnd[]> {
  const [from, to] = [first.toISOString().slice(0, 10), last.toISOString().slice(0, 10)];
  // Days before our era do not sort as text; nothing was recorded on them.
  if (from > to) return [];
  const years = [...new Set([first.getUTCFullYear(), last.getUTCFullYear()])];
  const found = await Promise.all(
    years.map((year) => db.ends.query('days', { year, from, to }, { limit: MAX_DAYS + 1 })),
  );
  return found.flatMap(({ items }) => items);
}

/** Positions of a day, both ends included. */
interface Span {
  day: string;
  from: number;
  to: number;
}
/** What is left of these days after a place, in the order in which it is read. */
function spansOf(ends: readonly ChainEnd[], order: 'asc' | 'desc', after: string | undefined): Span[] {
  const [day = '', position = ''] = after?.split('#') ?? [];
  const spans = ends.flatMap((end): Span[] => {
    const span = { day: end.day, from: 1, to: end.n };
    if (end.day === day)
      Object.assign(span, order === 'desc' ? { to: Number(position) - 1 } : { from: Number(position) + 1 });
    const isPast = after !== undefined && (order === 'desc' ? end.day > day : end.day < day);
    return isPast || span.from > span.to ? [] : [span];
  });
  return order === 'desc' ? spans.reverse() : spans;
}

/** Keys of a page: `skip` places are passed over by counting alone. */
function placesIn(spans: readonly Span[], order: 'asc' | 'desc', skip: number, limit: number): Row[] {
  const places: Row[] = [];
  let toSkip = skip;
  for (const { day, from, to } of spans) {
    const count = to - from + 1;
    const first = Math.min(toSkip, count);
    toSkip -= first;
    for (let i = first; i < count && places.length < limit; i++)
      places.push({ day, n: order === 'desc' ? to - i : from + i, at: '' });
  }
  return places;
}

async function entriesAt(db: TrailDb, rows: readonly Row[]): Promise<AuditEntry[]> {
  const found = await db.entries.batchGet(rows.map(({ day, n }) => ({ day, n })));
  return found.filter((entry) => entry !== undefined);
}

/** Of a place `…#000000000012` the one just before it. */
function justBefore(place: string): string {
  const at = place.lastIndexOf('#') + 1;
  return `${place.slice(0, at)}${String(Number(place.slice(at)) - 1).padStart(12, '0')}${LAST}`;
}
