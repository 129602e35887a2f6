/**
 * Listings: lists with filter, sort and search whose cost does not grow with the table. For every facet of an item (all, a
 * category, a tag, a word prefix, …) one small *entry* with the item's card stands in the partition `<LISTING>#<facet>`, sorted by
 * id in the table and by up to three further orders in the indexes l1 to l3. A page is ONE Query. Beside the entries stands
 * the facet's exact count. Entries are written by a reaction (`reindex`) that compares what should stand there with what it
 * wrote last, under the item's marker: exact under duplicates, reordering and replay.
 */
import type { Pagination } from '../../shared/contracts/list.ts';
import type { Conditions } from './db.ts';
import type { Entity } from './entity.ts';

/** A sort order besides `created` (the id's own order, which every facet has). */
export interface SortOrder<T> {
  readonly index: 'l1' | 'l2' | 'l3';
  /** Sort key text: pad numbers, fold case. Undefined: the item does not stand in this order. */
  key(item: T): string | undefined;
}
export interface ListingDeclaration<T extends object, C extends object> {
  /** Upper case, such as `PRODUCTLIST`; begins every partition key. */
  readonly partition: string;
  readonly describes: string;
  idOf(item: T): string;
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
  facet: string;
  /** `created` or a name in `sorts`. */
  sort: string;
  order: 'asc' | 'desc';
  /** Narrows the sort's key, for example a price range. */
  range?: { gte?: string; lte?: string };
  /** On card attributes, without prefix. Entries that are left out cost read units: at most 1,000 are looked at for a page. */
  filter?: Conditions;
  page?: number;
  limit: number;
  cursor?: string;
}
export interface ListPage<C> {
  cards: C[];
  pagination: Pagination;
}
// biome-ignore lint/suspicious/noExplicitAny: a listing's own entity, typed where it is used
export type ListingEntity<C> = Entity<ListingRow<C>, { facet: string; id: string }, any>;
