/** Everything that the bus carries, as another team's consumer gets it: a rule and a queue of its own, made with the AWS SDK. */
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Envelope } from '../../events/event.ts';
import { type RunningPlatform, sdk } from './platform.ts';

export interface TappedEvent {
  name: string;
  envelope: Envelope;
}
export interface EventTap {
  /** All events since the tap was opened, in the order of their arrival; one that comes twice stands there twice. */
  all(): Promise<readonly TappedEvent[]>;
}

export async function tapEvents(platform: RunningPlatform, name = 'event-tap'): Promise<EventTap> {
  const sqs = new SQSClient(sdk(platform));
  const events = new EventBridgeClient(sdk(platform));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const queueArn = Attributes?.QueueArn as string;
  const { RuleArn } = await events.send(
    new PutRuleCommand({
      Name: name,
      EventBusName: 'mewayz',
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
    new PutTargetsCommand({ Rule: name, EventBusName: 'mewayz', Targets: [{ Id: 'queue', Arn: queueArn }] }),
  );
  const seen: TappedEvent[] = [];
  return {
    async all() {
      for (;;) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (Messages.length === 0) return seen;
        for (const { Body } of Messages) {
          const { 'detail-type': type, detail } = JSON.parse(Body as string);
          seen.push({ name: type, envelope: detail });
        }
        const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
  };
}
