/** A function that runs by the clock: EventBridge Scheduler with a dead-letter queue. */
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { ScheduleDeclaration } from '../../functions/platform/declaration.ts';
import { constructId, functionName } from '../names.ts';
import type { Platform } from '../platform.ts';
import { DeadLetters } from './dead-letters.ts';
import { DeclaredFunction } from './declared-function.ts';
import type { Deployments } from './deployments.ts';

export class ScheduledFunction extends Construct {
  constructor(scope: Construct, declaration: ScheduleDeclaration, platform: Platform, deployments?: Deployments) {
    super(scope, `${constructId(declaration.id)}Schedule`);
    const name = functionName(platform.config.name, declaration.id);
    const { queue: failures } = new DeadLetters(this, name, platform, declaration.errorImpact);
    const fn = new DeclaredFunction(this, declaration, platform, { deployments });
    const role = new Role(this, 'SchedulerRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
      inlinePolicies: {
        access: new PolicyDocument({
          statements: [
            new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.alias.functionArn] }),
            new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failures.queueArn] }),
          ],
        }),
      },
    });
    new CfnSchedule(this, 'Schedule', {
      name,
      scheduleExpression: declaration.schedule,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: fn.alias.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: failures.queueArn },
        retryPolicy: { maximumRetryAttempts: 3 },
      },
    });
  }
}
