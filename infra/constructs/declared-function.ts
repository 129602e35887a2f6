/**
 * One Lambda function from its declaration: its own log group, its own role with exactly the declared rights, version and
 * alias, and the alarm that says what breaks for people. What starts it is added by the kind's own construct.
 */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionDeclaration } from '../../functions/platform/declaration.ts';
import { environmentNames } from '../../functions/platform/env.ts';
import { METRICS_NAMESPACE } from '../../functions/platform/observe.ts';
import { constructId, functionName, LIVE, stackName } from '../names.ts';
import type { Platform } from '../platform.ts';
import { retention } from '../retention.ts';
import type { StageConfig } from '../stages.ts';
import type { Deployments } from './deployments.ts';
import { environmentOf } from './environment.ts';
import { type Statement, statementsOf } from './policy.ts';

const DEFAULT_MEMORY_MB = 512;
const DEFAULT_TIMEOUT_SECONDS = {
  http: 10,
  fallback: 10,
  queue: 30,
  'service-event': 30,
  stream: 30,
  schedule: 30,
  resource: 30,
  /** No longer than the user pool waits. */
  trigger: 5,
} as const;

/** Seconds that a function of this declaration may run. */
export function timeoutOf(declaration: FunctionDeclaration): number {
  return declaration.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS[declaration.kind];
}

export class DeclaredFunction extends Construct {
  readonly alias: Alias;
  readonly role: Role;
  readonly logGroup: LogGroup;
  readonly alarm: Alarm;

  /** `triggerRights`: what the trigger needs of the role, for example to read its queue. */
  constructor(
    scope: Construct,
    declaration: FunctionDeclaration,
    platform: Platform,
    options: { triggerRights?: readonly Statement[]; deployments?: Deployments } = {},
  ) {
    super(scope, constructId(declaration.id));
    const { config } = platform;
    const name = functionName(config.name, declaration.id);

    this.logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${name}`,
      retention: retention(config.logRetentionDays),
      removalPolicy: config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const rights: Statement[] = [
      {
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      },
      ...statementsOf(declaration.access, platform.arns),
      ...(options.triggerRights ?? []),
    ];
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `${declaration.id}: what it declares, and nothing else`,
      inlinePolicies: {
        access: new PolicyDocument({
          statements: rights.map(
            ({ actions, resources, conditions }) =>
              new PolicyStatement({
                actions: [...actions],
                resources: [...resources],
                ...(conditions ? { conditions } : {}),
              }),
          ),
        }),
      },
    });

    if (declaration.access.anchor)
      Validations.of(this.role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${anchorsArn(config)}/audit/*]`,
        reason: 'It may write anchors and nothing else: each day has a key of its own, which no policy can name ahead.',
      });

    for (const [right, bucket] of [
      [declaration.access.uploads, 'uploads'],
      [declaration.access.media, 'media'],
    ] as const) {
      if (right)
        Validations.of(this.role).acknowledge({
          id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::mewayz-${config.name}-${bucket}-<AWS::AccountId>-<AWS::Region>/${right.prefix}*]`,
          reason: 'Its own folder of that bucket: each file has a key of its own, which no policy can name ahead.',
        });
    }

    const environment: Record<string, string> = {};
    for (const setting of environmentOf(declaration)) {
      const value = platform.setting(setting);
      if (value !== undefined) environment[environmentNames[setting]] = value;
    }
    const fn = new LambdaFunction(this, 'Function', {
      functionName: name,
      description: descriptionOf(declaration),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: platform.code(declaration.id),
      memorySize: declaration.memoryMb ?? DEFAULT_MEMORY_MB,
      timeout: Duration.seconds(timeoutOf(declaration)),
      role: this.role,
      logGroup: this.logGroup,
      environment,
    });
    this.alias = new Alias(this, 'Live', { aliasName: LIVE, version: fn.currentVersion });

    this.alarm = new Alarm(this, 'Alarm', {
      alarmName: `${name}-fails`,
      alarmDescription: declaration.errorImpact,
      metric: failuresOf(declaration, config.name),
      threshold: 1,
      evaluationPeriods: 5,
      datapointsToAlarm: 2,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.alarm.addAlarmAction(new SnsAction(platform.alarmTopic()));

    if (options.deployments) {
      const { application, role } = options.deployments;
      new LambdaDeploymentGroup(this, 'Deployment', {
        application,
        role,
        alias: this.alias,
        deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
        alarms: [this.alarm],
        autoRollback: { deploymentInAlarm: true, failedDeployment: true, stoppedDeployment: true },
      });
    }
  }
}

/** The ARN of the anchors' bucket as cdk-nag writes it: by the output of the data stack through which other stacks refer to it. */
function anchorsArn(config: StageConfig): string {
  const OutputName = 'PublishOutputFnGetAttAuditAnchors1A79D4A3Arn8F0B97C7';
  const Region = config.region ?? { Ref: 'AWS::Region' };
  return JSON.stringify({ 'Fn::GetStackOutput': { StackName: stackName(config.name, 'data'), Region, OutputName } });
}

/**
 * What failed for people, by minute: invocations that threw, timed out or were throttled, and for operations the replies of 500 and
 * above, which the adapter makes of errors.
 */
function failuresOf(declaration: FunctionDeclaration, stage: string): MathExpression {
  const period = Duration.minutes(1);
  const sum = (namespace: string, metricName: string, dimensionsMap: Record<string, string>) =>
    new Metric({ namespace, metricName, dimensionsMap, statistic: 'Sum', period });
  const FunctionName = functionName(stage, declaration.id);
  const usingMetrics: Record<string, Metric> = {
    errors: sum('AWS/Lambda', 'Errors', { FunctionName }),
    throttles: sum('AWS/Lambda', 'Throttles', { FunctionName }),
  };
  if (declaration.kind === 'http' || declaration.kind === 'fallback') {
    const dimensions = { service: `mewayz-${stage}`, operation: declaration.id };
    usingMetrics.replies = sum(METRICS_NAMESPACE, 'Errors', dimensions);
  }
  return new MathExpression({
    // A metric without data in a minute would make the whole sum missing.
    expression: Object.keys(usingMetrics)
      .map((name) => `FILL(${name}, 0)`)
      .join(' + '),
    label: `${declaration.id} fails`,
    period,
    usingMetrics,
  });
}

function descriptionOf(declaration: FunctionDeclaration): string {
  switch (declaration.kind) {
    case 'http':
      return `${declaration.contract.method} ${declaration.contract.path}: ${declaration.contract.summary}`.slice(
        0,
        256,
      );
    case 'queue':
      return `Reacts on ${declaration.on.map((event) => event.name).join(', ')}`.slice(0, 256);
    case 'service-event':
      return `Reacts on ${declaration.on.name} of AWS`;
    case 'schedule':
      return `Runs at ${declaration.schedule}`;
    default:
      return declaration.id;
  }
}
