/** A queue for what could not be worked on, kept for two weeks, with an alarm from the first message on. */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Platform } from '../platform.ts';

export class DeadLetters extends Construct {
  readonly queue: Queue;

  /** `impact`: what breaks for people when messages land here. */
  constructor(scope: Construct, name: string, platform: Platform, impact: string) {
    super(scope, 'DeadLetters');
    this.queue = new Queue(this, 'Queue', {
      queueName: `${name}-dead`,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.queue).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It is the dead-letter queue itself.' });
    const alarm = new Alarm(this, 'Alarm', {
      alarmName: `${name}-dead-letters`,
      alarmDescription: `Messages were given up. ${impact}`,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(platform.alarmTopic()));
  }
}
