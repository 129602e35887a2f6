/** What services of AWS tell: the account's own bus → rule → queue → function. */
import { type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { ServiceEvent, ServiceEventDeclaration } from '../../functions/platform/declaration.ts';
import { bucketName, configurationSetName } from '../names.ts';
import type { Platform } from '../platform.ts';
import type { Deployments } from './deployments.ts';
import { type Pace, QueuedFunction } from './queued-function.ts';

const paces: Record<ServiceEvent['name'], Pace> = {
  /** Each file may need much memory: one after another, and a few copies at once. */
  'Object Created': { batchSize: 1, maxConcurrency: 5 },
  /** Nobody waits for these, and there is one for each mail: many go in one call. */
  'Email Sent': { batchSize: 100, maxConcurrency: 2, gatherSeconds: 5 },
};

export class ServiceEventReaction extends QueuedFunction {
  constructor(scope: Construct, declaration: ServiceEventDeclaration, platform: Platform, deployments?: Deployments) {
    super(scope, declaration, platform, paces[declaration.on.name], deployments);
    new Rule(this, 'Rule', {
      description: `${declaration.id} on ${declaration.on.name}`,
      eventPattern: patternOf(declaration.on, platform.config.name),
      targets: [this.target],
    });
  }
}

/** Only what happens at this deployment: an account may hold several. */
function patternOf(event: ServiceEvent, stage: string): EventPattern {
  switch (event.name) {
    case 'Object Created':
      return {
        source: ['aws.s3'],
        detailType: [event.name],
        detail: { bucket: { name: [bucketName(stage, 'uploads')] }, object: { key: [{ prefix: event.prefix }] } },
      };
    case 'Email Sent':
      return {
        source: ['aws.ses'],
        detailType: [event.name],
        detail: { mail: { tags: { 'ses:configuration-set': [configurationSetName(stage)] } } },
      };
  }
}
