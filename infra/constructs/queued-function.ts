/** A queue with dead-letter queue → function, with an alarm on dead letters and one on waiting ones. What fills the queue is added by the kind's own construct. */
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IRuleTarget } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { QueueDeclaration, ServiceEventDeclaration } from '../../functions/platform/declaration.ts';
import { constructId, functionName } from '../names.ts';
import type { Platform } from '../platform.ts';
import { DeadLetters } from './dead-letters.ts';
import { DeclaredFunction, timeoutOf } from './declared-function.ts';
import type { Deployments } from './deployments.ts';

/** Tries before a message goes to the dead-letter queue. */
const MAX_RECEIVES = 5;
/** A message that waits longer than this is news for the operators. */
const WAITING_TOO_LONG = Duration.minutes(15);

/** Messages that a function gets at once, and copies of it that work at once. */
export interface Pace {
  readonly batchSize: number;
  readonly maxConcurrency: number;
  /** How long messages are gathered for one call; not at all by default. */
  readonly gatherSeconds?: number;
}

export abstract class QueuedFunction extends Construct {
  /** The queue, for the rule that fills it. */
  protected readonly target: IRuleTarget;

  constructor(
    scope: Construct,
    declaration: QueueDeclaration | ServiceEventDeclaration,
    platform: Platform,
    { batchSize, maxConcurrency, gatherSeconds }: Pace,
    deployments?: Deployments,
  ) {
    super(scope, `${constructId(declaration.id)}Reaction`);
    const name = functionName(platform.config.name, declaration.id);
    const { queue: deadLetters } = new DeadLetters(this, name, platform, declaration.errorImpact);
    const queue = new Queue(this, 'Queue', {
      queueName: name,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      // AWS advises six times the function's timeout, so that no message is seen twice while it is still worked on.
      visibilityTimeout: Duration.seconds(6 * timeoutOf(declaration)),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_RECEIVES },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    platform.queues.push({ arn: queue.queueArn, url: queue.queueUrl });

    this.target = new SqsQueue(queue, {
      deadLetterQueue: deadLetters,
      retryAttempts: 185,
      maxEventAge: Duration.hours(24),
    });

    const fn = new DeclaredFunction(this, declaration, platform, {
      deployments,
      triggerRights: [
        {
          actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
          resources: [queue.queueArn],
        },
      ],
    });
    new EventSourceMapping(this, 'Source', {
      target: fn.alias,
      eventSourceArn: queue.queueArn,
      batchSize,
      maxConcurrency,
      maxBatchingWindow: gatherSeconds === undefined ? undefined : Duration.seconds(gatherSeconds),
      reportBatchItemFailures: true,
    });

    const waiting = new Alarm(this, 'WaitingAlarm', {
      alarmName: `${name}-waits`,
      alarmDescription: `Messages wait too long. ${declaration.errorImpact}`,
      metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'Maximum' }),
      threshold: WAITING_TOO_LONG.toSeconds(),
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    waiting.addAlarmAction(new SnsAction(platform.alarmTopic()));
  }
}
