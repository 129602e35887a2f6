/** The page of a list whose filters can not all be true: nothing is read for it. */
import type { ListPage } from './listing.ts';

export function emptyPage<C>({ limit }: { limit: number }): ListPage<C> {
  return {
    cards: [],
    pagination: {
      currentPage: 1,
      itemsPerPage: limit,
      totalItems: 0,
      totalIsExact: true,
      totalPages: 0,
      hasNextPage: false,
      hasPrevPage: false,
    },
  };
}
