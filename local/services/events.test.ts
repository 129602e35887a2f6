import {
  DescribeReplayCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import { eventually } from '../testing/eventually.ts';
import { createFakeCloud, type FakeCloud } from '../testing/fake-cloud.ts';
import { type ServedService, serveService } from '../testing/serve-service.ts';
import { AwsError, type JsonObject, type Service } from '../types.ts';
import { fillTemplate } from './events/input.ts';
import { createEvents } from './events.ts';

const queue = 'arn:aws:sqs:us-east-1:000000000000:orders';
const deadLetters = 'arn:aws:sqs:us-east-1:000000000000:orders-dead';
let cloud: FakeCloud;
let service: Service;
let served: ServedService;
let client: EventBridgeClient;

async function open(overrides: Parameters<typeof createFakeCloud>[0] = {}): Promise<void> {
  cloud = createFakeCloud(overrides);
  service = createEvents(cloud);
  await declare('Bus', 'AWS::Events::EventBus', { Name: 'shop' });
  await declare('Archive', 'AWS::Events::Archive', {
    ArchiveName: 'shop-archive',
    SourceArn: 'arn:aws:events:us-east-1:000000000000:event-bus/shop',
  });
  await declare('Rule', 'AWS::Events::Rule', {
    Name: 'placed',
    EventBusName: 'shop',
    EventPattern: { 'detail-type': ['OrderPlaced'] },
    Targets: [
      {
        Id: 'Queue',
        Arn: queue,
        DeadLetterConfig: { Arn: deadLetters },
        RetryPolicy: { MaximumRetryAttempts: 1 },
      },
    ],
  });
}

async function serve(): Promise<void> {
  await service.start?.();
  served = await serveService(cloud, service);
  client = new EventBridgeClient({
    endpoint: served.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
}

async function close(): Promise<void> {
  client.destroy();
  await served.close();
  await service.stop?.();
}

async function declare(logicalId: string, type: string, properties: JsonObject) {
  const provider = service.resources[type];
  if (!provider) throw new Error(type);
  return await provider({ stack: 'Test', logicalId, type, properties });
}

const placed = (id: string) => ({
  EventBusName: 'shop',
  Source: 'shop.orders',
  DetailType: 'OrderPlaced',
  Detail: JSON.stringify({ id }),
});

test('An event that a rule matches reaches its queue within milliseconds, as the rule', async () => {
  await open();
  await serve();
  const began = performance.now();
  const { Entries, FailedEntryCount } = await client.send(
    new PutEventsCommand({ Entries: [placed('o1'), { ...placed('o2'), DetailType: 'OrderPaid' }] }),
  );
  expect(FailedEntryCount).toBe(0);
  await eventually('the call', () => cloud.calls.sendMessage.length === 1);
  expect(performance.now() - began).toBeLessThan(500);
  const [target, body, { caller } = {}] = cloud.calls.sendMessage[0] ?? [];
  expect(target).toBe(queue);
  expect(JSON.parse(body ?? '')).toMatchObject({
    version: '0',
    id: Entries?.[0]?.EventId,
    source: 'shop.orders',
    'detail-type': 'OrderPlaced',
    detail: { id: 'o1' },
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  });
  expect(caller).toMatchObject({
    kind: 'service',
    principal: 'events.amazonaws.com',
    sourceArn: 'arn:aws:events:us-east-1:000000000000:rule/shop/placed',
  });
  await close();
});

test('Each entry has its own error, and the others are taken', async () => {
  await open();
  await serve();
  const { Entries, FailedEntryCount } = await client.send(
    new PutEventsCommand({
      Entries: [
        placed('o1'),
        { ...placed('o2'), Detail: '{' },
        { ...placed('o3'), Source: undefined },
        { ...placed('o4'), EventBusName: 'nowhere' },
        { ...placed('o5'), Source: 'aws.s3' },
      ],
    }),
  );
  expect(FailedEntryCount).toBe(4);
  expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    undefined,
    'MalformedDetail',
    'InvalidArgument',
    'ResourceNotFoundException',
    'NotAuthorizedForSourceException',
  ]);
  await expect(client.send(new PutEventsCommand({ Entries: Array(11).fill(placed('x')) }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  const large = { ...placed('x'), Detail: JSON.stringify({ text: 'x'.repeat(1_048_576) }) };
  await expect(client.send(new PutEventsCommand({ Entries: [large] }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
  await close();
});

test('What was accepted and not delivered when the process died is delivered after the next start', async () => {
  await open({ sendMessage: () => new Promise(() => undefined) });
  await service.start?.();
  served = await serveService(cloud, service);
  client = new EventBridgeClient({
    endpoint: served.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  await client.send(new PutEventsCommand({ Entries: [placed('o1'), placed('o2')] }));
  client.destroy();
  await served.close();
  // No stop(): the first service is left as a killed process leaves it, and a second one opens the same state.
  await open({ stateDir: cloud.stateDir });
  await serve();
  await eventually('the call', () => cloud.calls.sendMessage.length === 2);
  expect(cloud.calls.sendMessage.map(([, body]) => JSON.parse(body).detail.id).sort()).toEqual(['o1', 'o2']);
  await close();
});

test('A passing fault is retried; one that lasts, or a refusal, ends in the dead-letter queue with its reason', async () => {
  let faults = 1;
  const sent: [string, string, JsonObject | undefined][] = [];
  await open({
    sendMessage: async (arn, body, { attributes }) => {
      const { id } = JSON.parse(body).detail;
      if (arn === queue && id === 'refused') throw new AwsError('AccessDenied', 'no', 403);
      if (arn === queue && (id === 'lasting' || (id === 'passing' && faults-- > 0))) throw new Error('down');
      sent.push([arn, id, attributes]);
    },
  });
  await serve();
  await client.send(new PutEventsCommand({ Entries: [placed('passing'), placed('lasting'), placed('refused')] }));
  await eventually('the call', () => sent.length === 3);
  expect(sent.find(([, id]) => id === 'passing')?.[0]).toBe(queue);
  expect(sent.find(([, id]) => id === 'lasting')).toMatchObject([
    deadLetters,
    'lasting',
    { RETRY_ATTEMPTS: { StringValue: '1' }, EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' } },
  ]);
  expect(sent.find(([, id]) => id === 'refused')).toMatchObject([
    deadLetters,
    'refused',
    { ERROR_CODE: { StringValue: 'AccessDenied' }, RETRY_ATTEMPTS: { StringValue: '0' } },
  ]);
  await close();
});

test('A replay puts the archived events on the bus again, marked, and archives them only once', async () => {
  await open();
  await serve();
  await client.send(new PutEventsCommand({ Entries: [placed('o1'), placed('o2')] }));
  const archive = 'arn:aws:events:us-east-1:000000000000:archive/shop-archive';
  await client.send(
    new StartReplayCommand({
      ReplayName: 'again',
      EventSourceArn: archive,
      EventStartTime: new Date(Date.now() - 60_000),
      EventEndTime: new Date(Date.now() + 60_000),
      Destination: { Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/shop' },
    }),
  );
  await eventually('the call', () => cloud.calls.sendMessage.length === 4);
  const bodies = cloud.calls.sendMessage.map(([, body]) => JSON.parse(body));
  expect(bodies.map((body) => body['replay-name'])).toEqual([undefined, undefined, 'again', 'again']);
  const replay = () => client.send(new DescribeReplayCommand({ ReplayName: 'again' }));
  await eventually('the replay is complete', async () => (await replay()).State === 'COMPLETED');
  expect(await service.inspect?.('', new URLSearchParams())).toMatchObject({ archives: [{ EventCount: 2 }] });
  await close();
});

test('A rule made through the API is kept across starts', async () => {
  await open();
  await serve();
  await client.send(new PutRuleCommand({ Name: 'mine', EventPattern: '{"source":["me"]}' }));
  const target = { Id: 'F', Arn: 'arn:aws:lambda:us-east-1:000000000000:function:f', InputPath: '$.detail' };
  await client.send(new PutTargetsCommand({ Rule: 'mine', Targets: [target] }));
  await close();
  await open({ stateDir: cloud.stateDir });
  await serve();
  await client.send(new PutEventsCommand({ Entries: [{ Source: 'me', DetailType: 'T', Detail: '{"n":1}' }] }));
  await eventually('the call', () => cloud.calls.invoke.length === 1);
  expect(cloud.calls.invoke[0]).toMatchObject({ payload: { n: 1 }, type: 'event' });
  await close();
});

test('A target or a resource that is not supported stops the start with its name', async () => {
  await open();
  const kinesis = 'arn:aws:kinesis:us-east-1:000000000000:stream/s';
  await expect(
    declare('R', 'AWS::Events::Rule', { EventPattern: { source: ['a'] }, Targets: [{ Id: 'S', Arn: kinesis }] }),
  ).rejects.toThrow(/kinesis/);
  await expect(declare('C', 'AWS::Events::Connection', {})).rejects.toThrow(/AWS::Events::Connection/);
  await service.stop?.();
});

test.each([
  ['{"id":<id>,"text":"order <id> of <who>"}', '{"id":7,"text":"order 7 of A \\"B\\""}'],
  ['"<who> ordered"', '"A \\"B\\" ordered"'],
  ['{"who":<who>,"missing":<missing>,"all":<all>}', '{"who":"A \\"B\\"","missing":null,"all":{"n":1}}'],
  ['{"nested":"<all>"}', '{"nested":"{\\"n\\":1}"}'],
  ['plain <id>', '"plain 7"'],
])('An input template fills %s', (template, text) => {
  expect(fillTemplate(template, { id: 7, who: 'A "B"', missing: undefined, all: { n: 1 } })).toBe(text);
});
