import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { createFakeCloud, type FakeCloud } from '../testing/fake-cloud.ts';
import { type ServedService, serveService } from '../testing/serve-service.ts';
import type { AwsRequest, JsonObject, RequiredRight, Service } from '../types.ts';
import { createSqs } from './sqs.ts';

let cloud: FakeCloud;
let service: Service;
let served: ServedService;
let client: SQSClient;
const demanded: RequiredRight[] = [];
const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const url = (name: string) => `http://localhost:4566/000000000000/${name}`;

const provision = async (name: string, properties: JsonObject = {}) =>
  service.resources['AWS::SQS::Queue']?.({
    stack: 'messaging',
    logicalId: name.replace(/\W/g, ''),
    type: 'AWS::SQS::Queue',
    properties: { QueueName: name, ...properties },
  });
const clientFor = (endpoint: string) =>
  new SQSClient({
    endpoint,
    region: 'us-east-1',
    useQueueUrlAsEndpoint: false,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
const send = (queue: string, MessageBody: string, more: object = {}) =>
  client.send(new SendMessageCommand({ QueueUrl: url(queue), MessageBody, ...more }));
const receive = async (queue: string, more: Partial<ReceiveMessageCommandInput> = {}) =>
  (
    await client.send(
      new ReceiveMessageCommand({ QueueUrl: url(queue), MessageSystemAttributeNames: ['All'], ...more }),
    )
  ).Messages ?? [];
const release = (queue: string, ReceiptHandle = '') =>
  client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url(queue), ReceiptHandle, VisibilityTimeout: 0 }));
const remove = (queue: string, ReceiptHandle = '') =>
  client.send(new DeleteMessageCommand({ QueueUrl: url(queue), ReceiptHandle }));

beforeAll(async () => {
  cloud = createFakeCloud({ authorize: (_caller, right) => demanded.push(right) });
  service = createSqs(cloud);
  served = await serveService(cloud, service);
  client = clientFor(served.url);
});
afterAll(async () => {
  client.destroy();
  await served.close();
  await service.stop?.();
});

test('a message comes back with its attributes and checksums that the SDK verifies, and is gone after its deletion', async () => {
  await provision('plain');
  const attributes = {
    kind: { DataType: 'String', StringValue: 'order' },
    raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
  };
  const sent = await send('plain', 'hello ü', { MessageAttributes: attributes });
  const [message] = await receive('plain', { MessageAttributeNames: ['All'] });
  expect(message?.Body).toBe('hello ü');
  expect(message?.MessageId).toBe(sent.MessageId);
  expect(message?.MessageAttributes?.raw?.BinaryValue).toEqual(new Uint8Array([1, 2, 3]));
  expect(message?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
  expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', SenderId: '000000000000' });
  expect(await receive('plain')).toEqual([]);
  await remove('plain', message?.ReceiptHandle);
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url('plain'), AttributeNames: ['All'] }),
  );
  expect(Attributes).toMatchObject({
    ...{ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' },
    ...{ VisibilityTimeout: '30', QueueArn: arn('plain') },
  });
});

test('the checksum of attributes is the one that AWS computes', async () => {
  const MessageAttributes = { timestamp: { DataType: 'Number', StringValue: '1493147359900' } };
  const sent = await send('plain', 'x', { MessageAttributes });
  expect(sent.MD5OfMessageAttributes).toBe('235c5c510d26fb653d073faed50ae77c');
  await client.send(new PurgeQueueCommand({ QueueUrl: url('plain') }));
});

test('a long poll answers at once when a message comes, and when a hidden one becomes visible', async () => {
  await provision('polled');
  const began = Date.now();
  const waiting = receive('polled', { WaitTimeSeconds: 10 });
  setTimeout(() => send('polled', 'now'), 50);
  const [message] = await waiting;
  expect(message?.Body).toBe('now');
  const again = receive('polled', { WaitTimeSeconds: 10 });
  await release('polled', message?.ReceiptHandle);
  expect((await again)[0]?.Attributes?.ApproximateReceiveCount).toBe('2');
  await send('polled', 'later', { DelaySeconds: 1 });
  expect((await receive('polled', { WaitTimeSeconds: 10 }))[0]?.Body).toBe('later');
  expect(Date.now() - began).toBeLessThan(2_000);
});

test('a message received too often goes to the dead letters, and redrive brings it back', async () => {
  await provision('dead');
  await provision('source', { RedrivePolicy: { deadLetterTargetArn: arn('dead'), maxReceiveCount: 2 } });
  await send('source', 'poison');
  for (let count = 0; count < 2; count++) {
    const [message] = await receive('source');
    await release('source', message?.ReceiptHandle);
  }
  expect(await receive('source')).toEqual([]);
  expect(cloud.calls.notified.at(-1)).toBe(arn('dead'));
  const sources = await client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url('dead') }));
  expect(sources.queueUrls).toEqual([url('source')]);
  await client.send(new StartMessageMoveTaskCommand({ SourceArn: arn('dead') }));
  const { Results } = await client.send(new ListMessageMoveTasksCommand({ SourceArn: arn('dead') }));
  expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
  const [back] = await receive('source');
  expect(back?.Body).toBe('poison');
  expect(back?.Attributes?.ApproximateReceiveCount).toBe('1');
});

test('a FIFO queue keeps the order within a group, blocks it while a message is in flight, and drops duplicates', async () => {
  await provision('ordered.fifo', { FifoQueue: true, ContentBasedDeduplication: true });
  for (const [body, MessageGroupId] of [
    ['a1', 'a'],
    ['a2', 'a'],
    ['b1', 'b'],
    ['a1', 'a'],
  ]) {
    await send('ordered.fifo', body ?? '', { MessageGroupId });
  }
  const [first] = await receive('ordered.fifo');
  const [second] = await receive('ordered.fifo');
  expect([first?.Body, second?.Body]).toEqual(['a1', 'b1']);
  expect(await receive('ordered.fifo')).toEqual([]);
  await remove('ordered.fifo', first?.ReceiptHandle);
  expect((await receive('ordered.fifo', { MaxNumberOfMessages: 10 })).map((message) => message.Body)).toEqual(['a2']);
});

test('each entry of a batch succeeds or fails by itself', async () => {
  const answer = await client.send(
    new SendMessageBatchCommand({
      QueueUrl: url('plain'),
      Entries: [
        { Id: 'good', MessageBody: 'good' },
        { Id: 'bad', MessageBody: 'bad \u0001' },
      ],
    }),
  );
  expect(answer.Successful?.map((entry) => entry.Id)).toEqual(['good']);
  expect(answer.Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidMessageContents', SenderFault: true }]);
  await client.send(new PurgeQueueCommand({ QueueUrl: url('plain') }));
});

test('errors have the types that the SDK knows, and each operation demands its right on the queue', async () => {
  await expect(send('nowhere', 'x')).rejects.toBeInstanceOf(QueueDoesNotExist);
  await expect(remove('plain', 'nonsense')).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
  demanded.length = 0;
  await client.send(new GetQueueUrlCommand({ QueueName: 'plain' }));
  await client.send(
    new DeleteMessageBatchCommand({ QueueUrl: url('plain'), Entries: [{ Id: '1', ReceiptHandle: 'MTphYmM' }] }),
  );
  expect(demanded).toEqual([
    { action: 'sqs:GetQueueUrl', resource: arn('plain') },
    { action: 'sqs:DeleteMessage', resource: arn('plain') },
  ]);
});

test('provisioning again keeps the messages, and an unknown property is an error', async () => {
  await provision('kept');
  await send('kept', 'still here');
  const created = await provision('kept', { VisibilityTimeout: 60 });
  expect(created).toEqual({
    ref: url('kept'),
    attributes: { Arn: arn('kept'), QueueName: 'kept', QueueUrl: url('kept') },
  });
  expect(await receive('kept')).toHaveLength(1);
  await expect(provision('kept', { Colour: 'blue' })).rejects.toThrow('does not know the queue property Colour');
});

test('a queue with its attributes can be made through the API', async () => {
  const made = await client.send(new CreateQueueCommand({ QueueName: 'made', Attributes: { DelaySeconds: '5' } }));
  expect(made.QueueUrl).toBe(url('made'));
  const differing = client.send(new CreateQueueCommand({ QueueName: 'made', Attributes: { DelaySeconds: '6' } }));
  await expect(differing).rejects.toMatchObject({ name: 'QueueNameExists' });
});

test('every message acknowledged before kill -9 is received after it', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'sqs-kill-'));
  const program = `
    const { createSqs } = await import(process.argv[1]);
    const { createFakeCloud } = await import(process.argv[2]);
    const service = createSqs(createFakeCloud({ stateDir: process.argv[3] }));
    const send = (operation, input) =>
      service.handle({ operation, body: Buffer.from(JSON.stringify(input)), caller: { kind: 'root' } });
    await send('CreateQueue', { QueueName: 'q' });
    for (let i = 0; ; i++) {
      await send('SendMessage', { QueueUrl: 'q', MessageBody: String(i) });
      console.log(i);
    }`;
  const child = spawn(process.execPath, [
    ...['--input-type=module', '-e', program],
    ...[join(__dirname, 'sqs.ts'), join(__dirname, '../testing/fake-cloud.ts'), stateDir],
  ]);
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
    if (printed.includes('\n100\n')) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('close', resolve));
  const acknowledged = printed.trim().split('\n').length;
  const again = createSqs(createFakeCloud({ stateDir }));
  const queues = (await again.inspect?.('', new URLSearchParams())) as { visible: number }[];
  expect(acknowledged).toBeGreaterThan(100);
  expect(queues[0]?.visible).toBeGreaterThanOrEqual(acknowledged);
  await again.stop?.();
});

test('what functions held when the platform ended is there again at the next start; what others hold stays theirs', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'sqs-held-'));
  const run = (sqs: Service, operation: string, input: JsonObject, kind: 'root' | 'role' = 'root') =>
    sqs.handle({
      operation,
      body: Buffer.from(JSON.stringify({ QueueUrl: 'q', ...input })),
      caller: kind === 'root' ? { kind } : { kind, roleArn: 'arn:aws:iam::0:role/r', sessionName: 's', policies: [] },
    } as AwsRequest);
  const before = createSqs(createFakeCloud({ stateDir }));
  await run(before, 'CreateQueue', { QueueName: 'q' });
  for (const MessageBody of ['function', 'other team']) await run(before, 'SendMessage', { MessageBody });
  await run(before, 'ReceiveMessage', {}, 'role');
  await run(before, 'ReceiveMessage', {});
  await before.stop?.();
  const after = createSqs(createFakeCloud({ stateDir }));
  await after.start?.();
  const queues = await after.inspect?.('', new URLSearchParams());
  expect(queues).toMatchObject([{ visible: 1, inFlight: 1 }]);
  const { body } = await run(after, 'ReceiveMessage', {}, 'role');
  expect(JSON.parse(String(body)).Messages).toMatchObject([{ Body: 'function' }]);
  await after.stop?.();
});
