/**
 * Compression of a reply when the caller asks for it. Done here, because CloudFront compresses only what it caches and API
 * Gateway compresses HTTP APIs not at all.
 */
import type { Exchange, Outcome } from './exchange.ts';
import { quality } from './negotiation.ts';

/** Below this a reply fits into one packet anyway. */
const MIN_BYTES = 1_024;
const compressible = /^(text\/|application\/([\w.-]+\+)?(json|xml|javascript)|image\/svg)/;

/** `br` or `gzip` when the caller accepts one and the body is worth it. */
export function codingFor(exchange: Exchange, outcome: Outcome): 'br' | 'gzip' | undefined {
  // The partner face is a REST API without binary types: what is not text would arrive as base64 text.
  if (exchange.face === 'partner') return undefined;
  const accepted = exchange.headers['accept-encoding'];
  if (!accepted || Buffer.byteLength(outcome.body) < MIN_BYTES) return undefined;
  if (outcome.headers['content-encoding'] || !compressible.test(outcome.headers['content-type'] ?? ''))
    return undefined;
  const br = codingQuality(accepted, 'br');
  const gzip = codingQuality(accepted, 'gzip');
  if (br === 0 && gzip === 0) return undefined;
  return br >= gzip ? 'br' : 'gzip';
}

/** Accept-Encoding has Accept's grammar with one word for a name; `*` stands for any. */
function codingQuality(accepted: string, coding: string): number {
  const ranges = accepted
    .split(',')
    .map((range) => range.trim().replace(/^[^;\s]+/, (name) => (name === '*' ? '*/*' : `coding/${name}`)));
  return quality(ranges.join(','), `coding/${coding}`);
}

export async function compress(outcome: Outcome, coding: 'br' | 'gzip'): Promise<Outcome> {
  const { brotliCompressSync, constants, gzipSync } = await import('node:zlib');
  const body =
    coding === 'br'
      ? brotliCompressSync(outcome.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : gzipSync(outcome.body);
  const headers: Record<string, string> = { ...outcome.headers, 'content-encoding': coding };
  // A strong ETag names one sequence of bytes.
  if (headers.etag) headers.etag = headers.etag.replace(/"$/, `.${coding}"`);
  return { ...outcome, body, headers };
}
