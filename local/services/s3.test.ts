import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { createCore } from '../cloud.ts';
import { createEndpoint, type Endpoint } from '../endpoint.ts';
import { rootCredentials } from '../iam/credentials.ts';
import type { Cloud, JsonObject, Service } from '../types.ts';
import { createS3 } from './s3.ts';

const stateDir = mkdtempSync(join(tmpdir(), 's3-'));
const putEvents: JsonObject[] = [];
let endpoint: Endpoint;
let service: Service;
let cloud: Cloud;
let client: S3Client;

const coreOf = (url: string) =>
  createCore({
    ...{ region: 'us-east-1', accountId: '000000000000', stateDir, endpoint: url, ports: { web: 0, partner: 0 } },
    log: () => undefined,
    findAsset: () => undefined,
  });
const provision = async (properties: JsonObject) =>
  service.resources['AWS::S3::Bucket']?.({ stack: 'web', logicalId: 'Bucket', type: 'AWS::S3::Bucket', properties });
const put = (Bucket: string, Key: string, Body: string | Buffer, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Bucket: string, Key: string, more: object = {}) => {
  const answer = await client.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...answer, text: await answer.Body?.transformToString() };
};

beforeAll(async () => {
  endpoint = await createEndpoint(0);
  const core = coreOf(endpoint.url);
  cloud = core.cloud;
  cloud.provide('putEvent', async (_bus, event) => {
    putEvents.push(event);
  });
  service = createS3(cloud);
  core.register(service);
  endpoint.open(core, async () => undefined);
  client = new S3Client({
    ...{ endpoint: endpoint.url, region: 'us-east-1', forcePathStyle: true },
    credentials: rootCredentials,
  });
  await client.send(new CreateBucketCommand({ Bucket: 'files' }));
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
  await service.stop?.();
});

test('an object comes back with its metadata and checksum, in whole, in part, and by condition', async () => {
  const stored = await put('files', 'a/ü b.txt', 'hello world', {
    ...{ ContentType: 'text/plain', CacheControl: 'max-age=5', Metadata: { colour: 'blue' }, Tagging: 'a=1&b=2' },
  });
  const whole = await get('files', 'a/ü b.txt');
  expect(whole).toMatchObject({
    ...{ text: 'hello world', ContentType: 'text/plain', CacheControl: 'max-age=5', ETag: stored.ETag },
    ...{ Metadata: { colour: 'blue' }, ContentLength: 11 },
  });
  expect(whole.ContentEncoding).toBeUndefined();
  const part = await get('files', 'a/ü b.txt', { Range: 'bytes=-5' });
  expect(part).toMatchObject({ text: 'world', ContentRange: 'bytes 6-10/11' });
  const tags = await client.send(new GetObjectTaggingCommand({ Bucket: 'files', Key: 'a/ü b.txt' }));
  expect(tags.TagSet).toEqual([
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '2' },
  ]);
  await expect(get('files', 'a/ü b.txt', { IfNoneMatch: stored.ETag })).rejects.toMatchObject({
    $metadata: { httpStatusCode: 304 },
  });
  await expect(get('files', 'a/ü b.txt', { IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await expect(get('files', 'missing')).rejects.toBeInstanceOf(NoSuchKey);
});

test('of many writers who want no object there, exactly one wins', async () => {
  const writes = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) => put('files', 'once', String(index), { IfNoneMatch: '*' })),
  );
  expect(writes.filter((write) => write.status === 'fulfilled')).toHaveLength(1);
});

test('a listing has common prefixes, pages and no gaps', async () => {
  await client.send(new CreateBucketCommand({ Bucket: 'listed' }));
  for (const key of ['a/1', 'a/2', 'b', 'c/d/1', 'e&f']) await put('listed', key, 'x');
  const seen: (string | undefined)[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: 'listed', Delimiter: '/', MaxKeys: 1, ContinuationToken }),
    );
    seen.push(...(page.CommonPrefixes ?? []).map((one) => one.Prefix), ...(page.Contents ?? []).map((one) => one.Key));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  expect(seen).toEqual(['a/', 'b', 'c/', 'e&f']);
  expect(await cloud.listObjects('listed', 'a/', { kind: 'root' })).toEqual(['a/1', 'a/2']);
});

test('objects are copied and deleted, one or many', async () => {
  await put('files', 'from', 'content', { ContentType: 'text/css' });
  await client.send(new CopyObjectCommand({ Bucket: 'files', Key: 'to', CopySource: 'files/from' }));
  expect(await get('files', 'to')).toMatchObject({ text: 'content', ContentType: 'text/css' });
  await client.send(new DeleteObjectCommand({ Bucket: 'files', Key: 'from' }));
  const gone = await client.send(
    new DeleteObjectsCommand({ Bucket: 'files', Delete: { Objects: [{ Key: 'to' }, { Key: 'never' }] } }),
  );
  expect(gone.Deleted?.map((one) => one.Key)).toEqual(['to', 'never']);
  await expect(get('files', 'to')).rejects.toBeInstanceOf(NoSuchKey);
});

test('a multipart upload becomes one object', async () => {
  const where = { Bucket: 'files', Key: 'large' };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...where, ContentType: 'video/mp4' }));
  const bodies = [Buffer.alloc(5 * 1024 * 1024, 'a'), Buffer.from('end')];
  const Parts = [];
  for (const [index, Body] of bodies.entries()) {
    const { ETag } = await client.send(new UploadPartCommand({ ...where, UploadId, PartNumber: index + 1, Body }));
    Parts.push({ ETag, PartNumber: index + 1 });
  }
  const done = await client.send(
    new CompleteMultipartUploadCommand({ ...where, UploadId, MultipartUpload: { Parts } }),
  );
  expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  const head = await client.send(new HeadObjectCommand(where));
  expect(head).toMatchObject({ ContentLength: 5 * 1024 * 1024 + 3, ContentType: 'video/mp4' });
});

test('a versioned bucket keeps what was deleted, and a locked version can not be deleted', async () => {
  await provision({ BucketName: 'vault', ObjectLockEnabled: true });
  const until = new Date(Date.now() + 60_000);
  const locked = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until } as const;
  const first = await put('vault', 'book', 'one', locked);
  await put('vault', 'book', 'two');
  await client.send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'book' }));
  await expect(get('vault', 'book')).rejects.toBeInstanceOf(NoSuchKey);
  expect((await get('vault', 'book', { VersionId: first.VersionId })).text).toBe('one');
  const removal = new DeleteObjectCommand({ Bucket: 'vault', Key: 'book', VersionId: first.VersionId });
  await expect(client.send(removal)).rejects.toMatchObject({ name: 'AccessDenied' });
  const versions = await client.send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
  expect([versions.Versions?.length, versions.DeleteMarkers?.length]).toEqual([2, 1]);
});

test('an upload tells EventBridge when the bucket says so', async () => {
  await provision({
    BucketName: 'telling',
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
  });
  await put('telling', 'imports/1.csv', 'a,b');
  expect(putEvents.at(-1)).toMatchObject({
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'telling' }, object: { key: 'imports/1.csv', size: 3 }, reason: 'PutObject' },
  });
});

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const signingKey = (date: string): Buffer =>
  ['us-east-1', 's3', 'aws4_request'].reduce(
    (key, text) => hmac(key, text),
    hmac(`AWS4${rootCredentials.secretAccessKey}`, date),
  );

function presignedUrl(path: string, expires: number, at = new Date()): string {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  const date = time.slice(0, 8);
  const scope = `${date}/us-east-1/s3/aws4_request`;
  const query = new URLSearchParams({
    ...{ 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Credential': `${rootCredentials.accessKeyId}/${scope}` },
    ...{ 'X-Amz-Date': time, 'X-Amz-Expires': String(expires), 'X-Amz-SignedHeaders': 'host' },
  });
  const canonical = ['GET', path, String(query), `host:${new URL(endpoint.url).host}`, '', 'host', 'UNSIGNED-PAYLOAD'];
  const digest = createHash('sha256').update(canonical.join('\n')).digest('hex');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, digest].join('\n');
  query.set('X-Amz-Signature', hmac(signingKey(date), toSign).toString('hex'));
  return `${endpoint.url}${path}?${query}`;
}

test('a presigned URL works until it expires and not with a changed path; without a signature nothing is readable', async () => {
  await put('files', 'shared', 'for you');
  const good = await fetch(presignedUrl('/files/shared', 60));
  expect(await good.text()).toBe('for you');
  const late = await fetch(presignedUrl('/files/shared', 60, new Date(Date.now() - 120_000)));
  expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
  const changed = await fetch(presignedUrl('/files/shared', 60).replace('shared', 'other'));
  expect(await changed.text()).toContain('SignatureDoesNotMatch');
  expect((await fetch(`${endpoint.url}/files/shared`)).status).toBe(403);
});

test('a browser upload must fulfil every condition of its signed policy', async () => {
  const upload = async (changes: Record<string, string> = {}, content = 'picture', expiresIn = 60_000) => {
    const date = new Date().toISOString().slice(0, 10).replaceAll('-', '');
    const fields: Record<string, string> = {
      key: 'avatars/me.png',
      'Content-Type': 'image/png',
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-credential': `${rootCredentials.accessKeyId}/${date}/us-east-1/s3/aws4_request`,
      'x-amz-date': `${date}T000000Z`,
    };
    const policy = {
      expiration: new Date(Date.now() + expiresIn).toISOString(),
      conditions: [
        { bucket: 'files' },
        ['starts-with', '$key', 'avatars/'],
        ['starts-with', '$Content-Type', 'image/'],
        ['content-length-range', 1, 20],
        ...Object.entries(fields)
          .slice(2)
          .map(([name, value]) => ({ [name]: value })),
      ],
    };
    fields.policy = Buffer.from(JSON.stringify(policy)).toString('base64');
    fields['x-amz-signature'] = hmac(signingKey(date), fields.policy).toString('hex');
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, ...changes })) form.append(name, value);
    form.append('file', new Blob([content]), 'me.png');
    const answer = await fetch(`${endpoint.url}/files`, { method: 'POST', body: form });
    return [answer.status, /<Code>(.*?)<\/Code>/.exec(await answer.text())?.[1]];
  };
  expect(await upload()).toEqual([204, undefined]);
  expect(await get('files', 'avatars/me.png')).toMatchObject({ text: 'picture', ContentType: 'image/png' });
  expect(await upload({ key: 'elsewhere' })).toEqual([403, 'AccessDenied']);
  expect(await upload({ 'Content-Type': 'text/html' })).toEqual([403, 'AccessDenied']);
  expect(await upload({ 'x-amz-meta-extra': '1' })).toEqual([403, 'AccessDenied']);
  expect(await upload({}, 'x'.repeat(21))).toEqual([400, 'EntityTooLarge']);
  expect(await upload({}, 'picture', -1_000)).toEqual([403, 'AccessDenied']);
  expect(await upload({ 'x-amz-signature': '0'.repeat(64) })).toEqual([403, 'SignatureDoesNotMatch']);
});

test('objects are there after a restart on the same folder', async () => {
  const core = coreOf(endpoint.url);
  const again = createS3(core.cloud);
  const object = await core.cloud.readObject('files', 'shared', { kind: 'root' });
  expect(object?.body.toString()).toBe('for you');
  expect(await core.cloud.readObject('files', 'never', { kind: 'root' })).toBeUndefined();
  await again.stop?.();
});
