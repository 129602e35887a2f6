/** Fetches from an origin: a bucket or an API inside this process, or any HTTP server by a socket. */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { AwsError, type Caller, type Cloud, type EdgeResponse } from '../../types.ts';
import { isHopByHop } from '../apigateway/proxy-request.ts';
import type { Distribution, Origin } from './distribution.ts';

export interface OriginRequest {
  method: string;
  /** With query string. */
  url: string;
  headers: Record<string, string>;
  body: Buffer;
}

/**
 * The address of the edge that APIs behind see as `sourceIp`, as in AWS (it is in CloudFront's published range): who
 * wants the viewer's address must read `x-forwarded-for` or `cloudfront-viewer-address`.
 */
const EDGE_IP = '130.176.0.1';

/** Answers with the origin's response; 502 when it can't be reached, 504 when it takes too long. */
export async function fetchOrigin(
  cloud: Cloud,
  distribution: Distribution,
  origin: Origin,
  request: OriginRequest,
): Promise<EdgeResponse> {
  switch (origin.target.kind) {
    case 's3':
      return fetchObject(cloud, distribution, origin.target, request);
    case 'api':
      return fetchApi(cloud, origin, origin.target.apiId, request);
    case 'http':
      return fetchHttp(cloud, origin, origin.target, request);
  }
}

async function fetchApi(cloud: Cloud, origin: Origin, apiId: string, request: OriginRequest): Promise<EdgeResponse> {
  // An API answers only to its own name: AWS refuses a forwarded viewer's Host in the same way.
  if (request.headers.host !== origin.domainName) {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'ForbiddenException' };
    return { status: 403, headers, body: Buffer.from('{"message":"Forbidden"}') };
  }
  try {
    return await cloud.callApi(apiId, { ...request, sourceIp: EDGE_IP });
  } catch (error) {
    cloud.log('error', `CloudFront origin ${origin.id}: ${String(error)}`);
    return failure(502, 'Bad Gateway');
  }
}

async function fetchObject(
  cloud: Cloud,
  distribution: Distribution,
  target: { bucket: string; signed: boolean },
  request: OriginRequest,
): Promise<EdgeResponse> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return storageError(405, 'MethodNotAllowed');
  const caller: Caller = target.signed
    ? {
        kind: 'service',
        principal: 'cloudfront.amazonaws.com',
        sourceArn: distribution.arn,
        sourceAccount: cloud.accountId,
      }
    : { kind: 'anonymous' };
  const question = request.url.indexOf('?');
  const path = question < 0 ? request.url : request.url.slice(0, question);
  try {
    const object = await cloud.readObject(target.bucket, decodeURIComponent(path.slice(1)), caller);
    if (!object) return missingObject(cloud, target.bucket, caller);
    const headers: EdgeResponse['headers'] = {
      'content-type': object.contentType,
      etag: object.etag.startsWith('"') ? object.etag : `"${object.etag}"`,
      'last-modified': object.lastModified.toUTCString(),
      'accept-ranges': 'bytes',
      server: 'AmazonS3',
    };
    if (object.cacheControl) headers['cache-control'] = object.cacheControl;
    if (object.contentEncoding) headers['content-encoding'] = object.contentEncoding;
    if (object.contentDisposition) headers['content-disposition'] = object.contentDisposition;
    for (const [name, value] of Object.entries(object.metadata)) headers[`x-amz-meta-${name.toLowerCase()}`] = value;
    return { status: 200, headers, body: object.body };
  } catch (error) {
    if (error instanceof URIError) return storageError(400, 'InvalidURI');
    if (error instanceof AwsError && error.code.startsWith('AccessDenied')) {
      cloud.log('debug', `CloudFront may not read ${target.bucket}${path}: ${error.message}`);
      return storageError(403, 'AccessDenied');
    }
    throw error;
  }
}

/** S3 says that a key does not exist only to those who may list the bucket. */
function missingObject(cloud: Cloud, bucket: string, caller: Caller): EdgeResponse {
  try {
    cloud.authorize(caller, { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` });
    return storageError(404, 'NoSuchKey');
  } catch {
    return storageError(403, 'AccessDenied');
  }
}

function storageError(status: number, code: string): EdgeResponse {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`;
  return { status, headers: { 'content-type': 'application/xml', server: 'AmazonS3' }, body: Buffer.from(body) };
}

const plainAgent = new HttpAgent({ keepAlive: true, maxSockets: 64 });
const secureAgent = new HttpsAgent({ keepAlive: true, maxSockets: 64 });

function fetchHttp(
  cloud: Cloud,
  origin: Origin,
  target: { secure: boolean; port: number },
  request: OriginRequest,
): Promise<EdgeResponse> {
  return new Promise((resolve) => {
    const options = {
      agent: target.secure ? secureAgent : plainAgent,
      host: origin.domainName,
      port: target.port,
      method: request.method,
      path: request.url,
      headers: { ...request.headers, 'content-length': String(request.body.length) },
      timeout: origin.timeoutMs,
    };
    const outgoing = (target.secure ? httpsRequest : httpRequest)(options, (incoming) => {
      buffer(incoming).then(
        (body) => {
          const headers: EdgeResponse['headers'] = {};
          for (const [name, value] of Object.entries(incoming.headers)) {
            if (value !== undefined && !isHopByHop(name)) headers[name] = value;
          }
          resolve({ status: incoming.statusCode ?? 502, headers, body });
        },
        () => resolve(failure(502, 'Bad Gateway')),
      );
    });
    outgoing.on('timeout', () => {
      resolve(failure(504, 'Gateway Timeout'));
      outgoing.destroy();
    });
    outgoing.on('error', (error) => {
      cloud.log('error', `CloudFront origin ${origin.id} (${origin.domainName}): ${error.message}`);
      resolve(failure(502, 'Bad Gateway'));
    });
    outgoing.end(request.body);
  });
}

/** Closes the sockets that are kept to HTTP origins. */
export function closeOriginSockets(): void {
  plainAgent.destroy();
  secureAgent.destroy();
}

/** CloudFront's own error page. */
export function failure(status: number, reason: string): EdgeResponse {
  const title = `${status} ${reason}`;
  const body = `<!DOCTYPE html><html><head><title>ERROR: The request could not be satisfied</title></head><body><h1>${title}</h1><p>The request could not be satisfied.</p><p>Generated by cloudfront (CloudFront)</p></body></html>`;
  return { status, headers: { 'content-type': 'text/html', server: 'CloudFront' }, body: Buffer.from(body) };
}
