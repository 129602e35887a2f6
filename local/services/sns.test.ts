import { createFakeCloud } from '../testing/fake-cloud.ts';
import { serveService } from '../testing/serve-service.ts';
import type { JsonObject } from '../types.ts';
import { createSns } from './sns.ts';

const queue = 'arn:aws:sqs:us-east-1:000000000000:q';

async function openTopic(subscriptions: JsonObject[]) {
  const cloud = createFakeCloud();
  const service = createSns(cloud);
  const properties = { TopicName: 'alerts', Subscription: subscriptions };
  const topic = { stack: 'Test', logicalId: 'Topic', type: 'AWS::SNS::Topic', properties };
  const made = await service.resources['AWS::SNS::Topic']?.(topic);
  const served = await serveService(cloud, service);
  const publish = async (fields: Record<string, string>) => {
    const body = new URLSearchParams({ Action: 'Publish', Version: '2010-03-31', ...fields });
    return (await fetch(served.url, { method: 'POST', body })).text();
  };
  return { cloud, service, served, publish, TopicArn: made?.ref ?? '' };
}

test('A message reaches each subscription whose filter it passes, raw where that is asked', async () => {
  const { cloud, served, publish, TopicArn } = await openTopic([
    { Protocol: 'sqs', Endpoint: queue },
    { Protocol: 'sqs', Endpoint: `${queue}-raw`, RawMessageDelivery: true, FilterPolicy: { kind: ['order'] } },
    { Protocol: 'email', Endpoint: 'ops@example.com', FilterPolicy: { n: [1] }, FilterPolicyScope: 'MessageBody' },
  ]);
  const kind = {
    'MessageAttributes.entry.1.Name': 'kind',
    'MessageAttributes.entry.1.Value.DataType': 'String',
    'MessageAttributes.entry.1.Value.StringValue': 'order',
  };
  expect(await publish({ TopicArn, Message: '{"n":1}', ...kind })).toMatch(/<MessageId>[\w-]+<\/MessageId>/);
  await publish({ TopicArn, Message: 'plain', Subject: 'S' });
  expect(cloud.calls.sendMessage.map(([arn]) => arn)).toEqual([queue, `${queue}-raw`, queue]);
  expect(JSON.parse(cloud.calls.sendMessage[2]?.[1] ?? '')).toMatchObject({ Message: 'plain', Subject: 'S', TopicArn });
  expect(cloud.calls.sendMessage[1]?.[1]).toBe('{"n":1}');
  expect(cloud.calls.mail).toHaveLength(1);
  await served.close();
});

test('A text message to a phone is recorded for the console', async () => {
  const { service, served, publish } = await openTopic([]);
  await publish({ PhoneNumber: '+15550100', Message: 'Hi' });
  expect(await service.inspect?.('', new URLSearchParams())).toMatchObject({ SMS: [{ to: '+15550100', text: 'Hi' }] });
  await served.close();
});

test('A protocol that can not be delivered here stops the start with its name', async () => {
  await expect(openTopic([{ Protocol: 'https', Endpoint: 'https://example.com' }])).rejects.toThrow(/https/);
});
