/** The cache of one distribution, in memory, bounded by bytes; the entries used longest ago go first. */
import type { EdgeResponse } from '../../types.ts';
import { compilePattern } from './distribution.ts';
import type { CachePolicy } from './policies.ts';

export interface CachedResponse {
  response: EdgeResponse;
  /** Milliseconds of the clock. */
  storedAt: number;
  expiresAt: number;
}

export interface EdgeCache {
  get(key: string, nowMs: number): CachedResponse | undefined;
  /** `uri` is what invalidations name. */
  set(key: string, uri: string, response: EdgeResponse, ttlSeconds: number, nowMs: number): void;
  /** Removes what these paths name (`/*`, `/images/*`, `/index.html`); returns how many entries went. */
  invalidate(paths: readonly string[]): number;
  clear(): void;
  readonly size: number;
}

export function createEdgeCache(maxBytes = 256 * 1024 * 1024): EdgeCache {
  const entries = new Map<string, CachedResponse & { uri: string }>();
  let bytes = 0;
  function remove(key: string): void {
    bytes -= entries.get(key)?.response.body.length ?? 0;
    entries.delete(key);
  }
  return {
    get(key, nowMs) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (entry.expiresAt <= nowMs) {
        bytes -= entry.response.body.length;
        return undefined;
      }
      entries.set(key, entry);
      return entry;
    },
    set(key, uri, response, ttlSeconds, nowMs) {
      remove(key);
      entries.set(key, { uri, response, storedAt: nowMs, expiresAt: nowMs + ttlSeconds * 1000 });
      bytes += response.body.length;
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break;
        remove(oldest);
      }
    },
    invalidate(paths) {
      const patterns = paths.map(compilePattern);
      const gone = [...entries].filter(([, { uri }]) => patterns.some((matches) => matches(uri)));
      for (const [key] of gone) remove(key);
      return gone.length;
    },
    clear() {
      entries.clear();
      bytes = 0;
    },
    get size() {
      return entries.size;
    },
  };
}

const CACHEABLE = new Set([200, 203, 204, 300, 301, 302, 304, 307, 308, 410]);
/** Errors that CloudFront caches for the error caching minimum TTL. */
const CACHED_ERRORS = new Set([404, 414, 500, 501, 502, 503, 504]);

/** Seconds to keep a response; 0 when it must not be kept. `errorTtl` is the error caching minimum TTL of its status. */
export function timeToLive(policy: CachePolicy, response: EdgeResponse, errorTtl: number, nowMs: number): number {
  if (policy.maxTtl === 0) return 0;
  if (CACHED_ERRORS.has(response.status)) return errorTtl;
  if (!CACHEABLE.has(response.status)) return 0;
  const directives = String(response.headers['cache-control'] ?? '').toLowerCase();
  if (/\b(?:no-store|no-cache|private)\b/.test(directives)) return policy.minTtl;
  const declared = declaredAge(directives, response, nowMs);
  if (declared === undefined) return Math.max(policy.minTtl, policy.defaultTtl);
  return Math.min(Math.max(declared, policy.minTtl), policy.maxTtl);
}

function declaredAge(directives: string, response: EdgeResponse, nowMs: number): number | undefined {
  const age = /\bs-maxage=(\d+)/.exec(directives) ?? /\bmax-age=(\d+)/.exec(directives);
  if (age) return Number(age[1]);
  const expires = response.headers.expires;
  if (expires === undefined) return undefined;
  // What is no HTTP date (often `0` or `-1`) means: already expired.
  const at = String(expires).endsWith('GMT') ? Date.parse(String(expires)) : Number.NaN;
  return Number.isNaN(at) ? 0 : Math.max(0, Math.floor((at - nowMs) / 1000));
}
