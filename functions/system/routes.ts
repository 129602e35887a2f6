/** The generated table of routes: what the API's root links to and what the unknown-route function knows. */

import table from '../../docs/generated/routes.json' with { type: 'json' };
import type { Method } from '../../shared/contracts/contract.ts';
import type { Permission } from '../../shared/permissions.ts';

export interface Route {
  id: string;
  method: Method;
  path: string;
  permission?: Permission;
  partner?: boolean;
}
export const routes = table as readonly Route[];

/** Whether a path has the shape of a route: `/orders/ord_1` has that of `/orders/{id}`. */
export function matches(route: Pick<Route, 'path'>, path: string): boolean {
  const wanted = route.path.split('/');
  const given = path.replace(/(.)\/$/, '$1').split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, i) => (/^\{\w+\}$/.test(part) ? given[i] !== '' : part === given[i]))
  );
}

/** Methods that a path has on a face; empty: there is no such path. */
export function methodsOf(path: string, face: 'browser' | 'partner'): Method[] {
  const found = routes.filter((route) => (face === 'browser' || route.partner) && matches(route, path));
  return [...new Set(found.map(({ method }) => method))].sort();
}
