/** What happens to uploaded files: S3 → the account's own bus → rule → queue → function. */
import { Rule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { UploadDeclaration } from '../../functions/platform/declaration.ts';
import { bucketName } from '../names.ts';
import type { Platform } from '../platform.ts';
import type { Deployments } from './deployments.ts';
import { QueuedFunction } from './queued-function.ts';

/** Each may need much memory: one after another, and a few copies at once. */
const pace = { batchSize: 1, maxConcurrency: 5 };

export class UploadReaction extends QueuedFunction {
  constructor(scope: Construct, declaration: UploadDeclaration, platform: Platform, deployments?: Deployments) {
    super(scope, declaration, platform, pace, deployments);
    new Rule(this, 'Rule', {
      description: `${declaration.id} on files sent below ${declaration.prefix}`,
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [bucketName(platform.config.name, 'uploads')] },
          object: { key: [{ prefix: declaration.prefix }] },
        },
      },
      targets: [this.target],
    });
  }
}
