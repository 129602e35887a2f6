/** The one table, and the bucket that vouches for its audit trail. */
import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { AnyEntity } from '../../functions/platform/entity.ts';
import { indexNames } from '../../functions/platform/entity.ts';
import { indexKeys, indexNameOf, projectionOf, tableKey } from '../../functions/platform/table-schema.ts';
import { stackName } from '../names.ts';
import type { Platform } from '../platform.ts';

/** Attribute by which items vanish: entities that expire keep an epoch second in it. */
export const TTL_ATTRIBUTE = 'expires';

const text = (name: string) => ({ name, type: AttributeType.STRING });

export class DataStack extends Stack {
  constructor(scope: Construct, platform: Platform, entities: readonly AnyEntity[]) {
    const { config } = platform;
    super(scope, 'Data', {
      stackName: stackName(config.name, 'data'),
      description: 'Mewayz: the table that holds everything',
      env: { region: config.region },
    });
    const table = new Table(this, 'Table', {
      partitionKey: text(tableKey.pk),
      sortKey: text(tableKey.sk),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: config.protectData,
      removalPolicy: config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: TTL_ATTRIBUTE,
    });
    for (const entity of entities) {
      if (entity.expires !== undefined && entity.expires !== TTL_ATTRIBUTE) {
        throw new Error(
          `${entity.name} expires by "${entity.expires}"; the table's attribute for that is "${TTL_ATTRIBUTE}".`,
        );
      }
    }
    for (const index of indexNames) {
      const nonKeyAttributes = projectionOf(index, entities);
      table.addGlobalSecondaryIndex({
        indexName: indexNameOf(index),
        partitionKey: text(indexKeys[index].pk),
        sortKey: text(indexKeys[index].sk),
        ...(nonKeyAttributes.length > 0
          ? { projectionType: ProjectionType.INCLUDE, nonKeyAttributes }
          : { projectionType: ProjectionType.KEYS_ONLY }),
      });
    }
    platform.provide('tableName', table.tableName);
    platform.provideArn('table', table.tableArn);
    platform.provideArn('tableStream', table.tableStreamArn as string);
    new CfnOutput(this, 'TableName', { value: table.tableName });

    const locked = Duration.days(config.auditLockDays);
    const anchors = new Bucket(this, 'AuditAnchors', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      objectLockEnabled: true,
      // What is locked for compliance outlives every mistake and every right: a stage that is thrown away must not do that.
      objectLockDefaultRetention: config.retainData
        ? ObjectLockRetention.compliance(locked)
        : ObjectLockRetention.governance(locked),
      removalPolicy: config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(anchors).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'One small object a day is written by one function; its versions can not be changed.',
    });
    platform.provide('auditBucket', anchors.bucketName);
    platform.provideArn('auditBucket', anchors.bucketArn);
    new CfnOutput(this, 'AuditBucketName', { value: anchors.bucketName });
  }
}
