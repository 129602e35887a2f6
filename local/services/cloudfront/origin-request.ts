/** What of a viewer's request goes to the origin, and what makes up the cache key: the policies, applied. */

import { isHopByHop } from '../apigateway/proxy-request.ts';
import type { Behavior } from './distribution.ts';
import type { ViewerMessage } from './function-event.ts';
import { type Selection, selects } from './selection.ts';

/** The viewer, as far as CloudFront tells the origin of it. */
export interface Viewer {
  ip: string;
  port: number;
  /** What the viewer claims as `cloudfront-viewer-country`: there is no address to look up on one machine. */
  country: string | undefined;
  userAgent: string;
}

/** What origins see when no policy forwards the viewer's own. */
const CLOUDFRONT_USER_AGENT = 'Amazon CloudFront';
/** ISO 3166's code for an unknown country, unless the viewer claims one. */
const UNKNOWN_COUNTRY = 'XX';

/** The encodings of the viewer that the cache policy lets through, as CloudFront normalizes them: `br,gzip`, one, or none. */
export function normalizedEncoding(behavior: Behavior, headers: Record<string, string>): string {
  const accepted = headers['accept-encoding'] ?? '';
  const { brotli, gzip } = behavior.cachePolicy;
  const names = [];
  if (brotli && accepts(accepted, 'br')) names.push('br');
  if (gzip && accepts(accepted, 'gzip')) names.push('gzip');
  return names.join(',');
}

function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((part) => {
    const [name, quality] = part.trim().split(/\s*;\s*q=/);
    return name === encoding && Number(quality ?? 1) > 0;
  });
}

export function cacheKey(behavior: Behavior, request: ViewerMessage, viewer: Viewer, encoding: string): string {
  const { cachePolicy, origin } = behavior;
  const parts = [origin.id, origin.path, request.uri, encoding];
  if (request.method === 'OPTIONS') parts.push('OPTIONS');
  parts.push(mergedQuery(union(cachePolicy.query), request.queryString));
  for (const name of cachePolicy.headers.names) {
    parts.push(
      `${name}=${name.startsWith('cloudfront-') ? cloudFrontHeader(name, viewer) : (request.headers[name] ?? '')}`,
    );
  }
  parts.push(mergedCookies(union(cachePolicy.cookies), request.headers.cookie));
  return parts.join('\n');
}

/** The origin's URL (path prefix, path, selected query string). */
export function originUrl(behavior: Behavior, request: ViewerMessage): string {
  const { cachePolicy, originRequestPolicy, origin } = behavior;
  const query = mergedQuery(union(cachePolicy.query, originRequestPolicy?.query), request.queryString);
  return `${origin.path}${request.uri}${query === '' ? '' : `?${query}`}`;
}

/**
 * The headers that the origin gets. `cacheable` requests ask for the whole object: CloudFront answers conditions and
 * ranges itself.
 */
export function originHeaders(
  behavior: Behavior,
  request: ViewerMessage,
  viewer: Viewer,
  options: { cacheable: boolean; encoding: string; distributionDomain: string; requestId: string; hasBody: boolean },
): Record<string, string> {
  const { cachePolicy, originRequestPolicy, origin } = behavior;
  const headers: Record<string, string> = {};
  for (const name in request.headers) {
    if (name === 'cookie' || name.startsWith('cloudfront-') || isHopByHop(name)) continue;
    const forwarded =
      selects(cachePolicy.headers, name) || (originRequestPolicy && selects(originRequestPolicy.headers, name));
    if (forwarded || (options.hasBody && name === 'content-type')) headers[name] = request.headers[name] as string;
  }
  const wanted = [...cachePolicy.headers.names, ...(originRequestPolicy?.cloudFrontHeaders ?? [])];
  for (const name of wanted) {
    const value = name.startsWith('cloudfront-') ? cloudFrontHeader(name, viewer) : undefined;
    if (value !== undefined) headers[name] = value;
  }
  const cookies = union(cachePolicy.cookies, originRequestPolicy?.cookies);
  const cookie = mergedCookies(cookies, request.headers.cookie);
  if (cookie !== '') headers.cookie = cookie;
  if (cachePolicy.gzip || cachePolicy.brotli) {
    if (options.encoding === '') delete headers['accept-encoding'];
    else headers['accept-encoding'] = options.encoding;
  }
  if (options.cacheable) {
    for (const name of ['range', 'if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since', 'if-range']) {
      delete headers[name];
    }
  }
  headers.host ??= origin.domainName;
  headers['user-agent'] ??= CLOUDFRONT_USER_AGENT;
  const forwardedFor = request.headers['x-forwarded-for'];
  headers['x-forwarded-for'] = forwardedFor ? `${forwardedFor}, ${viewer.ip}` : viewer.ip;
  headers.via = `1.1 ${options.distributionDomain} (CloudFront)`;
  headers['x-amz-cf-id'] = options.requestId;
  return Object.assign(headers, origin.customHeaders);
}

function cloudFrontHeader(name: string, viewer: Viewer): string | undefined {
  const mobile = /Mobile|Android|iPhone|iPad/.test(viewer.userAgent);
  switch (name) {
    case 'cloudfront-viewer-country':
      return viewer.country ?? UNKNOWN_COUNTRY;
    case 'cloudfront-viewer-address':
      return `${viewer.ip}:${viewer.port}`;
    case 'cloudfront-viewer-http-version':
      return '1.1';
    case 'cloudfront-viewer-tls':
      return 'TLSv1.3:TLS_AES_128_GCM_SHA256:fullHandshake';
    case 'cloudfront-forwarded-proto':
      return 'https';
    case 'cloudfront-is-mobile-viewer':
      return String(mobile);
    case 'cloudfront-is-desktop-viewer':
      return String(!mobile);
    case 'cloudfront-is-android-viewer':
      return String(viewer.userAgent.includes('Android'));
    case 'cloudfront-is-ios-viewer':
      return String(/iPhone|iPad/.test(viewer.userAgent));
    case 'cloudfront-is-tablet-viewer':
      return String(viewer.userAgent.includes('iPad'));
    case 'cloudfront-is-smarttv-viewer':
      return 'false';
    default:
      return undefined;
  }
}

function union(first: Selection, second?: Selection): Selection[] {
  return [first, ...(second ? [second] : [])].filter((selection) => selection.kind !== 'none');
}

function mergedQuery(selections: Selection[], queryString: string): string {
  if (queryString === '' || selections.length === 0) return '';
  if (selections.some(({ kind }) => kind === 'all')) return queryString;
  return queryString
    .split('&')
    .filter((part) => selections.some((selection) => selects(selection, part.split('=')[0] ?? '')))
    .join('&');
}

function mergedCookies(selections: Selection[], cookie: string | undefined): string {
  if (cookie === undefined || selections.length === 0) return '';
  if (selections.some(({ kind }) => kind === 'all')) return cookie;
  return cookie
    .split(/;\s*/)
    .filter((part) => selections.some((selection) => selects(selection, part.split('=')[0] ?? '')))
    .join('; ');
}
