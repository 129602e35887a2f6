/**
 * SQS on one SQLite file: every acknowledged message survives the end of the process.
 *
 * Operations (AWS JSON 1.0): CreateQueue, DeleteQueue, GetQueueUrl, ListQueues, Get, SetQueueAttributes, Tag, UntagQueue,
 * ListQueueTags, SendMessage(Batch), ReceiveMessage, DeleteMessage(Batch), ChangeMessageVisibility(Batch), PurgeQueue,
 * ListDeadLetterSourceQueues, StartMessageMoveTask, ListMessageMoveTasks. Resource types: AWS::SQS::Queue, QueuePolicy.
 *
 * Differs from AWS: the older query protocol is not spoken; counts are exact, not approximate; every message is seen by
 * every receive (no sampling of servers); only the newest receipt handle deletes; a move task is done when
 * StartMessageMoveTask returns, so it can't be cancelled; deduplication has the scope of the queue; encryption, throughput
 * limits and AddPermission are without effect or absent; what functions held when the platform ended is visible again at the next start.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  AwsError,
  type AwsRequest,
  type Caller,
  type Cloud,
  type CreatedResource,
  type Json,
  type JsonObject,
  type PolicyDocument,
  type ResourceDeclaration,
  type Service,
} from '../types.ts';
import { inputOf, jsonResponse, unknownOperation } from './json-protocol.ts';
import { checksumOfAttributes, checksumOfBody, type MessageAttributes, sizeOf } from './sqs/checksums.ts';
import { MessageStore, type Queue, type StoredMessage } from './sqs/message-store.ts';
import { checkAttributes, numberOf, type QueueAttributes, redriveOf, withDefaults } from './sqs/queue-attributes.ts';
import { queueNameOf, requiredRights } from './sqs/required-rights.ts';
import { createWakeUp } from './sqs/wake-up.ts';

const retentionSweepMs = 60_000;
const maximumBatchBytes = 1_048_576;
/** Characters that XML, and so SQS, does not permit in a message. */
const forbiddenCharacters = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

type Operation = (input: JsonObject, caller: Caller) => JsonObject | Promise<JsonObject>;

export function createSqs(cloud: Cloud): Service {
  mkdirSync(cloud.stateDir, { recursive: true });
  const store = new MessageStore(join(cloud.stateDir, 'sqs.db'));
  const arnOf = (queue: string): string => `arn:aws:sqs:${cloud.region}:${cloud.accountId}:${queue}`;
  const urlOf = (queue: string): string => `${cloud.endpoint}/${cloud.accountId}/${queue}`;
  const nameOfArn = (arn: string): string => arn.split(':').pop() ?? '';
  const wakeUp = createWakeUp(cloud, (arn) => store.nextVisible(nameOfArn(arn), Date.now()));
  const moveTasks: JsonObject[] = [];
  let stopped = false;
  let sweeper: NodeJS.Timeout | undefined;

  const queueNamed = (name: string): Queue => {
    const queue = store.queue(name);
    if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };
  const queueOf = (input: JsonObject): Queue => queueNamed(queueNameOf(input.QueueUrl));

  const send = (queue: Queue, input: JsonObject, caller: Caller): JsonObject => {
    const body = input.MessageBody;
    if (typeof body !== 'string' || body === '') {
      throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
    }
    if (forbiddenCharacters.test(body)) {
      throw new AwsError('InvalidMessageContents', 'Invalid binary character was found in the message body.');
    }
    const attributes = (input.MessageAttributes ?? {}) as unknown as MessageAttributes;
    if (sizeOf(body, attributes) > numberOf(queue.attributes, 'MaximumMessageSize')) {
      const limit = numberOf(queue.attributes, 'MaximumMessageSize');
      throw new AwsError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
      );
    }
    const isFifo = queue.attributes.FifoQueue === 'true';
    const delay = Number(input.DelaySeconds ?? numberOf(queue.attributes, 'DelaySeconds'));
    if (!(delay >= 0 && delay <= 900) || (isFifo && input.DelaySeconds)) {
      throw new AwsError('InvalidParameterValue', `Value ${delay} for parameter DelaySeconds is invalid.`);
    }
    const { AWSTraceHeader } = (input.MessageSystemAttributes ?? {}) as unknown as MessageAttributes;
    const now = Date.now();
    const sent = store.send(
      queue.name,
      {
        body,
        attributes,
        senderId: senderOf(caller, cloud.accountId),
        traceHeader: AWSTraceHeader?.StringValue,
        groupId: typeof input.MessageGroupId === 'string' ? input.MessageGroupId : undefined,
        ...(isFifo && { deduplicationId: deduplicationOf(queue, input, body) }),
        visibleAt: now + delay * 1000,
      },
      now,
    );
    if (delay > 0) wakeUp.at(arnOf(queue.name), now + delay * 1000);
    else wakeUp.now(arnOf(queue.name));
    const attributesMd5 = checksumOfAttributes(attributes);
    return {
      MessageId: sent.messageId,
      MD5OfMessageBody: checksumOfBody(body),
      ...(attributesMd5 && { MD5OfMessageAttributes: attributesMd5 }),
      ...(sent.sequenceNumber && { SequenceNumber: sent.sequenceNumber }),
    };
  };

  const take = (queue: Queue, limit: number, hideSeconds: number, caller: Caller): StoredMessage[] => {
    const now = Date.now();
    const redrive = redriveOf(queue.attributes);
    const target = redrive && store.queue(nameOfArn(redrive.deadLetterTargetArn));
    const { messages, moved } = store.receive(queue.name, {
      limit,
      now,
      sentAfter: now - numberOf(queue.attributes, 'MessageRetentionPeriod') * 1000,
      hiddenUntil: now + hideSeconds * 1000,
      byPlatform: caller.kind !== 'root',
      fifo: queue.attributes.FifoQueue === 'true',
      ...(redrive && target && { deadLetters: { queue: target.name, maxReceiveCount: redrive.maxReceiveCount } }),
    });
    if (messages.length > 0) wakeUp.at(arnOf(queue.name), now + hideSeconds * 1000);
    if (moved > 0 && redrive) wakeUp.now(redrive.deadLetterTargetArn);
    return messages;
  };

  const receive = async (input: JsonObject, caller: Caller): Promise<JsonObject> => {
    const queue = queueOf(input);
    const limit = Number(input.MaxNumberOfMessages ?? 1);
    const waitSeconds = Number(input.WaitTimeSeconds ?? numberOf(queue.attributes, 'ReceiveMessageWaitTimeSeconds'));
    const hideSeconds = Number(input.VisibilityTimeout ?? numberOf(queue.attributes, 'VisibilityTimeout'));
    const inRange = (value: number, low: number, high: number): boolean => value >= low && value <= high;
    if (!inRange(limit, 1, 10) || !inRange(waitSeconds, 0, 20) || !inRange(hideSeconds, 0, 43_200)) {
      throw new AwsError(
        'InvalidParameterValue',
        'MaxNumberOfMessages (1 to 10), WaitTimeSeconds (0 to 20) or VisibilityTimeout (0 to 43200) is out of range.',
      );
    }
    const deadline = Date.now() + waitSeconds * 1000;
    let messages = take(queue, limit, hideSeconds, caller);
    while (messages.length === 0 && Date.now() < deadline && !stopped && store.queue(queue.name)) {
      await wakeUp.wait(arnOf(queue.name), deadline - Date.now());
      if (!stopped) messages = take(queue, limit, hideSeconds, caller);
    }
    return messages.length === 0 ? {} : { Messages: messages.map((message) => received(message, input, arnOf)) };
  };

  const messageByHandle = (queue: Queue, handle: unknown): { message: StoredMessage | undefined; receipt: string } => {
    const [id, receipt] = Buffer.from(String(handle ?? ''), 'base64url')
      .toString()
      .split(':');
    if (!id || !receipt || !Number.isInteger(Number(id))) {
      throw new AwsError(
        'ReceiptHandleIsInvalid',
        `The input receipt handle "${String(handle)}" is not a valid receipt handle.`,
      );
    }
    return { message: store.message(queue.name, Number(id)), receipt };
  };
  const remove = (queue: Queue, input: JsonObject): JsonObject => {
    const { message, receipt } = messageByHandle(queue, input.ReceiptHandle);
    if (message && message.receipt === receipt) {
      store.delete(queue.name, message.id);
      if (message.groupId !== undefined) wakeUp.now(arnOf(queue.name));
    }
    return {};
  };
  const changeVisibility = (queue: Queue, input: JsonObject): JsonObject => {
    const seconds = Number(input.VisibilityTimeout);
    if (!(seconds >= 0 && seconds <= 43_200)) {
      throw new AwsError(
        'InvalidParameterValue',
        `Value ${String(input.VisibilityTimeout)} for parameter VisibilityTimeout is invalid.`,
      );
    }
    const { message, receipt } = messageByHandle(queue, input.ReceiptHandle);
    const now = Date.now();
    if (!message || message.receipt !== receipt || message.visibleAt <= now) {
      throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
    }
    store.setVisibleAt(message.id, now + seconds * 1000);
    if (seconds === 0) wakeUp.now(arnOf(queue.name));
    else wakeUp.at(arnOf(queue.name), now + seconds * 1000);
    return {};
  };

  /** Each entry by itself: one that is refused does not stop the others. */
  const batch = (input: JsonObject, each: (entry: JsonObject) => JsonObject): JsonObject => {
    const entries = (input.Entries ?? []) as JsonObject[];
    if (entries.length === 0)
      throw new AwsError('EmptyBatchRequest', 'There should be at least one entry in the request.');
    if (entries.length > 10)
      throw new AwsError('TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10.');
    if (new Set(entries.map((entry) => entry.Id)).size < entries.length) {
      throw new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
    }
    const Successful: JsonObject[] = [];
    const Failed: JsonObject[] = [];
    store.transaction(() => {
      for (const entry of entries) {
        try {
          Successful.push({ Id: entry.Id ?? '', ...each(entry) });
        } catch (error) {
          if (!(error instanceof AwsError)) throw error;
          Failed.push({
            Id: entry.Id ?? '',
            Code: error.code,
            Message: error.message,
            SenderFault: error.status < 500,
          });
        }
      }
    });
    return { Successful, Failed };
  };

  const saveQueue = (name: string, attributes: QueueAttributes, tags: Record<string, string>): void => {
    checkAttributes(name, attributes);
    const now = Date.now();
    store.saveQueue({ name, attributes, tags, createdAt: store.queue(name)?.createdAt ?? now, modifiedAt: now });
    if (attributes.Policy) cloud.attachResourcePolicy(arnOf(name), JSON.parse(attributes.Policy) as PolicyDocument);
  };

  const attributesOf = (queue: Queue): QueueAttributes => {
    const depth = store.depth(queue.name, Date.now());
    return {
      ...withDefaults(queue.attributes),
      QueueArn: arnOf(queue.name),
      ApproximateNumberOfMessages: String(depth.visible),
      ApproximateNumberOfMessagesNotVisible: String(depth.inFlight),
      ApproximateNumberOfMessagesDelayed: String(depth.delayed),
      CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
      LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    };
  };

  const operations: Record<string, Operation> = {
    CreateQueue(input) {
      const name = String(input.QueueName ?? '');
      if (!/^[\w-]{1,80}(\.fifo)?$/.test(name) || name.length > 80) {
        throw new AwsError(
          'InvalidParameterValue',
          'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.',
        );
      }
      const attributes = (input.Attributes ?? {}) as QueueAttributes;
      const known = store.queue(name);
      const differs = Object.entries(attributes).find(
        ([key, value]) => known && withDefaults(known.attributes)[key] !== value,
      );
      if (differs)
        throw new AwsError(
          'QueueNameExists',
          `A queue already exists with the same name and a different value for attribute ${differs[0]}.`,
        );
      if (!known) saveQueue(name, attributes, (input.tags ?? {}) as Record<string, string>);
      return { QueueUrl: urlOf(name) };
    },
    DeleteQueue(input) {
      store.deleteQueue(queueOf(input).name);
      return {};
    },
    GetQueueUrl: (input) => ({ QueueUrl: urlOf(queueNamed(String(input.QueueName ?? '')).name) }),
    ListQueues(input) {
      const prefix = String(input.QueueNamePrefix ?? '');
      const names = store.queues().map((queue) => queue.name);
      return { QueueUrls: names.filter((name) => name.startsWith(prefix)).map(urlOf) };
    },
    GetQueueAttributes(input) {
      const all = attributesOf(queueOf(input));
      const asked = (input.AttributeNames ?? []) as string[];
      const chosen = Object.entries(all).filter(([name]) => asked.includes('All') || asked.includes(name));
      const answer: JsonObject = {};
      if (chosen.length > 0) answer.Attributes = Object.fromEntries(chosen);
      return answer;
    },
    SetQueueAttributes(input) {
      const queue = queueOf(input);
      const merged = { ...queue.attributes, ...(input.Attributes as QueueAttributes) };
      saveQueue(queue.name, Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== '')), queue.tags);
      return {};
    },
    ListQueueTags: (input) => ({ Tags: queueOf(input).tags }),
    TagQueue(input) {
      const queue = queueOf(input);
      saveQueue(queue.name, queue.attributes, { ...queue.tags, ...(input.Tags as Record<string, string>) });
      return {};
    },
    UntagQueue(input) {
      const queue = queueOf(input);
      const gone = (input.TagKeys ?? []) as string[];
      const kept = Object.entries(queue.tags).filter(([key]) => !gone.includes(key));
      saveQueue(queue.name, queue.attributes, Object.fromEntries(kept));
      return {};
    },
    SendMessage: (input, caller) => send(queueOf(input), input, caller),
    SendMessageBatch(input, caller) {
      const queue = queueOf(input);
      const entries = (input.Entries ?? []) as JsonObject[];
      const bytes = entries.reduce(
        (sum, entry) => sum + sizeOf(String(entry.MessageBody ?? ''), entry.MessageAttributes as never),
        0,
      );
      if (bytes > maximumBatchBytes) {
        throw new AwsError('BatchRequestTooLong', `Batch requests cannot be longer than ${maximumBatchBytes} bytes.`);
      }
      return batch(input, (entry) => send(queue, entry, caller));
    },
    ReceiveMessage: (input, caller) => receive(input, caller),
    DeleteMessage: (input) => remove(queueOf(input), input),
    DeleteMessageBatch(input) {
      const queue = queueOf(input);
      return batch(input, (entry) => remove(queue, entry));
    },
    ChangeMessageVisibility: (input) => changeVisibility(queueOf(input), input),
    ChangeMessageVisibilityBatch(input) {
      const queue = queueOf(input);
      return batch(input, (entry) => changeVisibility(queue, entry));
    },
    PurgeQueue(input) {
      store.purge(queueOf(input).name);
      return {};
    },
    ListDeadLetterSourceQueues(input) {
      const target = arnOf(queueOf(input).name);
      const sources = store.queues().filter((queue) => redriveOf(queue.attributes)?.deadLetterTargetArn === target);
      return { queueUrls: sources.map((queue) => urlOf(queue.name)) };
    },
    StartMessageMoveTask(input) {
      const source = queueNamed(nameOfArn(String(input.SourceArn ?? '')));
      const target =
        typeof input.DestinationArn === 'string' ? queueNamed(nameOfArn(input.DestinationArn)).name : undefined;
      const toMove = store.depth(source.name, Date.now()).visible;
      let moved = 0;
      for (; moved < toMove; moved++) {
        const destination = store.moveBack(source.name, target, Date.now());
        if (!destination) break;
        wakeUp.now(arnOf(destination));
      }
      const TaskHandle = Buffer.from(JSON.stringify({ taskId: randomUUID(), sourceArn: arnOf(source.name) })).toString(
        'base64',
      );
      moveTasks.unshift({
        ...{ TaskHandle, Status: moved === toMove ? 'COMPLETED' : 'FAILED', SourceArn: arnOf(source.name) },
        ...(target && { DestinationArn: arnOf(target) }),
        ...(moved < toMove && { FailureReason: 'CouldNotDetermineMessageSource' }),
        ...{
          ApproximateNumberOfMessagesMoved: moved,
          ApproximateNumberOfMessagesToMove: toMove,
          StartedTimestamp: Date.now(),
        },
      });
      return { TaskHandle };
    },
    ListMessageMoveTasks(input) {
      const ofSource = moveTasks.filter((task) => task.SourceArn === input.SourceArn);
      return {
        Results: ofSource.slice(0, Number(input.MaxResults ?? 1)).map(({ TaskHandle: _done, ...task }) => task),
      };
    },
  };

  cloud.provide('sendMessage', async (queueArn, body, { caller, attributes, groupId, delaySeconds }) => {
    cloud.authorize(caller, { action: 'sqs:SendMessage', resource: queueArn });
    const queue = queueNamed(nameOfArn(queueArn));
    const isFifo = queue.attributes.FifoQueue === 'true';
    const input: JsonObject = { MessageBody: body, MessageAttributes: attributes ?? {} };
    if (groupId) input.MessageGroupId = groupId;
    if (delaySeconds) input.DelaySeconds = delaySeconds;
    // Who sends from inside has no deduplication id: each of its messages is a message.
    if (isFifo && queue.attributes.ContentBasedDeduplication !== 'true') input.MessageDeduplicationId = randomUUID();
    send(queue, input, caller);
  });

  const sweep = (): void => {
    for (const queue of store.queues()) {
      store.deleteSentBefore(queue.name, Date.now() - numberOf(queue.attributes, 'MessageRetentionPeriod') * 1000);
    }
  };

  return {
    names: ['sqs'],
    resources: {
      'AWS::SQS::Queue': (resource) => {
        const { name, attributes, tags } = declaredQueue(resource);
        saveQueue(name, attributes, tags);
        return {
          ref: urlOf(name),
          attributes: { Arn: arnOf(name), QueueName: name, QueueUrl: urlOf(name) },
        } satisfies CreatedResource;
      },
      'AWS::SQS::QueuePolicy': ({ stack, logicalId, properties }) => {
        for (const url of (properties.Queues ?? []) as string[]) {
          cloud.attachResourcePolicy(
            arnOf(queueNamed(queueNameOf(url)).name),
            properties.PolicyDocument as unknown as PolicyDocument,
          );
        }
        return { ref: `${stack}-${logicalId}` };
      },
    },
    rights: (request: AwsRequest) => requiredRights(request.operation ?? '', inputOf(request), arnOf),
    async handle(request) {
      const operation = operations[request.operation ?? ''];
      if (!operation) throw unknownOperation('SQS', request.operation);
      return jsonResponse(await operation(inputOf(request), request.caller), 'application/x-amz-json-1.0');
    },
    async start() {
      store.release(Date.now());
      sweeper = setInterval(sweep, retentionSweepMs);
      sweeper.unref();
      for (const queue of store.queues()) {
        const next = store.nextVisible(queue.name, Date.now());
        if (next !== undefined) wakeUp.at(arnOf(queue.name), next);
      }
    },
    async stop() {
      stopped = true;
      clearInterval(sweeper);
      wakeUp.stop();
      // Receives that waited answer empty-handed before the file closes.
      await new Promise((resolve) => setImmediate(resolve));
      store.close();
    },
    async inspect(path): Promise<Json | undefined> {
      const [name = '', view] = path.split('/').map(decodeURIComponent);
      if (name === '') return store.queues().map((queue) => summary(queue, store, arnOf));
      if (!store.queue(name) || view !== 'messages') return undefined;
      return store.peek(name, 100).map((message) => JSON.parse(JSON.stringify(message)) as Json);
    },
  };
}

function senderOf(caller: Caller, accountId: string): string {
  if (caller.kind === 'role') return `${caller.roleArn.split('/').pop()}:${caller.sessionName}`;
  return caller.kind === 'service' ? caller.principal : accountId;
}

function deduplicationOf(queue: Queue, input: JsonObject, body: string): string {
  if (typeof input.MessageGroupId !== 'string') {
    throw new AwsError('MissingParameter', 'The request must contain the parameter MessageGroupId.');
  }
  if (typeof input.MessageDeduplicationId === 'string') return input.MessageDeduplicationId;
  if (queue.attributes.ContentBasedDeduplication === 'true') return createHash('sha256').update(body).digest('hex');
  throw new AwsError(
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly.',
  );
}

/** A message as ReceiveMessage gives it, with the attributes that were asked for. */
function received(message: StoredMessage, input: JsonObject, arnOf: (queue: string) => string): JsonObject {
  const optional = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value });
  const system: Record<string, string> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...optional('MessageGroupId', message.groupId),
    ...optional('MessageDeduplicationId', message.deduplicationId),
    ...optional('SequenceNumber', message.sequenceNumber),
    ...optional('AWSTraceHeader', message.traceHeader),
    ...optional('DeadLetterQueueSourceArn', message.deadLetterSource && arnOf(message.deadLetterSource)),
  };
  const askedSystem = [
    ...((input.AttributeNames ?? []) as string[]),
    ...((input.MessageSystemAttributeNames ?? []) as string[]),
  ];
  const chosenSystem = Object.entries(system).filter(
    ([name]) => askedSystem.includes('All') || askedSystem.includes(name),
  );
  const asked = (input.MessageAttributeNames ?? []) as string[];
  const matches = (name: string): boolean =>
    asked.some(
      (pattern) =>
        pattern === 'All' || pattern === name || (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
    );
  const chosen = Object.fromEntries(Object.entries(message.attributes).filter(([name]) => matches(name)));
  const attributesMd5 = checksumOfAttributes(chosen);
  return {
    MessageId: message.messageId,
    ReceiptHandle: Buffer.from(`${message.id}:${message.receipt}`).toString('base64url'),
    Body: message.body,
    MD5OfBody: checksumOfBody(message.body),
    ...(chosenSystem.length > 0 && { Attributes: Object.fromEntries(chosenSystem) }),
    ...(attributesMd5 && { MessageAttributes: chosen as unknown as JsonObject, MD5OfMessageAttributes: attributesMd5 }),
  };
}

function summary(queue: Queue, store: MessageStore, arnOf: (queue: string) => string): JsonObject {
  const depth = store.depth(queue.name, Date.now());
  return {
    name: queue.name,
    arn: arnOf(queue.name),
    visible: depth.visible,
    inFlight: depth.inFlight,
    delayed: depth.delayed,
    oldestAgeSeconds: depth.oldest === undefined ? 0 : Math.round((Date.now() - depth.oldest) / 1000),
    deadLetterQueue: redriveOf(queue.attributes)?.deadLetterTargetArn ?? null,
  };
}

const plainAttributes = [
  ...[
    'VisibilityTimeout',
    'DelaySeconds',
    'MaximumMessageSize',
    'MessageRetentionPeriod',
    'ReceiveMessageWaitTimeSeconds',
  ],
  ...['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'],
  ...['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'],
];

function declaredQueue({ stack, logicalId, properties }: ResourceDeclaration): {
  name: string;
  attributes: QueueAttributes;
  tags: Record<string, string>;
} {
  const attributes: QueueAttributes = {};
  for (const [property, value] of Object.entries(properties)) {
    if (property === 'QueueName' || property === 'Tags') continue;
    if (property === 'RedrivePolicy' || property === 'RedriveAllowPolicy') attributes[property] = JSON.stringify(value);
    else if (plainAttributes.includes(property)) attributes[property] = String(value);
    else throw new Error(`${stack}/${logicalId}: the local SQS does not know the queue property ${property}.`);
  }
  if (attributes.FifoQueue === 'false') delete attributes.FifoQueue;
  const suffix = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 12);
  const generated = `${stack.slice(0, 24)}-${logicalId.slice(0, 30)}-${suffix}${attributes.FifoQueue ? '.fifo' : ''}`;
  const tags = ((properties.Tags ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]);
  return {
    name: typeof properties.QueueName === 'string' ? properties.QueueName : generated,
    attributes,
    tags: Object.fromEntries(tags),
  };
}
