/** What the Lambda proxy events of all faces and formats have in common: query, headers, body, time. */
import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { EdgeRequest } from '../../types.ts';

export interface SplitUrl {
  /** Still percent-encoded, always with a leading slash. */
  path: string;
  /** Without the question mark. */
  queryString: string;
}

export function splitUrl(url: string): SplitUrl {
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  return { path: path === '' ? '/' : path, queryString: question < 0 ? '' : url.slice(question + 1) };
}

/** All values of each query parameter, decoded; null without a query string. */
export function multiValueQuery(queryString: string): Record<string, string[]> | null {
  if (queryString === '') return null;
  // Names are the caller's: an object literal would take `constructor` and `__proto__` for its own.
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(queryString)) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}

/** The last value of each name, as API Gateway fills the single-value maps. */
export function lastValues(values: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, list]) => [name, list.at(-1) ?? '']));
}

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** True for headers that end at each hop and are never passed on. The name is in lower case. */
export function isHopByHop(name: string): boolean {
  return HOP_BY_HOP.has(name);
}

/** The request's headers in lower case without those of the connection, with the ones that API Gateway adds. */
export function forwardedHeaders(request: EdgeRequest, domainName: string, traceId: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in request.headers) {
    const value = headerText(request.headers, name);
    if (value !== undefined && !HOP_BY_HOP.has(name)) headers[name] = value;
  }
  headers.host = domainName;
  headers['content-length'] = String(request.body.length);
  headers['x-amzn-trace-id'] ??= `Root=${traceId}`;
  headers['x-forwarded-for'] = headers['x-forwarded-for']
    ? `${headers['x-forwarded-for']}, ${request.sourceIp}`
    : request.sourceIp;
  headers['x-forwarded-port'] = '443';
  headers['x-forwarded-proto'] = 'https';
  return headers;
}

/** A header as one text; several lines of the same name are joined as HTTP allows. */
export function headerText(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

const TEXT_TYPE =
  /^(?:text\/|application\/(?:json|javascript|xml)(?:$|[;\s])|application\/[\w.-]+\+(?:json|xml)(?:$|[;\s]))/i;

/** True when an HTTP API hands a body of this type to the function as text; all else is base64. */
export function isTextBody(headers: IncomingHttpHeaders): boolean {
  if (headers['content-encoding'] !== undefined) return false;
  const type = headers['content-type'];
  return type === undefined || TEXT_TYPE.test(type);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `04/Mar/2020:19:15:17 +0000`. */
export function requestTime(epochMs: number): string {
  const iso = new Date(epochMs).toISOString();
  return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

/** An X-Ray trace root: `1-5759e988-bd862e3fe1be46a994272793`. */
export function createTraceRoot(epochMs: number): string {
  return `1-${Math.floor(epochMs / 1000).toString(16)}-${randomBytes(12).toString('hex')}`;
}

/** A request id as HTTP APIs make them: 15 characters and `=`. */
export function createShortRequestId(): string {
  return randomBytes(11).toString('base64');
}
