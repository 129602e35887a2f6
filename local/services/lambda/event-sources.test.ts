import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { eventually } from '../../testing/eventually.ts';
import { lambdaFunction, lambdaRole, writeAssembly } from '../../testing/fixture-assembly.ts';
import type { JsonObject } from '../../types.ts';

/** Writes each record into the sink; fails on purpose where the item says so, the first time. */
const sinkCode = `
const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
const db = new DynamoDBClient({});
const failed = new Set();
exports.handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const record of Records) {
    const id = record.body ?? record.dynamodb.NewImage.pk.S;
    const itemIdentifier = record.messageId ?? record.dynamodb.SequenceNumber;
    if (id.includes('once') && !failed.has(id)) { failed.add(id); batchItemFailures.push({ itemIdentifier }); if (!record.body) break; continue; }
    await db.send(new PutItemCommand({ TableName: 'sink', Item: { pk: { S: id }, at: { N: String(Date.now()) } } }));
  }
  return { batchItemFailures };
};`;

const table = (name: string, more: JsonObject = {}): JsonObject => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    ...more,
  },
});

const assembly = () =>
  writeAssembly({
    S: {
      assets: { sink: { 'index.js': sinkCode } },
      template: {
        Resources: {
          Source: table('source', { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
          Sink: table('sink'),
          Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q', VisibilityTimeout: 1 } },
          Role: lambdaRole(
            { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: { 'Fn::GetAtt': ['Sink', 'Arn'] } },
            {
              Effect: 'Allow',
              Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
              Resource: { 'Fn::GetAtt': ['Source', 'StreamArn'] },
            },
            {
              Effect: 'Allow',
              Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
              Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            },
          ),
          Fn: lambdaFunction('sink', 'Role', { Timeout: 10 }),
          Stream: {
            Type: 'AWS::Lambda::EventSourceMapping',
            Properties: {
              EventSourceArn: { 'Fn::GetAtt': ['Source', 'StreamArn'] },
              FunctionName: { Ref: 'Fn' },
              StartingPosition: 'LATEST',
              BatchSize: 10,
              FunctionResponseTypes: ['ReportBatchItemFailures'],
              FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"kind":{"S":["wanted"]}}}}' }] },
            },
          },
          Messages: {
            Type: 'AWS::Lambda::EventSourceMapping',
            Properties: {
              EventSourceArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
              FunctionName: { Ref: 'Fn' },
              FunctionResponseTypes: ['ReportBatchItemFailures'],
            },
          },
        },
      },
    },
  });

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The platform in a process of its own, so that it can be killed. */
class Runner {
  endpoint = '';
  #child: ChildProcess | undefined;
  readonly #args: string[];
  constructor(folder: string, state: string) {
    const ports = ['--web-port', '0', '--partner-port', '0', '--endpoint-port', '0'];
    this.#args = [join(__dirname, '../../main.ts'), '--assembly', folder, '--state', state, ...ports];
  }
  async start(): Promise<void> {
    const child = spawn(process.execPath, this.#args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    let output = '';
    for await (const chunk of child.stdout) {
      output += String(chunk);
      if (output.includes('ready in')) break;
    }
    this.endpoint = /endpoint +(\S+)/.exec(output)?.[1] ?? '';
    if (this.endpoint === '') throw new Error(`The platform did not start: ${output}`);
  }
  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
  get db(): DynamoDBClient {
    return new DynamoDBClient({ endpoint: this.endpoint, region: 'us-east-1', credentials });
  }
  get sqs(): SQSClient {
    return new SQSClient({ endpoint: this.endpoint, region: 'us-east-1', credentials });
  }
}

async function seen(db: DynamoDBClient): Promise<Map<string, number>> {
  const { Items = [] } = await db.send(new ScanCommand({ TableName: 'sink', ConsistentRead: true }));
  return new Map(Items.map(({ pk, at }) => [String(pk?.S), Number(at?.N)]));
}
/** When each id reached the function, once all of `ids` have. */
const until = (db: DynamoDBClient, ids: string[]): Promise<Map<string, number>> =>
  eventually(`${ids} reach the function`, async () => {
    const found = await seen(db);
    return ids.every((id) => found.has(id)) && found;
  });
/** Milliseconds from the sending of the quickest of five to its function: the others may have waited for the machine. */
async function quickest(db: DynamoDBClient, name: string, send: (id: string) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (const id of Array.from({ length: 5 }, (_, index) => `${name}-${index}`)) {
    const began = Date.now();
    await send(id);
    times.push(((await until(db, [id])).get(id) as number) - began);
  }
  return Math.min(...times);
}
const put = (db: DynamoDBClient, id: string, kind = 'wanted') =>
  db.send(new PutItemCommand({ TableName: 'source', Item: { pk: { S: id }, kind: { S: kind } } }));

describe('event sources', () => {
  let runner: Runner;
  beforeEach(async () => {
    runner = new Runner(assembly(), mkdtempSync(join(tmpdir(), 'state-')));
    await runner.start();
  });
  afterEach(() => runner.end('SIGKILL'));

  test('a stream record and a message reach the function at once; a filtered record does not; a failed one comes again', async () => {
    const { db, sqs } = runner;
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'q' }));
    const send = (body: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    await put(db, 'warm');
    await send('warm-message');
    await until(db, ['warm', 'warm-message']);
    expect(await quickest(db, 'quick', (id) => put(db, id))).toBeLessThan(300);
    expect(await quickest(db, 'quick-message', send)).toBeLessThan(300);

    await put(db, 'unwanted', 'other');
    await put(db, 'fails-once');
    await send('message-fails-once');
    await put(db, 'after');
    const found = await until(db, ['fails-once', 'message-fails-once', 'after']);
    const others = [...found.keys()].filter((id) => !id.startsWith('quick-'));
    expect(others.sort()).toEqual(['after', 'fails-once', 'message-fails-once', 'warm', 'warm-message']);
  });

  test('after kill -9 in the middle, every record and every message still reaches the function', async () => {
    const { db, sqs } = runner;
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'q' }));
    const ids: string[] = [];
    const writers = Array.from({ length: 100 }, async (_, index) => {
      await put(db, `item-${index}`).then(
        () => ids.push(`item-${index}`),
        () => undefined,
      );
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `message-${index}` })).then(
        () => ids.push(`message-${index}`),
        () => undefined,
      );
    });
    // In the middle: when some are acknowledged and others are not, however fast the machine is.
    while (ids.length < 20) await sleep(5);
    await runner.end('SIGKILL');
    await Promise.all(writers);
    expect(ids.length).toBeGreaterThan(0);
    await runner.start();
    await until(runner.db, ids);
  });
});
