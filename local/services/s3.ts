/**
 * S3 (REST-XML), path style and `<bucket>.localhost`. The endpoint verifies signatures, presigned URLs and chunked bodies.
 *
 * Operations: Create, Head, Delete, ListBuckets; Get, PutBucketVersioning; GetBucketLocation, Get, PutBucketNotificationConfiguration;
 * Get, PutBucketCors; GetBucketTagging; Get, PutObjectLockConfiguration; ListObjects, ListObjectsV2, ListObjectVersions; Put,
 * Get, Head, Copy, DeleteObject, DeleteObjects; Get, Put, DeleteObjectTagging; Get, PutObjectRetention; Get,
 * PutObjectLegalHold; Create, Complete, AbortMultipartUpload, UploadPart, ListParts; browser uploads by POST policy.
 * Resource types: AWS::S3::Bucket, AWS::S3::BucketPolicy, Custom::S3BucketNotifications (done here: CDK's own function is Python).
 *
 * Differs from AWS: no ACLs, life cycle, websites, replication, encryption; CRC32C and CRC64NVME are kept, not verified;
 * a part can't be copied; objects up to 512 MB per request; notifications to topics are not sent.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import {
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type Caller,
  type Cloud,
  type Json,
  type JsonObject,
  type PolicyDocument,
  type Service,
} from '../types.ts';
import { newBucket, provisionBucket } from './s3/bucket-resource.ts';
import { verifiedChecksum } from './s3/checksums.ts';
import { checkWrite, isNotModified, rangeOf } from './s3/conditional-requests.ts';
import { notificationRules, notifyTargets, type ObjectEvent } from './s3/notifications.ts';
import { checkDeletable, checkRetention, lockOf, retentionDate } from './s3/object-lock.ts';
import { type Bucket, md5, type ObjectDetails, ObjectStore, type ObjectVersion } from './s3/object-store.ts';
import { checkPolicy, readForm } from './s3/post-policy.ts';
import { routeOf, type S3Route } from './s3/request-route.ts';
import { bucketArn, copySourceOf, objectArn, requiredRights } from './s3/required-rights.ts';
import { manyOf, readXml, type XmlValue, xmlResponse } from './s3/xml.ts';

const keptHeaders = [
  ...['content-type', 'cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires'],
];
const smallestPart = 5 * 1024 * 1024;
const empty: AwsResponse = { status: 200 };

interface Call extends S3Route {
  request: AwsRequest;
}
type Operation = (call: Call) => AwsResponse | Promise<AwsResponse>;

export function createS3(cloud: Cloud): Service {
  const store = new ObjectStore(join(cloud.stateDir, 's3'));

  const bucketNamed = (name: string): Bucket => {
    const bucket = store.bucket(name);
    if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
    return bucket;
  };
  const may = (caller: Caller, action: string, resource: string): boolean => {
    try {
      cloud.authorize(caller, { action, resource });
      return true;
    } catch {
      return false;
    }
  };
  /** Who may not list a bucket does not learn which keys are missing. */
  const versionFor = ({ bucket, key, versionId, request }: Call): ObjectVersion => {
    bucketNamed(bucket);
    const version = store.find(bucket, key, versionId);
    if (version && !version.isDeleteMarker) return version;
    if (!may(request.caller, 's3:ListBucket', bucketArn(bucket)))
      throw new AwsError('AccessDenied', 'Access Denied', 403);
    if (version && versionId !== undefined) {
      throw new AwsError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405);
    }
    const code = versionId === undefined ? 'NoSuchKey' : 'NoSuchVersion';
    throw new AwsError(code, `The specified ${versionId === undefined ? 'key' : 'version'} does not exist.`, 404, {
      Key: key,
    });
  };

  /** Stores bytes as the newest version and tells who asked to know. */
  const put = async (
    bucket: Bucket,
    key: string,
    body: Buffer,
    details: ObjectDetails,
    event: ObjectEvent,
    requestId: string,
    { etag = md5(body), conditions = {} }: { etag?: string; conditions?: IncomingHttpHeaders } = {},
  ): Promise<ObjectVersion> => {
    if (Buffer.byteLength(key) > 1024) throw new AwsError('KeyTooLongError', 'Your key is too long');
    const file = await store.writeFile(body);
    try {
      // Between this check and the new row nothing else runs: of two writers who want no object there, one wins.
      const present = store.find(bucket.name, key);
      checkWrite(conditions, present?.isDeleteMarker ? undefined : present);
    } catch (error) {
      await store.removeFiles([file]);
      throw error;
    }
    const version = await store.addVersion({ bucket: bucket.name, key, file, size: body.length, etag, details });
    await notifyTargets(cloud, bucket, version, event, requestId);
    return version;
  };
  const remove = async (
    bucket: Bucket,
    key: string,
    versionId: string | undefined,
    mayBypass: boolean,
    requestId: string,
  ): Promise<{ versionId?: string; isMarker: boolean }> => {
    const version = store.find(bucket.name, key, versionId);
    if (versionId !== undefined || bucket.versioning === '') {
      if (!version) return { isMarker: false, ...(versionId && { versionId }) };
      checkDeletable(version, mayBypass, Date.now());
      await store.removeVersion(version);
      await notifyTargets(cloud, bucket, version, 'ObjectRemoved:Delete', requestId);
      return { isMarker: version.isDeleteMarker, ...(versionId && { versionId }) };
    }
    const details = { headers: {}, tags: {} };
    const marker = await store.addVersion({
      ...{ bucket: bucket.name, key, file: '', size: 0, etag: '', details, isDeleteMarker: true },
    });
    await notifyTargets(cloud, bucket, marker, 'ObjectRemoved:DeleteMarkerCreated', requestId);
    return { versionId: marker.versionId, isMarker: true };
  };

  const getObject = (call: Call): AwsResponse => {
    const { request } = call;
    const version = versionFor(call);
    const headers = objectHeaders(version, request.headers);
    if (isNotModified(request.headers, version)) return { status: 304, headers };
    for (const [name, value] of request.query) {
      if (name.startsWith('response-')) headers[name.slice('response-'.length)] = value;
    }
    const range = rangeOf(request.headers.range, version.size);
    const path = store.pathOf(version.file);
    if (request.method === 'HEAD')
      return { status: 200, headers: { ...headers, 'content-length': String(version.size) } };
    if (!range) {
      return {
        status: 200,
        headers: { ...headers, 'content-length': String(version.size) },
        body: createReadStream(path),
      };
    }
    for (const name of Object.keys(headers)) if (name.startsWith('x-amz-checksum-')) delete headers[name];
    return {
      status: 206,
      headers: {
        ...headers,
        'content-length': String(range.end - range.start + 1),
        'content-range': `bytes ${range.start}-${range.end}/${version.size}`,
      },
      body: createReadStream(path, range),
    };
  };

  const putObject = async ({ bucket: name, key, request }: Call): Promise<AwsResponse> => {
    const bucket = bucketNamed(name);
    const { headers, body } = request;
    const checksum = verifiedChecksum(headers, body);
    const details = { ...detailsOf(headers, bucket), checksum };
    const version = await put(bucket, key, body, details, 'ObjectCreated:Put', request.requestId, {
      conditions: headers,
    });
    return { status: 200, headers: { etag: `"${version.etag}"`, ...checksum, ...versionHeader(version) } };
  };

  const copyObject = async ({ bucket: name, key, request }: Call): Promise<AwsResponse> => {
    const bucket = bucketNamed(name);
    const { headers } = request;
    const source = versionFor({ ...copySourceOf(headers), operation: 'GetObject', request });
    if (isNotModified(headers, source, 'x-amz-copy-source-')) {
      throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
    }
    const replaces = headers['x-amz-metadata-directive'] === 'REPLACE';
    if (source.bucket === name && source.key === key && !replaces && !copySourceOf(headers).versionId) {
      throw new AwsError(
        'InvalidRequest',
        'This copy request is illegal because it is trying to copy an object to itself without changing its metadata.',
      );
    }
    const own = detailsOf(headers, bucket);
    const details: ObjectDetails = {
      ...own,
      headers: replaces ? own.headers : source.headers,
      tags: headers['x-amz-tagging-directive'] === 'REPLACE' ? own.tags : source.tags,
      ...(source.checksum && { checksum: source.checksum }),
    };
    const body = await store.readFile(source.file);
    const version = await put(bucket, key, body, details, 'ObjectCreated:Copy', request.requestId);
    const answer = xmlResponse('CopyObjectResult', {
      ETag: `"${version.etag}"`,
      LastModified: isoTime(version.modifiedAt),
    });
    return { ...answer, headers: { ...answer.headers, ...versionHeader(version) } };
  };

  const deleteObjects = async ({ bucket: name, request }: Call): Promise<AwsResponse> => {
    const bucket = bucketNamed(name);
    const document = readXml(request.body);
    const isQuiet = document.Quiet === 'true';
    const Deleted: XmlValue[] = [];
    const refused: XmlValue[] = [];
    for (const { key, versionId } of deletionsOf(request.body)) {
      try {
        const done = await remove(bucket, key, versionId, bypasses(request.headers), request.requestId);
        if (isQuiet) continue;
        Deleted.push({
          Key: key,
          VersionId: versionId,
          ...(done.isMarker && { DeleteMarker: true, DeleteMarkerVersionId: done.versionId }),
        });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        refused.push({ Key: key, VersionId: versionId, Code: error.code, Message: error.message });
      }
    }
    return xmlResponse('DeleteResult', { Deleted, Error: refused });
  };

  const listObjects = ({ bucket, operation, request: { query } }: Call): AwsResponse => {
    bucketNamed(bucket);
    const prefix = query.get('prefix') ?? '';
    const delimiter = query.get('delimiter') ?? '';
    const limit = Math.min(1000, Number(query.get('max-keys') ?? 1000));
    const token = query.get('continuation-token');
    const marker = operation === 'ListObjects' ? query.get('marker') : query.get('start-after');
    let after = token ? Buffer.from(token, 'base64url').toString() : (marker ?? '');
    const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string) => text;
    const Contents: XmlValue[] = [];
    const CommonPrefixes: XmlValue[] = [];
    let last = '';
    let more = true;
    while (more && Contents.length + CommonPrefixes.length < limit) {
      const page = store.list(bucket, prefix, after, limit - Contents.length - CommonPrefixes.length);
      more = page.length > 0;
      for (const object of page) {
        const cut = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
        if (cut >= 0) {
          last = object.key.slice(0, cut + delimiter.length);
          CommonPrefixes.push({ Prefix: encode(last) });
          // Continues behind everything that shares this prefix.
          after = `${last}\u{10FFFF}`;
          break;
        }
        last = after = object.key;
        Contents.push({ Key: encode(object.key), ...listedOf(object) });
      }
    }
    const IsTruncated = limit > 0 && more && store.list(bucket, prefix, after, 1).length > 0;
    const names = { Name: bucket, Prefix: encode(prefix), Delimiter: delimiter ? encode(delimiter) : undefined };
    const common = { ...names, MaxKeys: limit, EncodingType: query.get('encoding-type') ?? undefined, IsTruncated };
    return xmlResponse('ListBucketResult', {
      ...common,
      ...(operation === 'ListObjects'
        ? { Marker: encode(marker ?? ''), NextMarker: IsTruncated ? encode(last) : undefined }
        : {
            KeyCount: Contents.length + CommonPrefixes.length,
            ContinuationToken: token ?? undefined,
            StartAfter: marker ?? undefined,
            NextContinuationToken: IsTruncated ? Buffer.from(after).toString('base64url') : undefined,
          }),
      Contents,
      CommonPrefixes,
    });
  };

  const listVersions = ({ bucket, request: { query } }: Call): AwsResponse => {
    bucketNamed(bucket);
    const prefix = query.get('prefix') ?? '';
    const limit = Math.min(1000, Number(query.get('max-keys') ?? 1000));
    const found = store.listVersions(bucket, prefix, query.get('key-marker') ?? '', limit + 1);
    // A page ends with a whole key, so that the key alone tells where the next one begins.
    const beyond = found[limit];
    const page = beyond ? found.slice(0, limit).filter((version) => version.key !== beyond.key) : found;
    const shown = page.length > 0 ? page : found.slice(0, limit);
    const describe = (version: ObjectVersion): { [name: string]: XmlValue } => ({
      Key: version.key,
      VersionId: version.versionId,
      IsLatest: version.isLatest,
      ...(version.isDeleteMarker ? { LastModified: isoTime(version.modifiedAt) } : listedOf(version)),
    });
    return xmlResponse('ListVersionsResult', {
      ...{ Name: bucket, Prefix: prefix, MaxKeys: limit, IsTruncated: beyond !== undefined },
      NextKeyMarker: beyond && shown.at(-1)?.key,
      Version: shown.filter((version) => !version.isDeleteMarker).map(describe),
      DeleteMarker: shown.filter((version) => version.isDeleteMarker).map(describe),
    });
  };

  /** The form's signature decides who uploads; without one it is an anonymous upload, for the bucket policy to permit. */
  const postObject = async ({ bucket: name, request }: Call): Promise<AwsResponse> => {
    const bucket = bucketNamed(name);
    const form = readForm(String(request.headers['content-type']), request.body);
    const field = (key: string): string => form.fields.get(key) ?? '';
    let caller: Caller = { kind: 'anonymous' };
    if (form.fields.has('policy')) {
      caller = cloud.verifyPostPolicy({
        ...{ credential: field('x-amz-credential'), policy: field('policy'), signature: field('x-amz-signature') },
        securityToken: form.fields.get('x-amz-security-token'),
      });
      checkPolicy(form, name, Date.now());
    }
    if (field('key') === '') throw new AwsError('InvalidArgument', "Bucket POST must contain a field named 'key'.");
    const key = field('key').replaceAll('$' + '{filename}', form.fileName);
    cloud.authorize(caller, { action: 's3:PutObject', resource: objectArn(name, key) });
    const headers: IncomingHttpHeaders = Object.fromEntries(form.fields);
    headers['content-type'] ??= form.fileType ?? 'binary/octet-stream';
    const checksum = verifiedChecksum(headers, form.file);
    const details = { ...detailsOf(headers, bucket), checksum };
    const version = await put(bucket, key, form.file, details, 'ObjectCreated:Post', request.requestId);
    const location = `${cloud.endpoint}/${name}/${encodeURIComponent(key).replaceAll('%2F', '/')}`;
    const answer = { location, etag: `"${version.etag}"`, ...versionHeader(version) };
    const redirect = field('success_action_redirect');
    if (redirect !== '') {
      const target = new URL(redirect);
      for (const [parameter, value] of Object.entries({ bucket: name, key, etag: answer.etag })) {
        target.searchParams.set(parameter, value);
      }
      return { status: 303, headers: { ...answer, location: target.href } };
    }
    if (field('success_action_status') === '201') {
      const created = xmlResponse('PostResponse', { Location: location, Bucket: name, Key: key, ETag: answer.etag });
      return { ...created, status: 201, headers: { ...created.headers, ...answer } };
    }
    return { status: field('success_action_status') === '200' ? 200 : 204, headers: answer };
  };

  const uploadOf = ({ bucket, key, request }: Call) => {
    const upload = store.upload(request.query.get('uploadId') ?? '');
    if (!upload || upload.bucket !== bucket || upload.key !== key) {
      throw new AwsError(
        'NoSuchUpload',
        'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
        404,
      );
    }
    return upload;
  };
  const uploadPart = async (call: Call): Promise<AwsResponse> => {
    const { body, headers, query } = call.request;
    const upload = uploadOf(call);
    const number = Number(query.get('partNumber'));
    if (!Number.isInteger(number) || number < 1 || number > 10_000) {
      throw new AwsError('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
    }
    const checksum = verifiedChecksum(headers, body);
    const etag = md5(body);
    const former = store.parts(upload.id).find((part) => part.number === number);
    const file = await store.writeFile(body);
    store.savePart(upload.id, { number, file, size: body.length, etag, modifiedAt: Date.now() });
    if (former) await store.removeFiles([former.file]);
    return { status: 200, headers: { etag: `"${etag}"`, ...checksum } };
  };
  const completeUpload = async (call: Call): Promise<AwsResponse> => {
    const { bucket: name, key, request } = call;
    const upload = uploadOf(call);
    const bucket = bucketNamed(name);
    const stored = new Map(store.parts(upload.id).map((part) => [part.number, part]));
    const asked = manyOf<{ PartNumber: string; ETag: string }>(readXml(request.body).Part);
    const parts = asked.map(({ PartNumber, ETag }, index) => {
      const part = stored.get(Number(PartNumber));
      if (!part || part.etag !== ETag.replace(/^"|"$/g, '')) {
        throw new AwsError('InvalidPart', 'One or more of the specified parts could not be found.');
      }
      if (index > 0 && Number(PartNumber) <= Number(asked[index - 1]?.PartNumber)) {
        throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order.');
      }
      if (index < asked.length - 1 && part.size < smallestPart) {
        throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
      }
      return part;
    });
    if (parts.length === 0) throw new AwsError('MalformedXML', 'You must specify at least one part');
    const body = Buffer.concat(await Promise.all(parts.map((part) => store.readFile(part.file))));
    const sum = createHash('md5');
    for (const part of parts) sum.update(Buffer.from(part.etag, 'hex'));
    const etag = `${sum.digest('hex')}-${parts.length}`;
    const event = 'ObjectCreated:CompleteMultipartUpload';
    const version = await put(bucket, key, body, upload.details, event, request.requestId, {
      etag,
      conditions: request.headers,
    });
    await store.removeUpload(upload.id);
    const Location = `${cloud.endpoint}/${name}/${key}`;
    const answer = xmlResponse('CompleteMultipartUploadResult', {
      Location,
      Bucket: name,
      Key: key,
      ETag: `"${etag}"`,
    });
    return { ...answer, headers: { ...answer.headers, ...versionHeader(version) } };
  };

  /** Changes what is kept beside a version; the bytes stay. */
  const changeDetails = (
    call: Call,
    change: (version: ObjectVersion) => Partial<ObjectDetails>,
    status = 200,
  ): AwsResponse => {
    const version = versionFor(call);
    store.saveDetails(version.sequence, { ...version, ...change(version) });
    return { status, headers: versionHeader(version) };
  };
  const needsLock = (name: string): void => {
    if (!bucketNamed(name).objectLock)
      throw new AwsError('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  };
  const changeBucket = (name: string, change: Partial<Bucket>): AwsResponse => {
    store.saveBucket({ ...bucketNamed(name), ...change });
    return empty;
  };

  const operations: Record<string, Operation> = {
    ListBuckets: () =>
      xmlResponse('ListAllMyBucketsResult', {
        Owner: { ID: cloud.accountId },
        Buckets: { Bucket: store.buckets().map(({ name, createdAt }) => ({ Name: name, CreationDate: createdAt })) },
      }),
    CreateBucket: ({ bucket, request }) => {
      if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
        throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.');
      }
      if (store.bucket(bucket)) {
        throw new AwsError(
          'BucketAlreadyOwnedByYou',
          'Your previous request to create the named bucket succeeded and you already own it.',
          409,
        );
      }
      const objectLock = request.headers['x-amz-bucket-object-lock-enabled'] === 'true';
      store.saveBucket({ ...newBucket(bucket), objectLock, versioning: objectLock ? 'Enabled' : '' });
      return { status: 200, headers: { location: `/${bucket}` } };
    },
    HeadBucket: ({ bucket }) => {
      bucketNamed(bucket);
      return { status: 200, headers: { 'x-amz-bucket-region': cloud.region } };
    },
    DeleteBucket: ({ bucket }) => {
      bucketNamed(bucket);
      if (!store.isEmpty(bucket)) {
        throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409);
      }
      store.deleteBucket(bucket);
      return { status: 204 };
    },
    GetBucketLocation: ({ bucket }) => {
      bucketNamed(bucket);
      return xmlResponse('LocationConstraint', {});
    },
    GetBucketVersioning: ({ bucket }) =>
      xmlResponse('VersioningConfiguration', { Status: bucketNamed(bucket).versioning || undefined }),
    PutBucketVersioning: ({ bucket, request }) => {
      const versioning = readXml(request.body).Status === 'Enabled' ? 'Enabled' : 'Suspended';
      if (bucketNamed(bucket).objectLock && versioning !== 'Enabled') {
        throw new AwsError(
          'InvalidBucketState',
          'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
          409,
        );
      }
      return changeBucket(bucket, { versioning });
    },
    GetObjectLockConfiguration: ({ bucket }) => {
      const { objectLock, defaultRetention } = bucketNamed(bucket);
      if (!objectLock) {
        throw new AwsError(
          'ObjectLockConfigurationNotFoundError',
          'Object Lock configuration does not exist for this bucket',
          404,
        );
      }
      const Rule = defaultRetention && {
        DefaultRetention: { Mode: defaultRetention.mode, Days: defaultRetention.days },
      };
      return xmlResponse('ObjectLockConfiguration', { ObjectLockEnabled: 'Enabled', Rule });
    },
    PutObjectLockConfiguration: ({ bucket, request }) => {
      needsLock(bucket);
      const { Rule } = readXml(request.body) as { Rule?: { DefaultRetention?: Record<string, string> } };
      const { Mode, Days, Years } = Rule?.DefaultRetention ?? {};
      const days = Number(Days ?? 0) + Number(Years ?? 0) * 365;
      return changeBucket(bucket, { defaultRetention: Mode ? { mode: Mode, days } : undefined });
    },
    GetBucketNotificationConfiguration: ({ bucket }) =>
      xmlResponse('NotificationConfiguration', apiNotifications(bucketNamed(bucket).notifications)),
    PutBucketNotificationConfiguration: ({ bucket, request }) =>
      changeBucket(bucket, { notifications: notificationsOf(readXml(request.body)) }),
    GetBucketCors: ({ bucket }) => {
      const rules = bucketNamed(bucket).cors;
      if (rules.length === 0) {
        throw new AwsError('NoSuchCORSConfiguration', 'The CORS configuration does not exist', 404);
      }
      const CORSRule = rules.map((rule) => ({
        ...{
          AllowedOrigin: rule.AllowedOrigins,
          AllowedMethod: rule.AllowedMethods,
          AllowedHeader: rule.AllowedHeaders,
        },
        ...{ ExposeHeader: rule.ExposedHeaders, MaxAgeSeconds: rule.MaxAge },
      }));
      return xmlResponse('CORSConfiguration', { CORSRule });
    },
    PutBucketCors: ({ bucket, request }) => {
      const rules = manyOf<Record<string, unknown>>(readXml(request.body).CORSRule);
      return changeBucket(bucket, {
        cors: rules.map((rule) => ({
          AllowedOrigins: manyOf<string>(rule.AllowedOrigin),
          AllowedMethods: manyOf<string>(rule.AllowedMethod),
          AllowedHeaders: manyOf<string>(rule.AllowedHeader),
          ExposedHeaders: manyOf<string>(rule.ExposeHeader),
          ...(rule.MaxAgeSeconds !== undefined && { MaxAge: Number(rule.MaxAgeSeconds) }),
        })),
      });
    },
    DeleteBucketCors: ({ bucket }) => ({ ...changeBucket(bucket, { cors: [] }), status: 204 }),
    GetBucketTagging: ({ bucket }) => {
      const { tags } = bucketNamed(bucket);
      if (Object.keys(tags).length === 0) throw new AwsError('NoSuchTagSet', 'The TagSet does not exist', 404);
      return xmlResponse('Tagging', { TagSet: { Tag: tagList(tags) } });
    },
    PutBucketTagging: ({ bucket, request }) => ({
      ...changeBucket(bucket, { tags: tagsOf(request.body) }),
      status: 204,
    }),
    DeleteBucketTagging: ({ bucket }) => ({ ...changeBucket(bucket, { tags: {} }), status: 204 }),
    ListObjects: listObjects,
    ListObjectsV2: listObjects,
    ListObjectVersions: listVersions,
    DeleteObjects: deleteObjects,
    PostObject: postObject,
    GetObject: getObject,
    HeadObject: getObject,
    PutObject: putObject,
    CopyObject: copyObject,
    DeleteObject: async ({ bucket, key, versionId, request }) => {
      const { headers, requestId } = request;
      const done = await remove(bucketNamed(bucket), key, versionId, bypasses(headers), requestId);
      return {
        status: 204,
        headers: {
          ...(done.versionId && { 'x-amz-version-id': done.versionId }),
          ...(done.isMarker && { 'x-amz-delete-marker': 'true' }),
        },
      };
    },
    GetObjectTagging: (call) => xmlResponse('Tagging', { TagSet: { Tag: tagList(versionFor(call).tags) } }),
    PutObjectTagging: (call) => changeDetails(call, () => ({ tags: tagsOf(call.request.body) })),
    DeleteObjectTagging: (call) => changeDetails(call, () => ({ tags: {} }), 204),
    GetObjectRetention: (call) => {
      const { lockMode, retainUntil } = versionFor(call);
      if (!lockMode || !retainUntil) {
        throw new AwsError(
          'NoSuchObjectLockConfiguration',
          'The specified object does not have a ObjectLock configuration',
          404,
        );
      }
      return xmlResponse('Retention', { Mode: lockMode, RetainUntilDate: isoTime(retainUntil) });
    },
    PutObjectRetention: (call) => {
      needsLock(call.bucket);
      const { Mode, RetainUntilDate } = readXml(call.request.body) as Record<string, string>;
      const now = Date.now();
      const retainUntil = retentionDate(RetainUntilDate ?? '', now);
      return changeDetails(call, (version) => {
        checkRetention(version, Mode ?? '', retainUntil, bypasses(call.request.headers), now);
        return { lockMode: Mode, retainUntil };
      });
    },
    GetObjectLegalHold: (call) => xmlResponse('LegalHold', { Status: versionFor(call).legalHold ? 'ON' : 'OFF' }),
    PutObjectLegalHold: (call) => {
      needsLock(call.bucket);
      return changeDetails(call, () => ({ legalHold: readXml(call.request.body).Status === 'ON' }));
    },
    CreateMultipartUpload: ({ bucket: name, key, request }) => {
      const id = randomUUID();
      store.saveUpload({ id, bucket: name, key, details: detailsOf(request.headers, bucketNamed(name)) });
      return xmlResponse('InitiateMultipartUploadResult', { Bucket: name, Key: key, UploadId: id });
    },
    UploadPart: uploadPart,
    CompleteMultipartUpload: completeUpload,
    AbortMultipartUpload: async (call) => {
      await store.removeUpload(uploadOf(call).id);
      return { status: 204 };
    },
    ListParts: (call) => {
      const { id, bucket: Bucket, key: Key } = uploadOf(call);
      const Part = store.parts(id).map(({ number, size, etag, modifiedAt }) => ({
        ...{ PartNumber: number, Size: size, ETag: `"${etag}"`, LastModified: isoTime(modifiedAt) },
      }));
      return xmlResponse('ListPartsResult', { Bucket, Key, UploadId: id, IsTruncated: false, Part });
    },
    Preflight: ({ bucket, request }) => {
      const method = request.headers['access-control-request-method'] ?? '';
      const headers = corsHeaders(store.bucket(bucket), request.headers, method);
      if (!headers) throw new AwsError('AccessForbidden', 'CORSResponse: This CORS request is not allowed.', 403);
      return { status: 200, headers };
    },
  };

  const inProcess = (caller: Caller, action: string, resource: string): void =>
    cloud.authorize(caller, { action, resource });
  cloud.provide('readObject', async (bucket, key, caller) => {
    inProcess(caller, 's3:GetObject', objectArn(bucket, key));
    const version = store.find(bucket, key);
    if (!version || version.isDeleteMarker) return undefined;
    const { headers } = version;
    const metadata = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
    return {
      body: await store.readFile(version.file),
      contentType: headers['content-type'] ?? 'binary/octet-stream',
      etag: `"${version.etag}"`,
      lastModified: new Date(version.modifiedAt),
      metadata: Object.fromEntries(metadata.map(([name, value]) => [name.slice('x-amz-meta-'.length), value])),
      cacheControl: headers['cache-control'],
      contentEncoding: headers['content-encoding'],
      contentDisposition: headers['content-disposition'],
    };
  });
  cloud.provide('writeObject', async (bucketName, key, object, caller) => {
    inProcess(caller, 's3:PutObject', objectArn(bucketName, key));
    const bucket = bucketNamed(bucketName);
    const { contentType, cacheControl, contentEncoding, contentDisposition, metadata = {} } = object;
    const meta = Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name.toLowerCase()}`, value]);
    const headers: Record<string, string> = {
      'content-type': contentType,
      ...(cacheControl && { 'cache-control': cacheControl }),
      ...(contentEncoding && { 'content-encoding': contentEncoding }),
      ...(contentDisposition && { 'content-disposition': contentDisposition }),
      ...Object.fromEntries(meta),
    };
    const details = { headers, tags: {}, ...lockOf({}, bucket, Date.now()) };
    await put(bucket, key, object.body, details, 'ObjectCreated:Put', randomUUID());
  });
  cloud.provide('deleteObject', async (bucket, key, caller) => {
    inProcess(caller, 's3:DeleteObject', objectArn(bucket, key));
    await remove(bucketNamed(bucket), key, undefined, false, randomUUID());
  });
  cloud.provide('listObjects', async (bucket, prefix, caller) => {
    inProcess(caller, 's3:ListBucket', bucketArn(bucket));
    bucketNamed(bucket);
    return store.list(bucket, prefix, '', -1).map((version) => version.key);
  });

  return {
    names: ['s3'],
    resources: {
      'AWS::S3::Bucket': (resource) => provisionBucket(resource, store, cloud),
      'AWS::S3::BucketPolicy': ({ properties }) => {
        const bucket = bucketNamed(String(properties.Bucket)).name;
        cloud.attachResourcePolicy(bucketArn(bucket), properties.PolicyDocument as unknown as PolicyDocument);
        return { ref: bucket };
      },
      'Custom::S3BucketNotifications': ({ stack, logicalId, properties }) => {
        changeBucket(String(properties.BucketName), {
          notifications: (properties.NotificationConfiguration ?? {}) as JsonObject,
        });
        return { ref: `${stack}-${logicalId}` };
      },
    },
    rights(request) {
      const route = routeOf(request);
      const deleted = route.operation === 'DeleteObjects' ? deletionsOf(request.body) : [];
      return requiredRights(route, request.query, request.headers, deleted);
    },
    async handle(request) {
      const route = routeOf(request);
      const operation = operations[route.operation];
      if (!operation) throw new AwsError('NotImplemented', `The local S3 does not speak ${route.operation}.`, 501);
      const answer = await operation({ ...route, request });
      const cors =
        route.operation !== 'Preflight' && corsHeaders(store.bucket(route.bucket), request.headers, request.method);
      return cors ? { ...answer, headers: { ...answer.headers, ...cors } } : answer;
    },
    async stop() {
      store.close();
    },
    async inspect(path, query): Promise<Json | undefined> {
      if (path === '') return store.buckets() as unknown as Json;
      const bucket = store.bucket(decodeURIComponent(path));
      if (!bucket) return undefined;
      const objects = store.list(bucket.name, query.get('prefix') ?? '', query.get('after') ?? '', 200);
      return objects.map(({ key, size, etag, modifiedAt, headers }) => ({ key, size, etag, modifiedAt, headers }));
    },
  };
}

const isoTime = (time: number): string => new Date(time).toISOString();
const bypasses = (headers: IncomingHttpHeaders): boolean => headers['x-amz-bypass-governance-retention'] === 'true';
const versionHeader = ({ versionId }: ObjectVersion): Record<string, string> =>
  versionId === 'null' ? {} : { 'x-amz-version-id': versionId };
const listedOf = ({ modifiedAt, etag, size }: ObjectVersion) => ({
  ...{ LastModified: isoTime(modifiedAt), ETag: `"${etag}"`, Size: size, StorageClass: 'STANDARD' },
});
const tagList = (tags: Record<string, string>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

function tagsOf(body: Buffer): Record<string, string> {
  const { TagSet } = readXml(body) as { TagSet?: { Tag?: unknown } };
  return Object.fromEntries(manyOf<{ Key: string; Value: string }>(TagSet?.Tag).map(({ Key, Value }) => [Key, Value]));
}

function deletionsOf(body: Buffer): { key: string; versionId?: string }[] {
  return manyOf<{ Key: string; VersionId?: string }>(readXml(body).Object).map(({ Key, VersionId }) => ({
    key: Key,
    ...(VersionId && { versionId: VersionId }),
  }));
}

function detailsOf(headers: IncomingHttpHeaders, bucket: Bucket): ObjectDetails {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && (keptHeaders.includes(name) || name.startsWith('x-amz-meta-')))
      kept[name] = String(value);
  }
  // The chunks of an upload are no property of the object.
  const encoding = kept['content-encoding']?.replace(/^aws-chunked,?\s*|,\s*aws-chunked$/, '');
  if (encoding) kept['content-encoding'] = encoding;
  else delete kept['content-encoding'];
  kept['content-type'] ??= 'binary/octet-stream';
  const tags = Object.fromEntries(new URLSearchParams(String(headers['x-amz-tagging'] ?? '')));
  return { headers: kept, tags, ...lockOf(headers, bucket, Date.now()) };
}

function objectHeaders(version: ObjectVersion, asked: IncomingHttpHeaders): Record<string, string> {
  const tagCount = Object.keys(version.tags).length;
  return {
    ...version.headers,
    ...versionHeader(version),
    etag: `"${version.etag}"`,
    'last-modified': new Date(version.modifiedAt).toUTCString(),
    'accept-ranges': 'bytes',
    ...(asked['x-amz-checksum-mode'] === 'ENABLED' && version.checksum),
    ...(tagCount > 0 && { 'x-amz-tagging-count': String(tagCount) }),
    ...(version.lockMode && { 'x-amz-object-lock-mode': version.lockMode }),
    ...(version.retainUntil && { 'x-amz-object-lock-retain-until-date': isoTime(version.retainUntil) }),
    ...(version.legalHold && { 'x-amz-object-lock-legal-hold': 'ON' }),
  };
}

/** Headers of the first CORS rule that permits the request; undefined when none does or no browser asks. */
function corsHeaders(
  bucket: Bucket | undefined,
  headers: IncomingHttpHeaders,
  method: string,
): Record<string, string> | undefined {
  const { origin } = headers;
  if (!bucket || !origin) return undefined;
  const like = (pattern: string, text: string): boolean => {
    const [before = '', after] = pattern.toLowerCase().split('*');
    const lower = text.toLowerCase();
    return after === undefined ? lower === before : lower.startsWith(before) && lower.endsWith(after);
  };
  const wanted = String(headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const rule = bucket.cors.find(
    (one) =>
      one.AllowedOrigins.some((pattern) => like(pattern, origin)) &&
      one.AllowedMethods.includes(method) &&
      wanted.every((name) => one.AllowedHeaders?.some((pattern) => like(pattern, name))),
  );
  if (!rule) return undefined;
  const anyOrigin = rule.AllowedOrigins.includes('*');
  return {
    'access-control-allow-origin': anyOrigin ? '*' : origin,
    'access-control-allow-methods': rule.AllowedMethods.join(', '),
    ...(wanted.length > 0 && { 'access-control-allow-headers': wanted.join(', ') }),
    ...(rule.ExposedHeaders?.length && { 'access-control-expose-headers': rule.ExposedHeaders.join(', ') }),
    ...(rule.MaxAge !== undefined && { 'access-control-max-age': String(rule.MaxAge) }),
    ...(!anyOrigin && { 'access-control-allow-credentials': 'true' }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

/** The XML form of the API, as the JSON form that is kept. Topics are refused. */
function notificationsOf(document: Record<string, unknown>): JsonObject {
  if (document.TopicConfiguration !== undefined) {
    throw new AwsError('NotImplemented', 'The local S3 does not notify topics.', 501);
  }
  const rules = (name: string, target: string) =>
    manyOf<Record<string, unknown>>(document[name]).map((rule) => {
      const filter = rule.Filter as { S3Key?: { FilterRule?: unknown } } | undefined;
      return {
        [`${target}Arn`]: String(rule[target === 'LambdaFunction' ? 'CloudFunction' : target]),
        Events: manyOf<string>(rule.Event),
        Filter: { Key: { FilterRules: manyOf<JsonObject>(filter?.S3Key?.FilterRule) } },
      };
    });
  return {
    LambdaFunctionConfigurations: rules('CloudFunctionConfiguration', 'LambdaFunction'),
    QueueConfigurations: rules('QueueConfiguration', 'Queue'),
    ...(document.EventBridgeConfiguration !== undefined && { EventBridgeConfiguration: {} }),
  };
}

function apiNotifications(notifications: JsonObject): { [name: string]: XmlValue } {
  const rules = notificationRules(notifications).map((rule) => {
    const functionArn = rule.LambdaFunctionArn ?? rule.Function;
    const filter = rule.Filter?.Key ?? rule.Filter?.S3Key;
    const S3Key = { FilterRule: filter?.FilterRules ?? filter?.Rules };
    const target = functionArn ? { CloudFunction: functionArn } : { Queue: rule.QueueArn ?? rule.Queue };
    return { isFunction: functionArn !== undefined, element: { ...target, Event: rule.Events, Filter: { S3Key } } };
  });
  return {
    CloudFunctionConfiguration: rules.filter((rule) => rule.isFunction).map((rule) => rule.element),
    QueueConfiguration: rules.filter((rule) => !rule.isFunction).map((rule) => rule.element),
    ...(notifications.EventBridgeConfiguration !== undefined && { EventBridgeConfiguration: {} }),
  };
}
