/** Every event that the bus ever carried, as another team gets them again: a rule and a queue of its own, and a replay of the archive. */
import {
  DescribeReplayCommand,
  EventBridgeClient,
  ListArchivesCommand,
  PutRuleCommand,
  PutTargetsCommand,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Envelope } from '../../events/event.ts';
import { eventually } from './observe.ts';
import { type RunningPlatform, sdk } from './platform.ts';

export interface ArchivedEvent {
  name: string;
  envelope: Envelope;
}
const BUS = 'mewayz';
let replays = 0;

/** Events that the archive holds, one that was published twice twice. No reaction gets them again. */
export async function archivedEvents(platform: RunningPlatform): Promise<readonly ArchivedEvent[]> {
  replays += 1;
  const name = `replay-${replays}`;
  const sqs = new SQSClient(sdk(platform));
  const events = new EventBridgeClient(sdk(platform));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const queueArn = Attributes?.QueueArn as string;
  const { RuleArn } = await events.send(
    new PutRuleCommand({
      Name: name,
      EventBusName: BUS,
      EventPattern: JSON.stringify({ source: [{ prefix: 'mewayz.' }] }),
    }),
  );
  const policy = {
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': RuleArn } },
      },
    ],
  };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify(policy) } }));
  await events.send(
    new PutTargetsCommand({ Rule: name, EventBusName: BUS, Targets: [{ Id: 'queue', Arn: queueArn }] }),
  );
  const bus = (RuleArn as string).replace(/:rule\/([^/]+)\/.*/, ':event-bus/$1');
  const { Archives = [] } = await events.send(new ListArchivesCommand({}));
  const archive = Archives.find(({ EventSourceArn }) => EventSourceArn === bus);
  await events.send(
    new StartReplayCommand({
      ReplayName: name,
      EventSourceArn: bus.replace(/:event-bus\/.*/, `:archive/${archive?.ArchiveName}`),
      EventStartTime: new Date(Date.now() - 86_400_000),
      EventEndTime: new Date(Date.now() + 60_000),
      Destination: { Arn: bus, FilterArns: [RuleArn as string] },
    }),
  );
  await eventually(
    'the archive was replayed',
    async () => (await events.send(new DescribeReplayCommand({ ReplayName: name }))).State === 'COMPLETED',
  );
  const seen: ArchivedEvent[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    if (Messages.length === 0) return seen;
    for (const { Body } of Messages) {
      const event = JSON.parse(Body as string);
      if (event['replay-name'] !== name) throw new Error('a replayed event must say so');
      seen.push({ name: event['detail-type'], envelope: event.detail });
    }
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}
