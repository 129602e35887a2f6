/**
 * The two buckets of files. Into the one people send, by forms that fix everything, and nothing stays there; the other holds what was made of
 * it for the web application to show. Neither is open to anybody.
 */
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bucketName } from '../names.ts';
import type { StageConfig } from '../stages.ts';

export class MediaBucket extends Bucket {
  constructor(scope: Construct, id: string, config: StageConfig) {
    super(scope, id, {
      bucketName: bucketName(config.name, 'media'),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      removalPolicy: config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Holds what everybody may see; CloudFront counts the requests.',
    });
  }
}

export class UploadsBucket extends Construct {
  /** `origins`: of the pages that send files. */
  constructor(scope: Construct, id: string, config: StageConfig, origins: readonly string[]) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      bucketName: bucketName(config.name, 'uploads'),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // What was sent is worked on within seconds and deleted then: a day is for what lies in the dead-letter queue.
      lifecycleRules: [{ expiration: Duration.days(1), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: origins.map(anyLocalPort), maxAge: 3_600 }],
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // As the bucket's own property: CDK's switch would bring a function of its own along.
    (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'Each file lies there for seconds; the form that it came by and what became of it are kept in the table.',
    });
  }
}

/** A platform on a developer's machine stands at whatever port is free. */
const anyLocalPort = (origin: string) => origin.replace(/^(http:\/\/localhost):\d+$/, '$1:*');
