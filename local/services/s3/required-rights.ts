/** Which rights an S3 request needs, after the service authorization reference. Pure. */
import type { IncomingHttpHeaders } from 'node:http';
import type { RequiredRight } from '../../types.ts';
import type { S3Route } from './request-route.ts';

const actions: Record<string, string> = {
  ...{
    HeadBucket: 'ListBucket',
    ListObjects: 'ListBucket',
    ListObjectsV2: 'ListBucket',
    GetBucketCors: 'GetBucketCORS',
  },
  ...{ ListObjectVersions: 'ListBucketVersions', ListBuckets: 'ListAllMyBuckets', PutBucketCors: 'PutBucketCORS' },
  ...{
    HeadObject: 'GetObject',
    CreateMultipartUpload: 'PutObject',
    UploadPart: 'PutObject',
    DeleteBucketCors: 'PutBucketCORS',
  },
  ...{ CompleteMultipartUpload: 'PutObject', ListParts: 'ListMultipartUploadParts', PostObject: 'PutObject' },
  ...{ GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration', DeleteBucketTagging: 'PutBucketTagging' },
  ...{ PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration', CopyObject: 'PutObject' },
  ...{ GetBucketNotificationConfiguration: 'GetBucketNotification' },
  ...{ PutBucketNotificationConfiguration: 'PutBucketNotification' },
};
const versioned = new Set(['GetObject', 'DeleteObject', 'GetObjectTagging', 'PutObjectTagging', 'DeleteObjectTagging']);

export const bucketArn = (bucket: string): string => `arn:aws:s3:::${bucket}`;
export const objectArn = (bucket: string, key: string): string => `arn:aws:s3:::${bucket}/${key}`;

/** `keys` are those that a DeleteObjects names. Form uploads are decided by the form's own signature, not here. */
export function requiredRights(
  { operation, bucket, key, versionId }: S3Route,
  query: URLSearchParams,
  headers: IncomingHttpHeaders,
  deleted: { key: string; versionId?: string }[],
): RequiredRight[] {
  const bypasses = headers['x-amz-bypass-governance-retention'] === 'true';
  if (operation === 'Preflight' || operation === 'PostObject') return [];
  if (operation === 'DeleteObjects') {
    return deleted.flatMap((entry) => {
      const resource = objectArn(bucket, entry.key);
      const right = { action: entry.versionId ? 's3:DeleteObjectVersion' : 's3:DeleteObject', resource };
      return bypasses ? [right, { action: 's3:BypassGovernanceRetention', resource }] : [right];
    });
  }
  let action = actions[operation] ?? operation;
  if (versionId !== undefined && versioned.has(action)) {
    action = action.replace('Object', 'ObjectVersion').replace(/Version(Tagging)$/, 'Version$1');
  }
  if (operation === 'ListBuckets') return [{ action: `s3:${action}`, resource: '*' }];
  if (key === '') {
    const context: Record<string, string> = {};
    for (const name of ['prefix', 'delimiter', 'max-keys']) {
      const value = query.get(name);
      if (value !== null) context[`s3:${name}`] = value;
    }
    return [{ action: `s3:${action}`, resource: bucketArn(bucket), context }];
  }
  const resource = objectArn(bucket, key);
  const rights: RequiredRight[] = [{ action: `s3:${action}`, resource }];
  if (action === 'PutObject') {
    if (headers['x-amz-tagging']) rights.push({ action: 's3:PutObjectTagging', resource });
    if (headers['x-amz-object-lock-mode']) rights.push({ action: 's3:PutObjectRetention', resource });
    if (headers['x-amz-object-lock-legal-hold']) rights.push({ action: 's3:PutObjectLegalHold', resource });
  }
  if (operation === 'CopyObject') {
    const source = copySourceOf(headers);
    rights.unshift({
      action: source.versionId ? 's3:GetObjectVersion' : 's3:GetObject',
      resource: objectArn(source.bucket, source.key),
    });
  }
  if (bypasses) rights.push({ action: 's3:BypassGovernanceRetention', resource });
  return rights;
}

export function copySourceOf(headers: IncomingHttpHeaders): { bucket: string; key: string; versionId?: string } {
  const [path = '', query = ''] = String(headers['x-amz-copy-source'] ?? '').split('?');
  const [bucket = '', ...key] = decodeURIComponent(path.replace(/^\//, '')).split('/');
  const versionId = new URLSearchParams(query).get('versionId') ?? undefined;
  return { bucket, key: key.join('/'), ...(versionId && { versionId }) };
}
