import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { EdgeResponse } from '../../types.ts';

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

/** Sizes in bytes between which CloudFront compresses. */
const MIN_BYTES = 1000;
const MAX_BYTES = 10_000_000;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html lists the types. */
const COMPRESSIBLE =
  /^(?:text\/|application\/(?:dash\+xml|eot|font|font-sfnt|javascript|json|opentype|otf|pdf|pkcs7-mime|protobuf|rss\+xml|truetype|ttf|vnd\.apple\.mpegurl|vnd\.mapbox-vector-tile|vnd\.ms-fontobject|wasm|xhtml\+xml|xml|x-font-opentype|x-font-truetype|x-font-ttf|x-httpd-cgi|x-javascript|x-mpegurl|x-opentype|x-otf|x-perl|x-ttf)|font\/(?:eot|opentype|otf|ttf|x-woff)|image\/(?:svg\+xml|vnd\.microsoft\.icon|x-icon)|application\/[\w.-]+\+(?:json|xml))/i;
const STATUSES = new Set([200, 403, 404]);

/** The response compressed for `encoding` (`br,gzip`, one of them, or empty), or the same when CloudFront would leave it. */
export async function compressResponse(response: EdgeResponse, encoding: string): Promise<EdgeResponse> {
  const { headers, body, status } = response;
  if (encoding === '' || !STATUSES.has(status) || body.length < MIN_BYTES || body.length > MAX_BYTES) return response;
  if (headers['content-encoding'] !== undefined || !COMPRESSIBLE.test(String(headers['content-type'] ?? '')))
    return response;
  const useBrotli = encoding.startsWith('br');
  const compressed = useBrotli
    ? await brotliAsync(body, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
      })
    : await gzipAsync(body, { level: 6 });
  const changed: EdgeResponse['headers'] = { ...headers, 'content-encoding': useBrotli ? 'br' : 'gzip' };
  delete changed['content-length'];
  changed.vary = headers.vary === undefined ? 'Accept-Encoding' : `${String(headers.vary)}, Accept-Encoding`;
  const etag = headers.etag;
  if (typeof etag === 'string' && !etag.startsWith('W/')) changed.etag = `W/${etag}`;
  return { status, headers: changed, body: compressed };
}
