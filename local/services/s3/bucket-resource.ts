/**
 * AWS::S3::Bucket as declared in a template. Taken over: BucketName, VersioningConfiguration, ObjectLockEnabled,
 * ObjectLockConfiguration, NotificationConfiguration, CorsConfiguration, Tags. Accepted without effect: encryption, public
 * access block, ownership, life cycle, logging and metrics, transfer acceleration, access control (everything is private).
 */
import { createHash } from 'node:crypto';
import type { Cloud, CreatedResource, JsonObject, ResourceDeclaration } from '../../types.ts';
import type { Bucket, CorsRule, ObjectStore } from './object-store.ts';

const withoutEffect = new Set([
  ...['BucketEncryption', 'PublicAccessBlockConfiguration', 'OwnershipControls', 'LifecycleConfiguration'],
  ...[
    'LoggingConfiguration',
    'AccelerateConfiguration',
    'AccessControl',
    'MetricsConfigurations',
    'InventoryConfigurations',
  ],
  ...['IntelligentTieringConfigurations', 'AnalyticsConfigurations'],
]);
const known = new Set([
  ...['BucketName', 'VersioningConfiguration', 'ObjectLockEnabled', 'ObjectLockConfiguration'],
  ...['NotificationConfiguration', 'CorsConfiguration', 'Tags'],
]);

export function provisionBucket(resource: ResourceDeclaration, store: ObjectStore, cloud: Cloud): CreatedResource {
  const { properties, stack, logicalId } = resource;
  const unknown = Object.keys(properties).find((name) => !known.has(name) && !withoutEffect.has(name));
  if (unknown) throw new Error(`${stack}/${logicalId}: the local S3 does not know the bucket property ${unknown}.`);
  const name = typeof properties.BucketName === 'string' ? properties.BucketName : generatedName(resource, cloud);
  const former = store.bucket(name);
  const lock = properties.ObjectLockConfiguration as
    | { Rule?: { DefaultRetention?: Record<string, string> } }
    | undefined;
  const retention = lock?.Rule?.DefaultRetention;
  const objectLock = String(properties.ObjectLockEnabled ?? false) === 'true';
  const { Status } = (properties.VersioningConfiguration ?? {}) as { Status?: Bucket['versioning'] };
  const { CorsRules } = (properties.CorsConfiguration ?? {}) as { CorsRules?: CorsRule[] };
  store.saveBucket({
    ...(former ?? newBucket(name)),
    versioning: Status ?? (objectLock ? 'Enabled' : (former?.versioning ?? '')),
    objectLock,
    ...(retention && {
      defaultRetention: {
        mode: String(retention.Mode),
        days: Number(retention.Days ?? 0) + Number(retention.Years ?? 0) * 365,
      },
    }),
    cors: (CorsRules ?? []).map(({ ExposedHeaders, ...rule }) => ({
      ...rule,
      ...(ExposedHeaders && { ExposedHeaders }),
    })),
    notifications: bridgeOf((properties.NotificationConfiguration ?? {}) as JsonObject),
    tags: Object.fromEntries(
      ((properties.Tags ?? []) as { Key: string; Value: string }[]).map((tag) => [tag.Key, tag.Value]),
    ),
  });
  const host = new URL(cloud.endpoint).host;
  return {
    ref: name,
    attributes: {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${cloud.region}.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${cloud.region}.amazonaws.com`,
      WebsiteURL: `http://${name}.${host}`,
    },
  };
}

/** `EventBridgeEnabled: false` means none. */
function bridgeOf(configuration: JsonObject): JsonObject {
  const { EventBridgeConfiguration, ...others } = configuration;
  const enabled = (EventBridgeConfiguration as JsonObject | undefined)?.EventBridgeEnabled;
  if (EventBridgeConfiguration === undefined || String(enabled) === 'false') return others;
  return { ...others, EventBridgeConfiguration: {} };
}

export function newBucket(name: string): Bucket {
  return {
    ...{ name, createdAt: new Date().toISOString(), versioning: '' },
    ...{ objectLock: false, cors: [], notifications: {}, tags: {} },
  };
}

function generatedName({ stack, logicalId }: ResourceDeclaration, cloud: Cloud): string {
  const suffix = createHash('sha256').update(`${cloud.accountId}/${stack}/${logicalId}`).digest('hex').slice(0, 12);
  const words = `${stack.slice(0, 20)}-${logicalId.slice(0, 28)}`.toLowerCase().replace(/[^a-z0-9-]/g, '');
  return `${words.replace(/^-+/, '')}-${suffix}`;
}
