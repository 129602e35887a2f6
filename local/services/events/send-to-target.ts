/** Hands JSON text to what an ARN names: a queue, a function, a bus, a topic or a log group. Used by rules and by Scheduler. */
import { AwsError, type Caller, type Cloud, type Json, type JsonObject } from '../../types.ts';

export interface Destination {
  arn: string;
  /** Acts by this role; by the service principal when absent. */
  roleArn?: string;
  groupId?: string;
}

/** Target services that can be delivered to. */
const known = ['sqs', 'lambda', 'events', 'sns', 'logs'];

/** Throws ValidationException for a target of another kind, so that a template with one stops the start. */
export function assertSupportedTarget(arn: string): void {
  const service = arn.split(':')[2] ?? '';
  if (!known.includes(service)) {
    throw new AwsError(
      'ValidationException',
      `Target ${arn}: the local platform delivers only to ${known.join(', ')}.`,
    );
  }
}

/** `principal` is the service that delivers, for example `events.amazonaws.com`; `sourceArn` its rule or schedule. */
export async function sendToTarget(
  cloud: Cloud,
  destination: Destination,
  text: string,
  { principal, sourceArn }: { principal: string; sourceArn: string },
): Promise<void> {
  const { arn, roleArn, groupId } = destination;
  const caller: Caller = roleArn
    ? cloud.assumeRole(roleArn, principal.split('.')[0] ?? principal, principal)
    : { kind: 'service', principal, sourceArn, sourceAccount: cloud.accountId };
  switch (arn.split(':')[2]) {
    case 'sqs':
      return cloud.sendMessage(arn, text, { caller, groupId });
    case 'lambda':
      await cloud.invoke(arn, JSON.parse(text) as Json, { caller, type: 'event' });
      return;
    case 'events':
      return cloud.putEvent(arn, JSON.parse(text) as JsonObject, caller);
    case 'sns':
      return cloud.publish(arn, text, { caller });
    case 'logs': {
      const [, group = ''] = /:log-group:([^:]+)/.exec(arn) ?? [];
      cloud.writeLog(group, principal, text);
      return;
    }
    default:
      return assertSupportedTarget(arn);
  }
}

/** Refusals (no permission, no such target, invalid) can't be cured by a retry; throttling and server faults can. */
export function isRetryable(error: unknown): boolean {
  return !(error instanceof AwsError) || error.status >= 500 || /Throttl|TooManyRequests/.test(error.code);
}

/** Puts what could not be delivered into a dead-letter queue, with the attributes that AWS adds. */
export async function sendToDeadLetterQueue(
  cloud: Cloud,
  queueArn: string,
  text: string,
  failure: {
    principal: string;
    sourceArn: string;
    targetArn: string;
    attempts: number;
    error: unknown;
    caller?: Caller;
    sourceAttribute?: string;
  },
): Promise<void> {
  const { principal, sourceArn, targetArn, attempts, error } = failure;
  const values: Record<string, string> = {
    [failure.sourceAttribute ?? 'RULE_ARN']: sourceArn,
    TARGET_ARN: targetArn,
    ERROR_CODE: error instanceof AwsError ? error.code : 'INTERNAL_ERROR',
    ERROR_MESSAGE: (error instanceof Error && error.message) || String(error),
    RETRY_ATTEMPTS: String(attempts),
  };
  if (isRetryable(error)) values.EXHAUSTED_RETRY_CONDITION = 'MaximumRetryAttempts';
  await cloud.sendMessage(queueArn, text, {
    caller: failure.caller ?? { kind: 'service', principal, sourceArn, sourceAccount: cloud.accountId },
    attributes: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
    ),
  });
}
