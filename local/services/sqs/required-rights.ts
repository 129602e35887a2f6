/** Which right an SQS request needs: batches need the right of the single operation. Pure. */
import { AwsError, type JsonObject, type RequiredRight } from '../../types.ts';

const onQueue = new Set([
  ...['GetQueueAttributes', 'SetQueueAttributes', 'DeleteQueue', 'PurgeQueue', 'SendMessage', 'ReceiveMessage'],
  ...[
    'DeleteMessage',
    'ChangeMessageVisibility',
    'ListDeadLetterSourceQueues',
    'ListQueueTags',
    'TagQueue',
    'UntagQueue',
  ],
]);

export const queueNameOf = (url: unknown): string =>
  String(url ?? '')
    .split('/')
    .pop() ?? '';

export function requiredRights(
  operation: string,
  input: JsonObject,
  arnOf: (queue: string) => string,
): RequiredRight[] {
  const single = operation
    .replace(/^(Send|Delete)MessageBatch$/, '$1Message')
    .replace(/VisibilityBatch$/, 'Visibility');
  const action = `sqs:${single}`;
  if (onQueue.has(single)) return [{ action, resource: arnOf(queueNameOf(input.QueueUrl)) }];
  if (operation === 'CreateQueue' || operation === 'GetQueueUrl') {
    return [{ action, resource: arnOf(String(input.QueueName ?? '')) }];
  }
  if (operation === 'ListQueues') return [{ action, resource: '*' }];
  const source = String(input.SourceArn ?? '');
  if (operation === 'ListMessageMoveTasks') return [{ action, resource: source }];
  if (operation === 'StartMessageMoveTask') {
    const onSource = ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
    const rights = onSource.map((name) => ({ action: `sqs:${name}`, resource: source }));
    if (typeof input.DestinationArn !== 'string') return rights;
    return [...rights, { action: 'sqs:SendMessage', resource: input.DestinationArn }];
  }
  throw new AwsError('UnknownOperationException', `SQS: operation ${operation} is not known here.`);
}
