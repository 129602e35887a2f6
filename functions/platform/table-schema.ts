/**
 * Shape of the one table: attribute names of its keys and indexes. The infrastructure and the tests' table are made from it, so that
 * neither can drift from what `db` reads and writes.
 */
import type { AnyEntity, IndexName } from './entity.ts';

interface KeyNames {
  readonly pk: string;
  readonly sk: string;
}
export const tableKey: KeyNames = { pk: 'pk', sk: 'sk' };

/** Entries of entities have keys of their own; listings only sort the same partitions in other ways. All are text. */
export const indexKeys: Readonly<Record<IndexName, KeyNames>> = {
  g1: { pk: 'g1pk', sk: 'g1sk' },
  g2: { pk: 'g2pk', sk: 'g2sk' },
  l1: { pk: 'pk', sk: 'l1' },
  l2: { pk: 'pk', sk: 'l2' },
  l3: { pk: 'pk', sk: 'l3' },
};
/** Name of an index as DynamoDB knows it: it wants three characters at least. */
export function indexNameOf(index: IndexName): string {
  return `by-${index}`;
}
/** What a listing's entries show: the only attribute that l1 to l3 carry besides keys. */
export const CARD = 'c';

/** Non-key attributes of an index (its INCLUDE projection): of g1 and g2 the union of what the entities ask for. */
export function projectionOf(index: IndexName, entities: readonly AnyEntity[]): string[] {
  if (index !== 'g1' && index !== 'g2') return [CARD];
  const names = entities.filter((entity) => entity.indexes).flatMap((entity) => entity.projection ?? []);
  return [...new Set(names)].sort();
}
