import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { decodeChunked, isPolicySignature, readSignature, signingKey, verifySignature } from './signature.ts';

class Sha256 {
  readonly #parts: Buffer[] = [];
  readonly #key: Uint8Array | string | undefined;
  constructor(key?: Uint8Array | string) {
    this.#key = key;
  }
  update(data: Uint8Array | string): void {
    this.#parts.push(Buffer.from(data as string));
  }
  async digest(): Promise<Uint8Array> {
    const data = Buffer.concat(this.#parts);
    return this.#key === undefined
      ? createHash('sha256').update(data).digest()
      : createHmac('sha256', this.#key).update(data).digest();
  }
}

const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' };
const signer = (service: string) =>
  new SignatureV4({
    service,
    region: 'us-east-1',
    credentials,
    sha256: Sha256 as never,
    uriEscapePath: service !== 's3',
  });

interface Request {
  method: string;
  path: string;
  query?: Record<string, string | string[]>;
  body?: string;
}
const toHttp = ({ method, path, query = {}, body }: Request) => ({
  method,
  protocol: 'http:',
  hostname: '127.0.0.1',
  path,
  query,
  headers: { host: '127.0.0.1:4566', 'x-some': '  two   spaces ' },
  ...(body !== undefined && { body }),
});
const encode = (value: string) =>
  encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
function queryText(query: Record<string, unknown> | undefined): string {
  return Object.entries(query ?? {})
    .flatMap(([key, values]) => [values].flat().map((value) => `${encode(key)}=${encode(String(value))}`))
    .join('&');
}
const lowerCase = (headers: Record<string, string>): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

async function signed(service: string, request: Request) {
  const { path, query, method } = toHttp(request);
  const { headers } = (await signer(service).sign(toHttp(request) as never)) as unknown as {
    headers: Record<string, string>;
  };
  return { method, path, query: queryText(query), headers: lowerCase(headers) };
}
function verify(request: Awaited<ReturnType<typeof signed>>, body: string, secret = 'secret', now = Date.now()): void {
  const signature = readSignature(request);
  if (signature === undefined) throw new Error('not signed');
  verifySignature(request, signature, secret, Buffer.from(body), now);
}

describe('signature version 4', () => {
  test('what the SDK signs is accepted: any path, query and body', async () => {
    const text = fc.string({ unit: fc.constantFrom(..."aZ09-_.~!*'() /&=+%#?é日"), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('dynamodb', 's3', 'lambda'),
        fc.array(
          text.filter((part) => part !== '' && part !== '.' && part !== '..'),
          { maxLength: 3 },
        ),
        fc.dictionary(
          text.filter((key) => key !== ''),
          text,
          { maxKeys: 3 },
        ),
        text,
        async (service, segments, query, body) => {
          const request = await signed(service, {
            method: 'POST',
            path: `/${segments.map(encode).join('/')}`,
            query,
            body,
          });
          verify(request, body);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a changed body, path, query, header or secret is refused', async () => {
    const request = await signed('dynamodb', { method: 'POST', path: '/a', query: { x: '1' }, body: 'text' });
    verify(request, 'text');
    const wrong = /does not match/;
    expect(() => verify(request, 'other')).toThrow(wrong);
    expect(() => verify({ ...request, path: '/b' }, 'text')).toThrow(wrong);
    expect(() => verify({ ...request, query: 'x=2' }, 'text')).toThrow(wrong);
    expect(() => verify({ ...request, headers: { ...request.headers, 'x-some': 'else' } }, 'text')).toThrow(wrong);
    expect(() => verify(request, 'text', 'other secret')).toThrow(wrong);
    expect(() => verify(request, 'text', 'secret', Date.now() + 3_600_000)).toThrow('Signature expired');
  });

  test('a presigned URL is accepted until it expires', async () => {
    const presigned = await signer('s3').presign(
      {
        ...toHttp({ method: 'GET', path: '/bucket/a%20b.txt' }),
        headers: { host: '127.0.0.1:4566', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      } as never,
      { expiresIn: 60 },
    );
    const request = {
      method: 'GET',
      path: presigned.path,
      query: queryText(presigned.query),
      headers: { host: '127.0.0.1:4566' },
    };
    verify(request, '');
    expect(() => verify(request, '', 'secret', Date.now() + 61_000)).toThrow('Request has expired');
    expect(() => verify({ ...request, method: 'PUT' }, '')).toThrow('does not match');
    expect(() =>
      verify({ ...request, query: request.query.replace('X-Amz-Expires=60', 'X-Amz-Expires=600') }, ''),
    ).toThrow('does not match');
  });

  test('an unsigned request is told from a broken one', () => {
    const headers = { host: 'localhost' };
    expect(readSignature({ method: 'GET', path: '/', query: '', headers })).toBeUndefined();
    const authorization = 'AWS4-HMAC-SHA256 Credential=nonsense, SignedHeaders=host, Signature=0';
    expect(() =>
      readSignature({ method: 'GET', path: '/', query: '', headers: { ...headers, authorization } }),
    ).toThrow('5 parts');
  });

  test('a chunked upload is decoded, its chunk signatures are checked, its trailers are read', () => {
    const timestamp = '20261121T100000Z';
    const key = signingKey('secret', '20261121', 'us-east-1', 's3');
    const scope = '20261121/us-east-1/s3/aws4_request';
    const hash = (data: string) => createHash('sha256').update(data).digest('hex');
    let previous = 'f'.repeat(64);
    const signature = {
      accessKeyId: 'AKID',
      date: '20261121',
      region: 'us-east-1',
      service: 's3',
      signedHeaders: [],
      signature: previous,
      timestamp,
      presigned: false,
    };
    const chunks = ['hello ', 'world', ''].map((data) => {
      const text = ['AWS4-HMAC-SHA256-PAYLOAD', timestamp, scope, previous, hash(''), hash(data)].join('\n');
      previous = createHmac('sha256', key).update(text).digest('hex');
      return `${data.length.toString(16)};chunk-signature=${previous}\r\n${data}${data === '' ? '' : '\r\n'}`;
    });
    const request = (kind: string) => ({
      method: 'PUT',
      path: '/b/k',
      query: '',
      headers: { 'x-amz-content-sha256': kind },
    });
    const decode = (text: string, kind: string) => decodeChunked(Buffer.from(text), request(kind), signature, 'secret');
    expect(decode(`${chunks.join('')}\r\n`, 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD').body.toString()).toBe('hello world');
    expect(() => decode(chunks.join('').replace('world', 'w0rld'), 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD')).toThrow(
      'does not match',
    );
    const unsigned = decode(
      '5\r\nhello\r\n0\r\nx-amz-checksum-crc32:abc=\r\n\r\n',
      'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    );
    expect(unsigned.body.toString()).toBe('hello');
    expect(unsigned.trailers).toEqual({ 'x-amz-checksum-crc32': 'abc=' });
  });

  test('a POST policy is accepted with its signature only', () => {
    const policy = Buffer.from('{"conditions":[]}').toString('base64');
    const signature = createHmac('sha256', signingKey('secret', '20261121', 'us-east-1', 's3'))
      .update(policy)
      .digest('hex');
    expect(isPolicySignature(policy, signature, 'secret', '20261121', 'us-east-1')).toBe(true);
    expect(isPolicySignature(`${policy}=`, signature, 'secret', '20261121', 'us-east-1')).toBe(false);
  });
});
