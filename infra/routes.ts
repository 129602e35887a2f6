/** Where the operations are found, on each face. */
import type { FunctionDeclaration, HttpDeclaration } from '../functions/platform/declaration.ts';

/** Path before every route of the browser's API; CloudFront hands `/api/*` on as it is. */
export const BROWSER_BASE = '/api/v1';
/** The REST API's stage is what stands before its paths: `https://…/v1/orders`. */
export const PARTNER_STAGE = 'v1';
/** Answers what no route matches: 404, or 405 with the methods that the path has. */
export const UNKNOWN_ROUTE = 'system.unknown-route';

/** Paths of a route on the browser's face. An HTTP API tells `/api/v1` from `/api/v1/`; both are the root. */
export function browserPaths(path: string): string[] {
  return path === '/' ? [BROWSER_BASE, `${BROWSER_BASE}/`] : [`${BROWSER_BASE}${path}`];
}

/** The operations, without the function that answers for missing routes. */
export function operationsOf(declarations: readonly FunctionDeclaration[]): HttpDeclaration[] {
  return declarations.filter((declaration) => declaration.kind === 'http');
}
