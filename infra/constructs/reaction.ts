/** A reaction: bus → rule → queue → function. */
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { patternOf } from '../../events/event.ts';
import type { QueueDeclaration } from '../../functions/platform/declaration.ts';
import type { Platform } from '../platform.ts';
import type { Deployments } from './deployments.ts';
import { QueuedFunction } from './queued-function.ts';

export class Reaction extends QueuedFunction {
  constructor(scope: Construct, declaration: QueueDeclaration, platform: Platform, deployments?: Deployments) {
    const { batchSize = 10, maxConcurrency = 5, gatherSeconds } = declaration;
    super(scope, declaration, platform, { batchSize, maxConcurrency, gatherSeconds }, deployments);
    const pattern = patternOf(declaration.on);
    new Rule(this, 'Rule', {
      eventBus: EventBus.fromEventBusArn(this, 'Bus', platform.arns.bus()),
      description: `${declaration.id} on ${pattern['detail-type'].join(', ')}`,
      eventPattern: { source: pattern.source, detailType: pattern['detail-type'], detail: pattern.detail },
      targets: [this.target],
    });
  }
}
