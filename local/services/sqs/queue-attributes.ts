/** Attributes of queues: defaults, ranges and meaning, as in the API reference of SQS. Pure. */
import { AwsError } from '../../types.ts';

export type QueueAttributes = Record<string, string>;

const ranges: Record<string, [minimum: number, maximum: number, fallback: number]> = {
  VisibilityTimeout: [0, 43_200, 30],
  DelaySeconds: [0, 900, 0],
  MessageRetentionPeriod: [60, 1_209_600, 345_600],
  ReceiveMessageWaitTimeSeconds: [0, 20, 0],
  MaximumMessageSize: [1024, 1_048_576, 1_048_576],
};
const others = new Set([
  ...['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds'],
  ...['SqsManagedSseEnabled', 'FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'],
]);

/** Throws InvalidAttributeName or InvalidAttributeValue. */
export function checkAttributes(queue: string, attributes: QueueAttributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    const range = ranges[name];
    if (!range && !others.has(name)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    if (range && !(Number.isInteger(Number(value)) && Number(value) >= range[0] && Number(value) <= range[1])) {
      throw new AwsError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
    }
  }
  if (attributes.RedrivePolicy) redriveOf(attributes);
  const isFifo = attributes.FifoQueue === 'true';
  if (isFifo !== queue.endsWith('.fifo')) {
    throw new AwsError(
      'InvalidParameterValue',
      'The name of a FIFO queue, and only of a FIFO queue, ends with the .fifo suffix.',
    );
  }
}

/** The number that an attribute holds, or its default. */
export function numberOf(attributes: QueueAttributes, name: string): number {
  return Number(attributes[name] ?? ranges[name]?.[2] ?? 0);
}

export function withDefaults(attributes: QueueAttributes): QueueAttributes {
  const defaults = Object.entries(ranges).map(([name, [, , fallback]]) => [name, String(fallback)]);
  return { ...Object.fromEntries(defaults), SqsManagedSseEnabled: 'true', ...attributes };
}

export interface Redrive {
  deadLetterTargetArn: string;
  maxReceiveCount: number;
}

/** The parsed redrive policy; undefined when there is none. Throws InvalidAttributeValue. */
export function redriveOf(attributes: QueueAttributes): Redrive | undefined {
  if (!attributes.RedrivePolicy) return undefined;
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(attributes.RedrivePolicy);
    const count = Number(maxReceiveCount);
    if (typeof deadLetterTargetArn === 'string' && count >= 1 && count <= 1000) {
      return { deadLetterTargetArn, maxReceiveCount: count };
    }
  } catch {
    // Falls through to the one error for everything that is no redrive policy.
  }
  throw new AwsError(
    'InvalidAttributeValue',
    `Value ${attributes.RedrivePolicy} for parameter RedrivePolicy is invalid.`,
  );
}
