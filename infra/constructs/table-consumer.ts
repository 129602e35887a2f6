/** A consumer of the table's stream, with a queue for the records that it could not work on. */
import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { StreamDeclaration } from '../../functions/platform/declaration.ts';
import { constructId, functionName } from '../names.ts';
import type { Platform } from '../platform.ts';
import { DeadLetters } from './dead-letters.ts';
import { DeclaredFunction } from './declared-function.ts';
import type { Deployments } from './deployments.ts';

/** A record that is older is given up: DynamoDB keeps its stream for 24 hours. */
const MAX_AGE = Duration.hours(23);
const BEHIND_TOO_FAR = Duration.minutes(5);

export class TableConsumer extends Construct {
  constructor(scope: Construct, declaration: StreamDeclaration, platform: Platform, deployments?: Deployments) {
    super(scope, `${constructId(declaration.id)}Consumer`);
    const name = functionName(platform.config.name, declaration.id);
    const { queue: failures } = new DeadLetters(this, name, platform, declaration.errorImpact);
    platform.queues.push({ arn: failures.queueArn, url: failures.queueUrl });
    const streamArn = platform.tableStreamArn();
    const fn = new DeclaredFunction(this, declaration, platform, {
      deployments,
      triggerRights: [
        {
          actions: [
            'dynamodb:DescribeStream',
            'dynamodb:GetRecords',
            'dynamodb:GetShardIterator',
            'dynamodb:ListStreams',
          ],
          resources: [streamArn],
        },
        { actions: ['sqs:SendMessage'], resources: [failures.queueArn] },
      ],
    });
    new EventSourceMapping(this, 'Source', {
      target: fn.alias,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: declaration.batchSize ?? 100,
      maxBatchingWindow:
        declaration.gatherSeconds === undefined ? undefined : Duration.seconds(declaration.gatherSeconds),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 100,
      maxRecordAge: MAX_AGE,
      // The role's right to send stands above: SqsDlq would attach a second policy.
      onFailure: { bind: () => ({ destination: failures.queueArn }) },
      filters: declaration.filters.map((filter) => FilterCriteria.filter({ ...filter })),
    });

    const behind = new Alarm(this, 'BehindAlarm', {
      alarmName: `${name}-is-behind`,
      alarmDescription: `The stream is not read fast enough. ${declaration.errorImpact}`,
      metric: new Metric({
        namespace: 'AWS/Lambda',
        metricName: 'IteratorAge',
        dimensionsMap: { FunctionName: name },
        statistic: 'Maximum',
        period: Duration.minutes(1),
      }),
      threshold: BEHIND_TOO_FAR.toMilliseconds(),
      evaluationPeriods: 3,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    behind.addAlarmAction(new SnsAction(platform.alarmTopic()));
  }
}
