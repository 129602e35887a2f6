/** Tells EventBridge, functions and queues what happened to an object, as the bucket's notification configuration says. */
import { randomUUID } from 'node:crypto';
import type { Cloud, Json, JsonObject } from '../../types.ts';
import type { Bucket, ObjectVersion } from './object-store.ts';

export type ObjectEvent =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Post'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated';

interface Rule {
  Events: string[];
  Filter?: { Key?: FilterRules; S3Key?: FilterRules };
  /** One of them, in the words of the API or of CloudFormation. */
  LambdaFunctionArn?: string;
  QueueArn?: string;
  Function?: string;
  Queue?: string;
  Event?: string;
}
interface FilterRules {
  FilterRules?: { Name: string; Value: string }[];
  Rules?: { Name: string; Value: string }[];
}

/** The API's and CloudFormation's forms of the configuration in one; throws when a topic is asked for. */
export function notificationRules(configuration: JsonObject): Rule[] {
  const lists = ['LambdaFunctionConfigurations', 'LambdaConfigurations', 'QueueConfigurations'];
  return lists
    .flatMap((name) => (configuration[name] ?? []) as unknown as Rule[])
    .map((rule) => ({
      ...rule,
      Events: rule.Events ?? [rule.Event ?? ''],
    }));
}

/** Resolves when every target has taken it; a target that fails is logged, not thrown, as the object is stored already. */
export async function notifyTargets(
  cloud: Cloud,
  bucket: Bucket,
  object: ObjectVersion,
  event: ObjectEvent,
  requestId: string,
): Promise<void> {
  const { notifications } = bucket;
  const caller = {
    ...({ kind: 'service', principal: 's3.amazonaws.com' } as const),
    ...{ sourceArn: `arn:aws:s3:::${bucket.name}`, sourceAccount: cloud.accountId },
  };
  const tell = async (target: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      cloud.log('error', `S3: ${target} was not told of ${event} of ${bucket.name}/${object.key}: ${String(error)}`);
    }
  };
  const told: Promise<void>[] = [];
  if (notifications.EventBridgeConfiguration !== undefined) {
    const bus = `arn:aws:events:${cloud.region}:${cloud.accountId}:event-bus/default`;
    told.push(
      tell('EventBridge', () => cloud.putEvent(bus, bridgeEvent(cloud, bucket, object, event, requestId), caller)),
    );
  }
  for (const rule of notificationRules(notifications).filter((one) => applies(one, event, object.key))) {
    const payload = records(cloud, bucket, object, event, requestId);
    const functionArn = rule.LambdaFunctionArn ?? rule.Function;
    const queueArn = rule.QueueArn ?? rule.Queue;
    if (functionArn) told.push(tell(functionArn, () => cloud.invoke(functionArn, payload, { caller, type: 'event' })));
    if (queueArn) told.push(tell(queueArn, () => cloud.sendMessage(queueArn, JSON.stringify(payload), { caller })));
  }
  await Promise.all(told);
}

function applies(rule: Rule, event: string, key: string): boolean {
  const kind = event.split(':')[0];
  const named = rule.Events.some((one) => [event, `${kind}:*`].includes(one.replace(/^s3:/, '')));
  const filter = rule.Filter?.Key ?? rule.Filter?.S3Key;
  const rules = filter?.FilterRules ?? filter?.Rules ?? [];
  return (
    named && rules.every(({ Name, Value }) => (/^prefix$/i.test(Name) ? key.startsWith(Value) : key.endsWith(Value)))
  );
}

function bridgeEvent(
  cloud: Cloud,
  bucket: Bucket,
  object: ObjectVersion,
  event: ObjectEvent,
  requestId: string,
): JsonObject {
  const [kind = '', reason = ''] = event.split(':');
  const created = kind === 'ObjectCreated';
  return {
    source: 'aws.s3',
    'detail-type': created ? 'Object Created' : 'Object Deleted',
    resources: [`arn:aws:s3:::${bucket.name}`],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key: object.key,
        ...(created && { size: object.size, etag: object.etag }),
        ...(object.versionId !== 'null' && { 'version-id': object.versionId }),
        sequencer: sequencer(object),
      },
      ...{ 'request-id': requestId, requester: cloud.accountId, 'source-ip-address': '127.0.0.1' },
      reason: created ? (reasons[reason] ?? reason) : 'DeleteObject',
      ...(!created && { 'deletion-type': reason === 'Delete' ? 'Permanently Deleted' : 'Delete Marker Created' }),
    },
  };
}
const reasons: Record<string, string> = { Put: 'PutObject', Post: 'POST Object', Copy: 'CopyObject' };
const sequencer = (object: ObjectVersion): string => object.sequence.toString(16).toUpperCase().padStart(18, '0');

function records(cloud: Cloud, bucket: Bucket, object: ObjectVersion, event: ObjectEvent, requestId: string): Json {
  const key = encodeURIComponent(object.key).replaceAll('%2F', '/').replaceAll('%20', '+');
  const { size, etag: eTag } = object;
  return {
    Records: [
      {
        ...{ eventVersion: '2.1', eventSource: 'aws:s3', awsRegion: cloud.region, eventName: event },
        eventTime: new Date().toISOString(),
        userIdentity: { principalId: cloud.accountId },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': randomUUID() },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'local',
          bucket: {
            name: bucket.name,
            ownerIdentity: { principalId: cloud.accountId },
            arn: `arn:aws:s3:::${bucket.name}`,
          },
          object: {
            ...{ key, sequencer: sequencer(object) },
            ...(event.startsWith('ObjectCreated') && { size, eTag }),
            ...(object.versionId !== 'null' && { versionId: object.versionId }),
          },
        },
      },
    ],
  };
}
