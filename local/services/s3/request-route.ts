/** Which S3 operation a request is, from method, host, path and query. Pure. */
import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../../types.ts';

export interface S3Route {
  operation: string;
  bucket: string;
  key: string;
  versionId?: string;
}
interface HttpRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
}

/** Sub-resources named in the query, with the operations of each method on a bucket and on an object. */
const onBucket: Record<string, string> = {
  location: 'BucketLocation',
  versioning: 'BucketVersioning',
  'object-lock': 'ObjectLockConfiguration',
  notification: 'BucketNotificationConfiguration',
  cors: 'BucketCors',
  tagging: 'BucketTagging',
};
const onObject: Record<string, string> = {
  tagging: 'ObjectTagging',
  retention: 'ObjectRetention',
  'legal-hold': 'ObjectLegalHold',
};
const verbs: Record<string, string> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete', HEAD: 'Head' };

/** Throws NotImplemented for what is not spoken here. */
export function routeOf({ method, path, query, headers }: HttpRequest): S3Route {
  const host = String(headers.host ?? '').replace(/:\d+$/, '');
  const hosted = /^(.+?)(?:\.s3(?:[.-][\w-]+)?)?\.localhost$/.exec(host)?.[1];
  const decoded = decodePath(path);
  const slash = decoded.indexOf('/', 1);
  const bucket = hosted && hosted !== 's3' ? hosted : decoded.slice(1, slash < 0 ? undefined : slash);
  const key = hosted && hosted !== 's3' ? decoded.slice(1) : slash < 0 ? '' : decoded.slice(slash + 1);
  const versionId = query.get('versionId') ?? undefined;
  const operation =
    method === 'OPTIONS'
      ? 'Preflight'
      : bucket === ''
        ? method === 'GET' && 'ListBuckets'
        : key === ''
          ? bucketOperation(method, query, headers)
          : objectOperation(method, query, headers);
  if (!operation) throw new AwsError('NotImplemented', `The local S3 does not speak ${method} ${path}?${query}.`, 501);
  return { operation, bucket, key, ...(versionId !== undefined && { versionId }) };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

function bucketOperation(method: string, query: URLSearchParams, headers: IncomingHttpHeaders): string | undefined {
  const sub = Object.keys(onBucket).find((name) => query.has(name));
  if (sub) return verbs[method] && `${verbs[method]}${onBucket[sub]}`;
  if (method === 'POST') {
    if (query.has('delete')) return 'DeleteObjects';
    return headers['content-type']?.startsWith('multipart/form-data') ? 'PostObject' : undefined;
  }
  if (method !== 'GET') return { PUT: 'CreateBucket', HEAD: 'HeadBucket', DELETE: 'DeleteBucket' }[method];
  if (query.has('versions')) return 'ListObjectVersions';
  const refused = ['policy', 'acl', 'lifecycle', 'encryption', 'uploads', 'website', 'logging', 'replication'];
  if (refused.some((name) => query.has(name))) return undefined;
  return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
}

function objectOperation(method: string, query: URLSearchParams, headers: IncomingHttpHeaders): string | undefined {
  if (query.has('acl') || query.has('attributes') || query.has('torrent') || query.has('select')) return undefined;
  const sub = Object.keys(onObject).find((name) => query.has(name));
  if (sub) return verbs[method] && `${verbs[method]}${onObject[sub]}`;
  if (query.has('uploadId')) {
    if (method === 'PUT') return headers['x-amz-copy-source'] ? undefined : 'UploadPart';
    return { POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload', GET: 'ListParts' }[method];
  }
  if (method === 'POST') return query.has('uploads') ? 'CreateMultipartUpload' : undefined;
  if (method === 'PUT') return headers['x-amz-copy-source'] ? 'CopyObject' : 'PutObject';
  return verbs[method] && `${verbs[method]}Object`;
}
