/** One page of a list that is read whole, because it is always short. */
import type { Pagination } from '../../shared/contracts/list.ts';

export function pageOf<T>(
  all: readonly T[],
  { page = 1, limit }: { page?: number | undefined; limit: number },
): { items: T[]; pagination: Pagination } {
  const totalPages = Math.ceil(all.length / limit);
  return {
    items: all.slice((page - 1) * limit, page * limit),
    pagination: {
      currentPage: page,
      itemsPerPage: limit,
      totalItems: all.length,
      totalIsExact: true,
      totalPages,
      hasNextPage: page < totalPages,
      hasPrevPage: page > 1 && totalPages > 0,
    },
  };
}
