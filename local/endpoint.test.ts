import { mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type LocalPlatform, startLocal } from './runner.ts';
import { writeAssembly } from './testing/fixture-assembly.ts';

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

describe('the endpoint', () => {
  let platform: LocalPlatform;
  beforeAll(async () => {
    platform = await startLocal({
      assembly: writeAssembly({
        S: { template: { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } } } } },
      }),
      stateDir: mkdtempSync(join(tmpdir(), 'state-')),
      quiet: true,
    });
  });
  afterAll(() => platform.stop());

  /** Status and body of a request with exactly these headers. */
  function ask(
    path: string,
    headers: Record<string, string> = {},
    method = 'GET',
  ): Promise<{ status: number; body: string }> {
    return new Promise((done, failed) => {
      const outgoing = request(`${platform.endpoint}${path}`, { method, headers }, (incoming) => {
        let body = '';
        incoming.on('data', (chunk) => {
          body += chunk;
        });
        incoming.on('end', () => done({ status: incoming.statusCode ?? 0, body }));
      });
      outgoing.on('error', failed);
      outgoing.end();
    });
  }

  test('refuses a foreign host name, so that no web page reaches it by rebinding its own', async () => {
    expect((await ask('/_local/', { host: 'evil.example' })).status).toBe(403);
    expect((await ask('/_local/', { host: 'localhost.evil.example:4566' })).status).toBe(403);
    expect((await ask('/_local/', { host: 'localhost:4566' })).status).toBe(200);
  });

  test('words errors in the protocol of the service', async () => {
    const lambda = new LambdaClient({ endpoint: platform.endpoint, region: 'us-east-1', credentials });
    await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:none',
    });
    const sqs = new SQSClient({ endpoint: platform.endpoint, region: 'us-east-1', credentials });
    const QueueUrl = `${platform.endpoint}/000000000000/none`;
    await expect(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  test('a broken signature is an answer, not a crash', async () => {
    const broken = { authorization: 'AWS4-HMAC-SHA256 Credential=a/b, Signature=c' };
    const { status, body } = await ask('/', broken);
    expect(status).toBe(400);
    expect(body).toContain('IncompleteSignature');
    const unknownKey =
      'AWS4-HMAC-SHA256 Credential=AKIANOBODY/20261121/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';
    expect((await ask('/bucket/key', { authorization: unknownKey })).body).toContain('<Code>InvalidAccessKeyId</Code>');
  });

  test('objects with any name and a streamed body pass with the SDK as it is', async () => {
    const s3 = new S3Client({ endpoint: platform.endpoint, region: 'us-east-1', credentials });
    const Key = 'a b/ü+(1)!~*.txt';
    async function* chunks() {
      yield Buffer.from('hello ');
      yield Buffer.from('world');
    }
    await s3.send(new PutObjectCommand({ Bucket: 'files', Key, Body: Readable.from(chunks()), ContentLength: 11 }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'files', Key }));
    expect(await Body?.transformToString()).toBe('hello world');
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: 'files', Prefix: 'a b/' }));
    expect(Contents?.map((object) => object.Key)).toEqual([Key]);
    await expect(s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    const foreign = new S3Client({
      endpoint: platform.endpoint,
      region: 'us-east-1',
      credentials: { ...credentials, secretAccessKey: 'x' },
    });
    await expect(foreign.send(new GetObjectCommand({ Bucket: 'files', Key }))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    });
  });

  test('an operation that needs a signature is refused without one', async () => {
    const { status, body } = await ask('/', { 'x-amz-target': 'DynamoDB_20120810.ListTables' }, 'POST');
    expect(status).toBe(400);
    expect(body).toContain('MissingAuthenticationTokenException');
  });

  test('the console is served with a strict content security policy, its data as JSON', async () => {
    const page = await fetch(`${platform.endpoint}/_local/`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(await (await fetch(`${platform.endpoint}/_local/api/accepted`)).json()).toEqual([]);
    expect(await (await fetch(`${platform.endpoint}/_local/mail.json`)).json()).toEqual([]);
    expect((await ask('/_local/nothing')).status).toBe(404);
  });
});
