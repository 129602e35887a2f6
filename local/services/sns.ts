/**
 * SNS (query protocol): topics with their subscriptions, and text messages to phones, which are only recorded.
 *
 * Operations: Publish (TopicArn, TargetArn or PhoneNumber), ListTopics, ListSubscriptionsByTopic, GetTopicAttributes.
 * Resource types: AWS::SNS::Topic (with inline subscriptions), Subscription, TopicPolicy.
 * Protocols: sqs and lambda (FilterPolicy on attributes or body, RawMessageDelivery for sqs), email and email-json (mailbox), sms
 * (recorded). Any other stops the start.
 *
 * Differs from AWS: delivery happens within Publish and is not retried nor kept over a restart, so a failed one is logged and goes
 * to the subscription's dead-letter queue; e-mail subscriptions need no confirmation; messages are not signed; no FIFO order;
 * recorded text messages are kept in memory.
 */
import { createHash, randomUUID } from 'node:crypto';
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
import { compilePattern, type PatternTest } from './events/pattern.ts';
import { unknownOperation } from './json-protocol.ts';

type Protocol = 'sqs' | 'lambda' | 'email' | 'email-json' | 'sms';
interface Subscription {
  arn: string;
  protocol: Protocol;
  endpoint: string;
  raw: boolean;
  filter?: { test: PatternTest; onBody: boolean };
  deadLetterQueue?: string;
}
interface Topic {
  name: string;
  arn: string;
  subscriptions: Map<string, Subscription>;
}
interface Message {
  id: string;
  text: string;
  subject?: string;
  attributes: Record<string, { Type: string; Value: string }>;
}
interface TextMessage {
  to: string;
  text: string;
  time: string;
}

const protocols = ['sqs', 'lambda', 'email', 'email-json', 'sms'];
const messageLimit = 262_144;
const recordedTexts = 200;

export function createSns(cloud: Cloud): Service {
  const prefix = `arn:aws:sns:${cloud.region}:${cloud.accountId}`;
  const topics = new Map<string, Topic>();
  const texts: TextMessage[] = [];

  function topicOf(arn: string): Topic {
    const topic = topics.get(arn);
    if (!topic) throw new AwsError('NotFound', 'Topic does not exist', 404);
    return topic;
  }

  function subscribe(topic: Topic, key: string, properties: JsonObject): Subscription {
    const protocol = String(properties.Protocol);
    const endpoint = String(properties.Endpoint);
    if (!protocols.includes(protocol)) {
      throw new AwsError('InvalidParameter', `SNS protocol ${protocol} (${endpoint}) is not supported locally.`);
    }
    const filter = properties.FilterPolicy as JsonObject | undefined;
    const redrive = properties.RedrivePolicy as { deadLetterTargetArn?: string } | undefined;
    const id = createHash('sha256').update(`${topic.arn}/${key}`).digest('hex').slice(0, 32);
    const subscription: Subscription = {
      arn: `${topic.arn}:${id}`,
      protocol: protocol as Protocol,
      endpoint,
      raw: properties.RawMessageDelivery === true || properties.RawMessageDelivery === 'true',
      filter: filter && { test: compilePattern(filter), onBody: properties.FilterPolicyScope === 'MessageBody' },
      deadLetterQueue: redrive?.deadLetterTargetArn,
    };
    topic.subscriptions.set(subscription.arn, subscription);
    return subscription;
  }

  async function publishTo(topic: Topic, message: Message): Promise<void> {
    const wanted = [...topic.subscriptions.values()].filter((subscription) => passes(subscription, message));
    await Promise.all(
      wanted.map(async (subscription) => {
        const caller: Caller = {
          kind: 'service',
          principal: 'sns.amazonaws.com',
          sourceArn: topic.arn,
          sourceAccount: cloud.accountId,
        };
        try {
          await deliver(topic, subscription, message, caller);
        } catch (error) {
          cloud.log('error', `${topic.arn} could not reach ${subscription.endpoint}: ${String(error)}`);
          const queue = subscription.deadLetterQueue;
          if (queue) await cloud.sendMessage(queue, JSON.stringify(notification(topic, message)), { caller });
        }
      }),
    );
  }

  async function deliver(topic: Topic, subscription: Subscription, message: Message, caller: Caller): Promise<void> {
    const { protocol, endpoint, raw } = subscription;
    switch (protocol) {
      case 'sqs': {
        if (!raw) return cloud.sendMessage(endpoint, JSON.stringify(notification(topic, message)), { caller });
        const attributes = Object.entries(message.attributes).map(([name, { Type, Value }]) => {
          return [name, { DataType: Type, StringValue: Value }];
        });
        return cloud.sendMessage(endpoint, message.text, { caller, attributes: Object.fromEntries(attributes) });
      }
      case 'lambda': {
        const Sns = notification(topic, message);
        const record = { EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscription.arn, Sns };
        await cloud.invoke(endpoint, { Records: [record] }, { caller, type: 'event' });
        return;
      }
      case 'sms':
        return recordText(endpoint, message.text);
      default: {
        const text = protocol === 'email' ? message.text : JSON.stringify(notification(topic, message), null, 2);
        const subject = message.subject ?? 'AWS Notification Message';
        const html = `<pre>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`;
        return cloud.deliverMail({ from: 'no-reply@sns.amazonaws.com', to: [endpoint], subject, text, html });
      }
    }
  }

  function recordText(to: string, text: string): void {
    texts.unshift({ to, text, time: new Date().toISOString() });
    if (texts.length > recordedTexts) texts.pop();
  }

  cloud.provide('publish', async (topicArn, text, { caller, subject }) => {
    cloud.authorize(caller, { action: 'sns:Publish', resource: topicArn });
    await publishTo(topicOf(topicArn), { id: randomUUID(), text, subject, attributes: {} });
  });

  return {
    names: ['sns'],
    resources: {
      'AWS::SNS::Topic': ({ properties, stack, logicalId }) => {
        const suffix = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 12).toUpperCase();
        const name = String(properties.TopicName ?? `${stack}-${logicalId}-${suffix}`);
        const topic: Topic = { name, arn: `${prefix}:${name}`, subscriptions: new Map() };
        topics.set(topic.arn, topic);
        for (const [index, inline] of ((properties.Subscription ?? []) as JsonObject[]).entries()) {
          subscribe(topic, String(index), inline);
        }
        return { ref: topic.arn, attributes: { TopicArn: topic.arn, TopicName: name } };
      },
      'AWS::SNS::Subscription': ({ properties, stack, logicalId }) => {
        const { arn } = subscribe(topicOf(String(properties.TopicArn)), `${stack}/${logicalId}`, properties);
        return { ref: arn, attributes: { Arn: arn } };
      },
      'AWS::SNS::TopicPolicy': ({ properties, logicalId }) => {
        for (const arn of (properties.Topics ?? []) as string[]) {
          cloud.attachResourcePolicy(arn, properties.PolicyDocument as unknown as PolicyDocument);
        }
        return { ref: logicalId };
      },
    },
    rights(request) {
      const form = formOf(request);
      const { operation = '' } = request;
      if (!['Publish', 'ListTopics', 'ListSubscriptionsByTopic', 'GetTopicAttributes'].includes(operation)) {
        throw unknownOperation('SNS', operation);
      }
      return [{ action: `sns:${operation}`, resource: form.get('TopicArn') ?? form.get('TargetArn') ?? '*' }];
    },
    async handle(request) {
      const form = formOf(request);
      switch (request.operation) {
        case 'Publish': {
          const message = messageOf(form);
          const phone = form.get('PhoneNumber');
          if (phone) recordText(phone, message.text);
          else await publishTo(topicOf(form.get('TopicArn') ?? form.get('TargetArn') ?? ''), message);
          return xmlResponse(request, `<MessageId>${message.id}</MessageId>`);
        }
        case 'ListTopics': {
          const members = [...topics.keys()].map((arn) => `<member><TopicArn>${escapeXml(arn)}</TopicArn></member>`);
          return xmlResponse(request, `<Topics>${members.join('')}</Topics>`);
        }
        case 'ListSubscriptionsByTopic': {
          const topic = topicOf(form.get('TopicArn') ?? '');
          const members = [...topic.subscriptions.values()].map(({ arn, protocol, endpoint }) => {
            const fields = { SubscriptionArn: arn, Owner: cloud.accountId, Protocol: protocol, Endpoint: endpoint };
            return `<member>${elements({ ...fields, TopicArn: topic.arn })}</member>`;
          });
          return xmlResponse(request, `<Subscriptions>${members.join('')}</Subscriptions>`);
        }
        case 'GetTopicAttributes': {
          const topic = topicOf(form.get('TopicArn') ?? '');
          const attributes = { TopicArn: topic.arn, SubscriptionsConfirmed: String(topic.subscriptions.size) };
          const entries = Object.entries(attributes).map(
            ([key, value]) => `<entry>${elements({ key, value })}</entry>`,
          );
          return xmlResponse(request, `<Attributes>${entries.join('')}</Attributes>`);
        }
        default:
          throw unknownOperation('SNS', request.operation);
      }
    },
    async inspect() {
      return {
        topics: [...topics.values()].map(({ name, arn, subscriptions }) => ({
          name,
          arn,
          subscriptions: [...subscriptions.values()].map(({ protocol, endpoint }) => ({ protocol, endpoint })),
        })),
        SMS: texts.map((text) => ({ ...text })),
      };
    },
  };
}

function passes({ filter }: Subscription, { text, attributes }: Message): boolean {
  if (!filter) return true;
  if (filter.onBody) {
    try {
      return filter.test(JSON.parse(text) as Json);
    } catch {
      return false;
    }
  }
  const values = Object.entries(attributes).map(([name, { Type, Value }]): [string, Json] => {
    if (Type === 'Number') return [name, Number(Value)];
    return [name, Type === 'String.Array' ? (JSON.parse(Value) as Json) : Value];
  });
  return filter.test(Object.fromEntries(values));
}

function notification(topic: Topic, { id, text, subject, attributes }: Message): JsonObject {
  return {
    Type: 'Notification',
    MessageId: id,
    TopicArn: topic.arn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: text,
    Timestamp: new Date().toISOString(),
    MessageAttributes: attributes,
  };
}

function formOf(request: AwsRequest): URLSearchParams {
  return request.method === 'GET' ? request.query : new URLSearchParams(request.body.toString());
}

function messageOf(form: URLSearchParams): Message {
  const text = form.get('Message') ?? '';
  if (text === '') throw new AwsError('InvalidParameter', 'Invalid parameter: Empty message');
  if (Buffer.byteLength(text) > messageLimit) {
    throw new AwsError('InvalidParameter', 'Invalid parameter: Message too long');
  }
  const attributes: Message['attributes'] = {};
  for (let index = 1; form.has(`MessageAttributes.entry.${index}.Name`); index += 1) {
    const entry = `MessageAttributes.entry.${index}`;
    attributes[form.get(`${entry}.Name`) ?? ''] = {
      Type: form.get(`${entry}.Value.DataType`) ?? 'String',
      Value: form.get(`${entry}.Value.StringValue`) ?? '',
    };
  }
  return { id: randomUUID(), text, subject: form.get('Subject') ?? undefined, attributes };
}

function xmlResponse({ operation, requestId }: AwsRequest, result: string): AwsResponse {
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  const body = `<${operation}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><${operation}Result>${result}</${operation}Result>${metadata}</${operation}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

function elements(fields: Record<string, string>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
