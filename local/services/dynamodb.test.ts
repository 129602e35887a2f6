import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { eventually } from '../testing/eventually.ts';
import { createFakeCloud, type FakeCloud } from '../testing/fake-cloud.ts';
import { type ServedService, serveService } from '../testing/serve-service.ts';
import type { AwsRequest, JsonObject, RequiredRight, Service } from '../types.ts';
import { createDynamoDb } from './dynamodb.ts';

const tableProperties: JsonObject = {
  TableName: 'things',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'group'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-group',
      KeySchema: [{ AttributeName: 'group', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
};
const declaration = (properties = tableProperties) => ({
  stack: 'data',
  logicalId: 'Things',
  type: 'AWS::DynamoDB::Table',
  properties,
});
const provision = async (service: Service, properties = tableProperties) =>
  service.resources['AWS::DynamoDB::Table']?.(declaration(properties));

let cloud: FakeCloud;
let service: Service;
let served: ServedService;
let client: DynamoDBClient;
let documents: DynamoDBDocumentClient;
const demanded: RequiredRight[] = [];

const clientFor = (url: string) =>
  new DynamoDBClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
const callStreams = async (operation: string, input: JsonObject): Promise<JsonObject> => {
  const request = {
    service: 'dynamodb',
    operation,
    body: Buffer.from(JSON.stringify(input)),
    caller: { kind: 'root' },
  } as AwsRequest;
  await service.rights(request);
  const { body } = await service.handle(request);
  return JSON.parse(String(body));
};
interface Streamed {
  eventID: string;
  eventName: string;
  userIdentity?: JsonObject;
  dynamodb: { Keys: Record<string, { S: string }> };
}
const readStream = async (): Promise<Streamed[]> => {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'things' }));
  const StreamArn = Table?.LatestStreamArn ?? '';
  const described = await callStreams('DescribeStream', { StreamArn });
  const { Shards } = described.StreamDescription as unknown as { Shards: { ShardId: string }[] };
  const ShardId = Shards[0]?.ShardId ?? '';
  const { ShardIterator } = await callStreams('GetShardIterator', {
    StreamArn,
    ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  return (await callStreams('GetRecords', { ShardIterator: ShardIterator ?? '' })).Records as unknown as Streamed[];
};

/** Empty when the process has ended, also while nobody has collected its exit code yet. */
const commandLine = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};

beforeAll(async () => {
  cloud = createFakeCloud({ authorize: (_caller, right) => demanded.push(right) });
  service = createDynamoDb(cloud);
  await provision(service);
  served = await serveService(cloud, service);
  client = clientFor(served.url);
  documents = DynamoDBDocumentClient.from(client);
});
afterAll(async () => {
  client.destroy();
  await served.close();
  await service.stop?.();
});
beforeEach(() => {
  demanded.length = 0;
  cloud.calls.capacity.length = 0;
  cloud.calls.notified.length = 0;
});

test('ARNs of tables and streams are of the region of the platform, and a second provisioning changes nothing', async () => {
  const first = await provision(service);
  const second = await provision(service);
  expect(first?.ref).toBe('things');
  expect(first?.attributes?.Arn).toBe('arn:aws:dynamodb:us-east-1:000000000000:table/things');
  expect(String(first?.attributes?.StreamArn)).toMatch(
    /^arn:aws:dynamodb:us-east-1:000000000000:table\/things\/stream\/./,
  );
  expect(second).toEqual(first);
});

test('an index that the template adds is made on the existing table and filled, one that it drops goes', async () => {
  await provision(service, { ...tableProperties, TableName: 'growing' });
  await documents.send(new PutCommand({ TableName: 'growing', Item: { pk: 'a', sk: 'b', owner: 'o' } }));
  const owner = { AttributeName: 'owner', AttributeType: 'S' };
  await provision(service, {
    ...tableProperties,
    TableName: 'growing',
    AttributeDefinitions: [...(tableProperties.AttributeDefinitions as JsonObject[]).slice(0, 2), owner],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-owner',
        KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'growing' }));
  expect(Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName)).toEqual(['by-owner']);
  const found = await documents.send(
    new QueryCommand({
      TableName: 'growing',
      IndexName: 'by-owner',
      KeyConditionExpression: '#o = :o',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':o': 'o' },
    }),
  );
  expect(found.Items).toHaveLength(1);
});

test('each request demands its action on its table or index with the partition keys that it touches', async () => {
  const TableName = 'things';
  const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/things';
  await documents.send(new PutCommand({ TableName, Item: { pk: 'user#1', sk: 'x' } }));
  await documents.send(new GetCommand({ TableName: table, Key: { pk: 'user#2', sk: 'x' } }));
  await documents.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'begins_with(#sk, :s) AND #pk = :p',
      ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
      ExpressionAttributeValues: { ':p': 'user#3', ':s': 'x' },
    }),
  );
  await documents.send(
    new QueryCommand({
      TableName,
      IndexName: 'by-group',
      Select: 'COUNT',
      KeyConditionExpression: '#g = :g',
      ExpressionAttributeNames: { '#g': 'group' },
      ExpressionAttributeValues: { ':g': 'g1' },
    }),
  );
  await documents.send(
    new BatchWriteCommand({
      RequestItems: {
        things: [{ PutRequest: { Item: { pk: 'b1', sk: 'x' } } }, { DeleteRequest: { Key: { pk: 'b2', sk: 'x' } } }],
      },
    }),
  );
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [
        { Put: { TableName, Item: { pk: 't1', sk: 'x' } } },
        { ConditionCheck: { TableName, Key: { pk: 't2', sk: 'x' }, ConditionExpression: 'attribute_not_exists(pk)' } },
      ],
    }),
  );
  expect(demanded.map((right) => [right.action, right.resource, right.context?.['dynamodb:LeadingKeys']])).toEqual([
    ['dynamodb:PutItem', table, ['user#1']],
    ['dynamodb:GetItem', table, ['user#2']],
    ['dynamodb:Query', table, ['user#3']],
    ['dynamodb:Query', `${table}/index/by-group`, ['g1']],
    ['dynamodb:BatchWriteItem', table, ['b1', 'b2']],
    ['dynamodb:PutItem', table, ['t1']],
    ['dynamodb:ConditionCheckItem', table, ['t2']],
  ]);
  expect(demanded[3]?.context?.['dynamodb:Select']).toBe('COUNT');
  expect(demanded[5]?.context?.['dynamodb:EnclosingOperation']).toBe('TransactWriteItems');
});

test('consumed capacity is reported per caller as AWS counts it, and the client sees only what it asked for', async () => {
  const TableName = 'things';
  const put = await documents.send(new PutCommand({ TableName, Item: { pk: 'c', sk: 'big', x: 'x'.repeat(2500) } }));
  expect(put.ConsumedCapacity).toBeUndefined();
  const moved = { pk: 'c', sk: 'moved' };
  await documents.send(new PutCommand({ TableName, Item: { ...moved, group: 'one' } }));
  await documents.send(new PutCommand({ TableName, Item: { ...moved, group: 'two' } }));
  const get = await documents.send(
    new GetCommand({ TableName, Key: { pk: 'c', sk: 'big' }, ReturnConsumedCapacity: 'TOTAL' }),
  );
  expect(get.ConsumedCapacity).toEqual({ TableName, CapacityUnits: 0.5 });
  await documents.send(new GetCommand({ TableName, Key: { pk: 'c', sk: 'big' }, ConsistentRead: true }));
  await documents.send(
    new TransactWriteCommand({
      TransactItems: ['1', '2'].map((sk) => ({ Put: { TableName, Item: { pk: 'c', sk } } })),
    }),
  );
  expect(cloud.calls.capacity.map((use) => [use.operation, use.readUnits, use.writeUnits])).toEqual([
    ['PutItem', 0, 3],
    ['PutItem', 0, 2],
    ['PutItem', 0, 3],
    ['GetItem', 0.5, 0],
    ['GetItem', 1, 0],
    ['TransactWriteItems', 0, 4],
  ]);
});

test('a cancelled transaction gives the reasons that the SDK parses, and is counted', async () => {
  const cancelled = documents.send(
    new TransactWriteCommand({
      TransactItems: [
        { Put: { TableName: 'things', Item: { pk: 'n', sk: 'n' }, ConditionExpression: 'attribute_exists(pk)' } },
      ],
    }),
  );
  await expect(cancelled).rejects.toBeInstanceOf(TransactionCanceledException);
  await expect(cancelled).rejects.toMatchObject({ CancellationReasons: [{ Code: 'ConditionalCheckFailed' }] });
  expect(cloud.calls.capacity).toMatchObject([{ operation: 'TransactWriteItems', writeUnits: 2 }]);
});

test('a write wakes the readers of the stream, which has no record of a put that changed nothing', async () => {
  const Item = { pk: 'stream', sk: 'same' };
  for (const item of [Item, Item, { ...Item, changed: true }]) {
    await documents.send(new PutCommand({ TableName: 'things', Item: item }));
  }
  expect(cloud.calls.notified).toHaveLength(3);
  const records = (await readStream()).filter((record) => record.dynamodb.Keys.pk?.S === 'stream');
  expect(records.map((record) => record.eventName)).toEqual(['INSERT', 'MODIFY']);
  expect(new Set(records.map((record) => record.eventID)).size).toBe(2);
});

test('every kind of write is seen at once by who has read the same part of the stream before', async () => {
  const TableName = 'things';
  const Key = { pk: 'seen', sk: 'one' };
  const of = (n: number) => ({ ...Key, n: String(n) });
  const seen = async () => (await readStream()).filter(({ dynamodb }) => dynamodb.Keys.pk?.S === 'seen').length;
  expect([await seen(), await seen()]).toEqual([0, 0]);
  await documents.send(new PutCommand({ TableName, Item: of(1) }));
  expect([await seen(), await seen()]).toEqual([1, 1]);
  const UpdateExpression = 'SET n = :n';
  await documents.send(
    new UpdateCommand({ TableName, Key, UpdateExpression, ExpressionAttributeValues: { ':n': '2' } }),
  );
  expect(await seen()).toBe(2);
  await documents.send(new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: of(3) } }] }));
  expect(await seen()).toBe(3);
  await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: of(4) } }] } }));
  expect(await seen()).toBe(4);
  await documents.send(new DeleteCommand({ TableName, Key }));
  expect(await seen()).toBe(5);
});

test('items whose time to live is over are deleted, and the stream says that the service did it', async () => {
  const seconds = Math.floor(Date.now() / 1000);
  const put = (sk: string, expiresAt: number) =>
    documents.send(new PutCommand({ TableName: 'things', Item: { pk: 'ttl', sk, expiresAt } }));
  await put('over', seconds - 10);
  await put('later', seconds + 1000);
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'setTimeout'] });
  await service.start?.();
  jest.advanceTimersByTime(16_000);
  jest.useRealTimers();
  const exists = async (sk: string) =>
    (await documents.send(new GetCommand({ TableName: 'things', Key: { pk: 'ttl', sk } }))).Item !== undefined;
  await eventually('the item is gone', async () => !(await exists('over')));
  expect(await exists('later')).toBe(true);
  await documents.send(new DeleteCommand({ TableName: 'things', Key: { pk: 'ttl', sk: 'later' } }));
  const removals = (await readStream()).filter(
    ({ eventName, dynamodb }) => eventName === 'REMOVE' && dynamodb.Keys.pk?.S === 'ttl',
  );
  expect(removals.map((record) => record.userIdentity?.principalId)).toEqual(['dynamodb.amazonaws.com', undefined]);
});

test('a read from a table that does not exist is an error, and so is an operation that is not spoken', async () => {
  const read = documents.send(new GetCommand({ TableName: 'nowhere', Key: { pk: 'a', sk: 'b' } }));
  await expect(read).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  const spoken = service.rights({ operation: 'ExecuteStatement', body: Buffer.from('{}') } as AwsRequest);
  await expect(spoken).rejects.toMatchObject({ code: 'UnknownOperationException' });
});

test('all that was acknowledged is there after kill -9, and no engine of the killed run remains', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'dynamodb-kill-'));
  const program = `
    const { createDynamoDb } = await import(process.argv[1]);
    const { createFakeCloud } = await import(process.argv[2]);
    const service = createDynamoDb(createFakeCloud({ stateDir: process.argv[3] }));
    const send = async (operation, input) => {
      const request = { operation, body: Buffer.from(JSON.stringify(input)), caller: { kind: 'root' } };
      return service.handle(request);
    };
    await send('CreateTable', { TableName: 'kept', BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] });
    for (let i = 0; ; i++) {
      await send('PutItem', { TableName: 'kept', Item: { pk: { S: String(i) } } });
      console.log(i);
    }`;
  const child = spawn(process.execPath, [
    ...['--input-type=module', '-e', program],
    ...[join(__dirname, 'dynamodb.ts'), join(__dirname, '../testing/fake-cloud.ts'), stateDir],
  ]);
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
    if (printed.includes('\n100\n')) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('close', resolve));
  const acknowledged = printed.trim().split('\n').length;
  const formerPid = Number(readFileSync(join(stateDir, 'dynamodb', 'engine.pid'), 'utf8'));

  const again = createDynamoDb(createFakeCloud({ stateDir }));
  const reopened = await serveService(cloud, again);
  const reader = clientFor(reopened.url);
  await reader.send(new ListTablesCommand({}));
  expect(commandLine(formerPid)).toBe('');
  const last = await DynamoDBDocumentClient.from(reader).send(
    new GetCommand({ TableName: 'kept', Key: { pk: String(acknowledged - 1) } }),
  );
  expect(acknowledged).toBeGreaterThan(100);
  expect(last.Item).toBeDefined();
  reader.destroy();
  await reopened.close();
  await again.stop?.();
});

test('a table made through the API is known at once', async () => {
  await client.send(
    new CreateTableCommand({
      TableName: 'made',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  await documents.send(new PutCommand({ TableName: 'made', Item: { id: '7' } }));
  expect(demanded.at(-1)?.context?.['dynamodb:LeadingKeys']).toEqual(['7']);
});
