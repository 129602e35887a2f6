/** Where the operations are found, on each face. */
import type { FunctionDeclaration, HttpDeclaration } from '../functions/platform/declaration.ts';

/** Path before every route of the browser's API; CloudFront hands `/api/*` on as it is. */
export const BROWSER_BASE = '/api/v1';
/** The REST API's stage is what stands before its paths: `https://…/v1/orders`. */
export const PARTNER_STAGE = 'v1';
/** Answers what no route matches: 404, or 405 with the methods that the path has. */
export const UNKNOWN_ROUTE = 'system.unknown-route';

/** Path of a route on the browser's face: `/` is the base itself. */
export function browserPath(path: string): string {
  return path === '/' ? BROWSER_BASE : `${BROWSER_BASE}${path}`;
}

export function operationsOf(declarations: readonly FunctionDeclaration[]): HttpDeclaration[] {
  return declarations.filter((declaration) => declaration.kind === 'http');
}
