/** Headers that every reply carries. */
import type { Contract } from '../../../shared/contracts/contract.ts';

/** An API reply is never a page: it may load nothing and be framed by nobody. Replies that are pages (`raw`) bring their own policy. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'cross-origin-resource-policy': 'same-origin',
};

/** Reply headers that scripts of other origins may read. Infrastructure gives API Gateway the same list. */
export const exposedHeaders = [
  'api-version',
  'deprecation',
  'etag',
  'idempotency-replayed',
  'link',
  'location',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'server-timing',
  'sunset',
  'x-correlation-id',
  'x-request-id',
  'x-response-time',
] as const;
/** Request headers that scripts of other origins may send. */
export const allowedHeaders = [
  'accept',
  'api-version',
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'x-correlation-id',
  'x-request-id',
] as const;
const exposed = exposedHeaders.join(', ');

/**
 * CORS for an allowed origin. Preflights are answered by the HTTP API itself (its `cors` configuration, from the same lists), so no
 * function runs for them. Credentials are not allowed: scripts of other origins call with a bearer token.
 */
export function corsHeaders(origin: string | undefined, allowed: readonly string[]): Record<string, string> {
  if (origin === undefined || !allowed.includes(origin)) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': exposed,
    'cross-origin-resource-policy': 'cross-origin',
  };
}

/** Deprecation (RFC 9745) as a structured date, Sunset (RFC 8594) as an HTTP date. */
export function deprecationHeaders(contract: Contract): Record<string, string> {
  if (!contract.deprecated) return {};
  const { since, sunset } = contract.deprecated;
  const headers: Record<string, string> = { deprecation: `@${Date.parse(since) / 1_000}` };
  if (sunset) headers.sunset = new Date(sunset).toUTCString();
  return headers;
}
