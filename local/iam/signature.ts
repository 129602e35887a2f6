/**
 * Signature Version 4, verified truly: in the Authorization header, in a presigned query, in chunked S3 uploads and in S3
 * POST policies. Source: "Signature Version 4 signing process" and "Authenticating requests" of the S3 API reference.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../types.ts';

export interface SignedRequest {
  method: string;
  /** Path without query, as it came (percent-encoded). */
  path: string;
  /** Query string without the question mark, as it came. */
  query: string;
  headers: IncomingHttpHeaders;
}
export interface Signature {
  accessKeyId: string;
  /** `20261121` */
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
  /** `20261121T101500Z` */
  timestamp: string;
  sessionToken?: string;
  /** Seconds that a presigned URL lives; undefined for signed headers. */
  expires?: number;
  presigned: boolean;
}

const algorithm = 'AWS4-HMAC-SHA256';
const unsignedPayload = 'UNSIGNED-PAYLOAD';
/** AWS refuses clocks that differ by more, in milliseconds. */
const allowedSkew = 15 * 60_000;

/** Reads who signed what; undefined when the request is not signed. Throws IncompleteSignature for a broken one. */
export function readSignature({ headers, query }: SignedRequest): Signature | undefined {
  const authorization = headers.authorization;
  if (authorization?.startsWith('AWS4-')) {
    const fields = new Map<string, string>();
    for (const part of authorization.slice(algorithm.length).split(',')) {
      const at = part.indexOf('=');
      fields.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
    }
    return {
      ...readScope(fields.get('Credential')),
      signedHeaders: (fields.get('SignedHeaders') ?? '').split(';'),
      signature: fields.get('Signature') ?? '',
      timestamp: header(headers, 'x-amz-date') || toTimestamp(header(headers, 'date')),
      sessionToken: header(headers, 'x-amz-security-token') || undefined,
      presigned: false,
    };
  }
  if (!query.includes('X-Amz-Signature=')) return undefined;
  const parameters = new URLSearchParams(query);
  return {
    ...readScope(parameters.get('X-Amz-Credential') ?? undefined),
    signedHeaders: (parameters.get('X-Amz-SignedHeaders') ?? '').split(';'),
    signature: parameters.get('X-Amz-Signature') ?? '',
    timestamp: parameters.get('X-Amz-Date') ?? '',
    sessionToken: parameters.get('X-Amz-Security-Token') ?? undefined,
    expires: Number(parameters.get('X-Amz-Expires') ?? 'NaN'),
    presigned: true,
  };
}

export function readScope(
  credential: string | undefined,
): Pick<Signature, 'accessKeyId' | 'date' | 'region' | 'service'> {
  const parts = (credential ?? '').split('/');
  const [accessKeyId, date, region, service, end] = parts;
  if (parts.length !== 5 || end !== 'aws4_request') {
    throw new AwsError('IncompleteSignature', `Credential must have 5 parts, not ${JSON.stringify(credential)}`, 400);
  }
  return { accessKeyId, date, region, service } as Pick<Signature, 'accessKeyId' | 'date' | 'region' | 'service'>;
}

/**
 * Throws unless the signature fits: SignatureDoesNotMatch (S3) or InvalidSignatureException, RequestTimeTooSkewed or an
 * expired presigned URL (AccessDenied), XAmzContentSHA256Mismatch when the body is not the signed one.
 */
export function verifySignature(
  request: SignedRequest,
  signature: Signature,
  secret: string,
  body: Buffer,
  now: number,
): void {
  const isS3 = signature.service === 's3';
  checkTime(signature, now, isS3);
  const payload = payloadHash(request, signature, body, isS3);
  const expected = sign(canonicalRequest(request, signature, payload, isS3), signature, secret);
  if (!equal(expected, signature.signature)) throw mismatch(isS3);
}

export function mismatch(isS3: boolean): AwsError {
  return new AwsError(
    isS3 ? 'SignatureDoesNotMatch' : 'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    403,
  );
}

function checkTime({ timestamp, expires, presigned }: Signature, now: number, isS3: boolean): void {
  const at = fromTimestamp(timestamp);
  if (Number.isNaN(at)) throw new AwsError('IncompleteSignature', 'X-Amz-Date is missing or not a time', 403);
  if (presigned && isS3) {
    if (!(expires !== undefined && expires > 0 && expires <= 604_800)) {
      throw new AwsError(
        'AuthorizationQueryParametersError',
        'X-Amz-Expires must be between 1 and 604800 seconds',
        400,
      );
    }
    if (now > at + expires * 1000) throw new AwsError('AccessDenied', 'Request has expired', 403);
    if (at > now + allowedSkew) throw new AwsError('AccessDenied', 'Request is not valid yet', 403);
    return;
  }
  if (Math.abs(now - at) > allowedSkew) {
    throw isS3
      ? new AwsError(
          'RequestTimeTooSkewed',
          'The difference between the request time and the current time is too large.',
          403,
        )
      : new AwsError(
          'InvalidSignatureException',
          `Signature expired: ${timestamp} is too far from the current time`,
          403,
        );
  }
}

function payloadHash(request: SignedRequest, signature: Signature, body: Buffer, isS3: boolean): string {
  const declared = header(request.headers, 'x-amz-content-sha256');
  if (signature.presigned) {
    const inQuery = new URLSearchParams(request.query).get('X-Amz-Content-Sha256');
    return inQuery ?? (isS3 ? declared || unsignedPayload : sha256(body));
  }
  if (declared === unsignedPayload || declared.startsWith('STREAMING-')) return declared;
  const actual = sha256(body);
  if (declared !== '' && declared !== actual) {
    throw isS3
      ? new AwsError(
          'XAmzContentSHA256Mismatch',
          "The provided 'x-amz-content-sha256' header does not match what was computed.",
          400,
        )
      : mismatch(false);
  }
  return actual;
}

function canonicalRequest(request: SignedRequest, signature: Signature, payload: string, isS3: boolean): string {
  const headers = signature.signedHeaders.map((name) => `${name}:${canonicalHeader(request.headers, name)}\n`);
  return [
    request.method,
    isS3 ? encodePath(request.path, decode) : encodePath(normalize(request.path), (segment) => segment),
    canonicalQuery(request.query),
    headers.join(''),
    signature.signedHeaders.join(';'),
    payload,
  ].join('\n');
}
/** S3 signs each segment of the path encoded once. What is not decodable can't have been signed. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
/** Every other service signs the path as sent, encoded once more, without empty and dot segments. */
function normalize(path: string): string {
  if (path === '/' || path === '') return '/';
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}${path.endsWith('/') && segments.length > 0 ? '/' : ''}`;
}
function encodePath(path: string, prepare: (segment: string) => string): string {
  return path
    .split('/')
    .map((segment) => encode(prepare(segment)))
    .join('/');
}
function encode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs: [string, string][] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    const key = encode(decode(name.replaceAll('+', ' ')));
    if (key !== 'X-Amz-Signature') pairs.push([key, encode(decode(value.replaceAll('+', ' ')))]);
  }
  pairs.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  return pairs.map(([key, value]) => `${key}=${value}`).join('&');
}
function canonicalHeader(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value.join(',') : (value ?? '')).trim().replace(/\s+/g, ' ');
}

function sign(request: string, { timestamp, date, region, service }: Signature, secret: string): string {
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = [algorithm, timestamp, scope, sha256(request)].join('\n');
  return hmac(signingKey(secret, date, region, service), text).toString('hex');
}

const signingKeys = new Map<string, Buffer>();
/** The derived key of a day, kept: deriving it costs four hashes a request. */
export function signingKey(secret: string, date: string, region: string, service: string): Buffer {
  const name = `${secret}/${date}/${region}/${service}`;
  let key = signingKeys.get(name);
  if (key === undefined) {
    if (signingKeys.size > 5000) signingKeys.clear();
    key = [date, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
    signingKeys.set(name, key);
  }
  return key;
}

/** Whether this is the signature of an S3 POST policy (base64 text). */
export function isPolicySignature(
  policy: string,
  signature: string,
  secret: string,
  date: string,
  region: string,
): boolean {
  return equal(hmac(signingKey(secret, date, region, 's3'), policy).toString('hex'), signature);
}

/** An `aws-chunked` body, its chunks verified when they are signed; trailers come back by lower-case name. */
export function decodeChunked(
  body: Buffer,
  { headers }: SignedRequest,
  signature: Signature,
  secret: string,
): { body: Buffer; trailers: Record<string, string> } {
  const kind = header(headers, 'x-amz-content-sha256');
  const signed = kind.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD');
  const { date, region, service, timestamp } = signature;
  const key = signingKey(secret, date, region, service);
  const scope = `${date}/${region}/${service}/aws4_request`;
  let previous = signature.signature;
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd < 0) throw new AwsError('IncompleteBody', 'The chunked body ends too early', 400);
    const [size, ...extensions] = body.toString('latin1', at, lineEnd).split(';');
    const length = Number.parseInt(size as string, 16);
    if (!(length >= 0)) throw new AwsError('InvalidChunkSizeError', `${size} is not a chunk size`, 400);
    const chunk = body.subarray(lineEnd + 2, lineEnd + 2 + length);
    if (signed) {
      const text = ['AWS4-HMAC-SHA256-PAYLOAD', timestamp, scope, previous, sha256(''), sha256(chunk)].join('\n');
      previous = hmac(key, text).toString('hex');
      const given = extensions.find((part) => part.startsWith('chunk-signature='))?.slice('chunk-signature='.length);
      if (!equal(previous, given ?? '')) throw mismatch(true);
    }
    at = lineEnd + 2 + length;
    if (length === 0) break;
    chunks.push(chunk);
    at += 2;
  }
  const trailers: Record<string, string> = {};
  for (const line of body.toString('utf8', at).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  if (signed && kind.endsWith('-TRAILER')) {
    const { 'x-amz-trailer-signature': given = '', ...rest } = trailers;
    const canonical = Object.entries(rest)
      .map(([name, value]) => `${name}:${value}\n`)
      .join('');
    const text = ['AWS4-HMAC-SHA256-TRAILER', timestamp, scope, previous, sha256(canonical)].join('\n');
    if (!equal(hmac(key, text).toString('hex'), given)) throw mismatch(true);
    return { body: Buffer.concat(chunks), trailers: rest };
  }
  return { body: Buffer.concat(chunks), trailers };
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
function hmac(key: Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
function equal(expected: string, actual: string): boolean {
  return expected.length === actual.length && timingSafeEqual(Buffer.from(expected), Buffer.from(actual));
}
function fromTimestamp(timestamp: string): number {
  return Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
function toTimestamp(date: string): string {
  const at = Date.parse(date);
  return Number.isNaN(at) ? '' : `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
