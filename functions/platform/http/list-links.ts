/** Links of a list to itself and its neighbours, with the caller's own filters kept. */
import { type Link, MAX_PAGE_DEPTH, type Pagination } from '../../../shared/contracts/list.ts';
import type { Exchange } from './exchange.ts';

export function listLinks(exchange: Exchange, pagination: Pagination): Record<string, Link> {
  const given = exchange.event.multiValueQueryStringParameters ?? {};
  const to = (change: Record<string, string>): Link => {
    const query = new URLSearchParams();
    for (const name in given) {
      if (name === 'page' || name === 'cursor') continue;
      for (const value of given[name] ?? []) query.append(name, value);
    }
    for (const name in change) query.set(name, change[name] as string);
    const text = query.toString();
    return { href: `${pathOfRequest(exchange)}${text ? `?${text}` : ''}`, method: 'GET' };
  };
  const { currentPage, itemsPerPage, totalPages, totalIsExact, nextCursor } = pagination;
  const cursor = given.cursor?.[0];
  const links: Record<string, Link> = {
    self: to(cursor !== undefined ? { cursor } : { page: String(currentPage) }),
    first: to({ page: '1' }),
  };
  if (cursor === undefined && pagination.hasPrevPage) links.prev = to({ page: String(currentPage - 1) });
  if (pagination.hasNextPage) {
    const isReachable = currentPage * itemsPerPage < MAX_PAGE_DEPTH;
    if (cursor === undefined && isReachable) links.next = to({ page: String(currentPage + 1) });
    else if (nextCursor !== undefined) links.next = to({ cursor: nextCursor });
  }
  if (totalIsExact && totalPages > 0 && totalPages * itemsPerPage <= MAX_PAGE_DEPTH)
    links.last = to({ page: String(totalPages) });
  return links;
}

/** The path as the caller wrote it, below the face's base. */
function pathOfRequest(exchange: Exchange): string {
  const { path } = exchange.event;
  return path.startsWith(`${exchange.base}/`) ? path : `${exchange.base}${path}`;
}
