/** Preconditions and ranges of HTTP (RFC 9110), as S3 applies them. Pure. */
import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../../types.ts';

interface Version {
  etag: string;
  /** Milliseconds since 1970. */
  modifiedAt: number;
}
const matches = (header: string, etag: string): boolean =>
  header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^"|"$/g, '') === etag);
const seconds = (time: number): number => Math.floor(time / 1000) * 1000;

const failed = () =>
  new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);

/** True when the answer is 304. Throws PreconditionFailed. `prefix` is `x-amz-copy-source-` for the source of a copy. */
export function isNotModified(headers: IncomingHttpHeaders, version: Version, prefix = ''): boolean {
  const header = (name: string): string | undefined => headers[prefix + name]?.toString();
  const ifMatch = header('if-match');
  const ifNoneMatch = header('if-none-match');
  const unmodifiedSince = Date.parse(header('if-unmodified-since') ?? '');
  const modifiedSince = Date.parse(header('if-modified-since') ?? '');
  if (ifMatch !== undefined) {
    if (!matches(ifMatch, version.etag)) throw failed();
  } else if (seconds(version.modifiedAt) > unmodifiedSince) throw failed();
  if (ifNoneMatch !== undefined) return matches(ifNoneMatch, version.etag);
  return seconds(version.modifiedAt) <= modifiedSince;
}

/** Conditions on a write: `If-None-Match: *` and `If-Match`. Throws PreconditionFailed or NoSuchKey. */
export function checkWrite(headers: IncomingHttpHeaders, present: Version | undefined): void {
  if (headers['if-none-match'] === '*' && present) throw failed();
  const ifMatch = headers['if-match'];
  if (ifMatch === undefined) return;
  if (!present) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  if (!matches(ifMatch, present.etag)) throw failed();
}

/** First and last byte of a `Range` header; undefined for the whole object, also for forms that S3 ignores. Throws InvalidRange. */
export function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!found || (found[1] === '' && found[2] === '')) return undefined;
  const suffix = found[1] === '';
  const start = suffix ? Math.max(0, size - Number(found[2])) : Number(found[1]);
  const end = suffix || found[2] === '' ? size - 1 : Math.min(Number(found[2]), size - 1);
  if (start >= size || (suffix && Number(found[2]) === 0)) {
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
  }
  return end < start ? undefined : { start, end };
}
