/**
 * AWS::DynamoDB::Table: creates the table, or brings one of a former start to what the template says now (new and dropped
 * global indexes, stream, time to live, deletion protection, tags). A changed key schema or local index is an error, as it
 * would mean a new table in AWS.
 *
 * Taken over: TableName, KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes, BillingMode,
 * ProvisionedThroughput, StreamSpecification, TimeToLiveSpecification, DeletionProtectionEnabled, Tags, ResourcePolicy.
 * Without effect here: backups and point-in-time recovery, encryption keys, contributor insights, Kinesis, table class,
 * throughput limits (the engine never throttles).
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Cloud, CreatedResource, Json, JsonObject, PolicyDocument, ResourceDeclaration } from '../../types.ts';
import type { TableDescription } from './table-shapes.ts';

/** Sends an operation as the platform itself; throws AwsError. */
export type SendAsPlatform = (operation: string, input: JsonObject) => Promise<JsonObject>;

const known = new Set([
  ...['TableName', 'KeySchema', 'AttributeDefinitions', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes'],
  ...['BillingMode', 'ProvisionedThroughput', 'StreamSpecification', 'TimeToLiveSpecification', 'Tags'],
  ...['DeletionProtectionEnabled', 'ResourcePolicy', 'PointInTimeRecoverySpecification', 'SSESpecification'],
  ...['ContributorInsightsSpecification', 'KinesisStreamSpecification', 'TableClass', 'OnDemandThroughput'],
  ...['WarmThroughput'],
]);

export async function provisionTable(
  resource: ResourceDeclaration,
  send: SendAsPlatform,
  cloud: Cloud,
): Promise<CreatedResource> {
  const { properties } = resource;
  const unknown = Object.keys(properties).find((name) => !known.has(name));
  if (unknown)
    throw new Error(
      `${resource.stack}/${resource.logicalId}: the local DynamoDB does not know the table property ${unknown}.`,
    );
  const name = typeof properties.TableName === 'string' ? properties.TableName : generatedName(resource);

  const former = await describe(name, send);
  if (former) await update(former, name, properties, send);
  else await send('CreateTable', creation(name, properties));
  await setTimeToLive(name, properties, send);
  if (Array.isArray(properties.Tags) && properties.Tags.length > 0) {
    const arn = `arn:aws:dynamodb:${cloud.region}:${cloud.accountId}:table/${name}`;
    await send('TagResource', { ResourceArn: arn, Tags: properties.Tags });
  }

  const table = await describe(name, send);
  if (!table) throw new Error(`Table ${name} is missing after it was created.`);
  const policy = (properties.ResourcePolicy as { PolicyDocument?: PolicyDocument } | undefined)?.PolicyDocument;
  if (policy) cloud.attachResourcePolicy(table.TableArn, policy);
  return {
    ref: name,
    attributes: { Arn: table.TableArn, ...(table.LatestStreamArn && { StreamArn: table.LatestStreamArn }) },
  };
}

/** As CloudFormation names what has no name: stack, logical id and a stable suffix. */
function generatedName({ stack, logicalId }: ResourceDeclaration): string {
  const suffix = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 12).toUpperCase();
  return `${stack}-${logicalId}-${suffix}`;
}

function creation(name: string, properties: JsonObject): JsonObject {
  const provisioned = properties.ProvisionedThroughput;
  return {
    TableName: name,
    AttributeDefinitions: properties.AttributeDefinitions ?? [],
    KeySchema: properties.KeySchema ?? [],
    ...(provisioned && properties.BillingMode !== 'PAY_PER_REQUEST'
      ? { BillingMode: 'PROVISIONED', ProvisionedThroughput: provisioned }
      : { BillingMode: 'PAY_PER_REQUEST' }),
    ...(properties.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: indexesOf(properties.GlobalSecondaryIndexes).map(globalIndex),
    }),
    ...(properties.LocalSecondaryIndexes && { LocalSecondaryIndexes: properties.LocalSecondaryIndexes }),
    ...(properties.StreamSpecification && { StreamSpecification: streamOf(properties) }),
    ...(properties.DeletionProtectionEnabled === true && { DeletionProtectionEnabled: true }),
  };
}

const indexesOf = (indexes: Json | undefined): JsonObject[] =>
  Array.isArray(indexes) ? (indexes as JsonObject[]) : [];

function globalIndex({ IndexName, KeySchema, Projection, ProvisionedThroughput }: JsonObject): JsonObject {
  return {
    IndexName: IndexName ?? '',
    KeySchema: KeySchema ?? [],
    Projection: Projection ?? {},
    ...(ProvisionedThroughput && { ProvisionedThroughput }),
  };
}

/** CloudFormation leaves out `StreamEnabled`; the API wants it. */
function streamOf(properties: JsonObject): JsonObject {
  const { StreamViewType } = properties.StreamSpecification as JsonObject;
  return { StreamEnabled: true, StreamViewType: StreamViewType ?? 'NEW_AND_OLD_IMAGES' };
}

async function update(
  table: TableDescription,
  name: string,
  properties: JsonObject,
  send: SendAsPlatform,
): Promise<void> {
  const localNames = (indexes: { IndexName: string }[]): string[] => indexes.map((index) => index.IndexName).sort();
  const declaredLocal = indexesOf(properties.LocalSecondaryIndexes) as unknown as { IndexName: string }[];
  if (
    !isDeepStrictEqual(table.KeySchema, properties.KeySchema) ||
    !isDeepStrictEqual(localNames(table.LocalSecondaryIndexes ?? []), localNames(declaredLocal))
  ) {
    throw new Error(`Table ${name} exists with another key schema or other local indexes; a reset begins anew.`);
  }
  const declared = indexesOf(properties.GlobalSecondaryIndexes);
  const present = table.GlobalSecondaryIndexes ?? [];
  for (const index of present) {
    const same = declared.find((other) => other.IndexName === index.IndexName);
    if (same && isDeepStrictEqual(same.KeySchema, index.KeySchema)) continue;
    await send('UpdateTable', {
      TableName: name,
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: index.IndexName } }],
    });
  }
  for (const index of declared) {
    const same = present.find((other) => other.IndexName === index.IndexName);
    if (same && isDeepStrictEqual(same.KeySchema, index.KeySchema)) continue;
    await send('UpdateTable', {
      TableName: name,
      AttributeDefinitions: properties.AttributeDefinitions ?? [],
      GlobalSecondaryIndexUpdates: [{ Create: globalIndex(index) }],
    });
  }
  const hasStream = table.StreamSpecification?.StreamEnabled === true;
  const wantsStream = properties.StreamSpecification !== undefined;
  const viewType = wantsStream ? streamOf(properties).StreamViewType : undefined;
  const sameView = table.StreamSpecification?.StreamViewType === viewType;
  if (hasStream && !(wantsStream && sameView)) {
    await send('UpdateTable', { TableName: name, StreamSpecification: { StreamEnabled: false } });
  }
  if (wantsStream && !(hasStream && sameView)) {
    await send('UpdateTable', { TableName: name, StreamSpecification: streamOf(properties) });
  }
  const isProtected = properties.DeletionProtectionEnabled === true;
  if ((table.DeletionProtectionEnabled ?? false) !== isProtected) {
    await send('UpdateTable', { TableName: name, DeletionProtectionEnabled: isProtected });
  }
}

async function setTimeToLive(name: string, properties: JsonObject, send: SendAsPlatform): Promise<void> {
  const wanted = properties.TimeToLiveSpecification as { AttributeName?: string; Enabled?: Json } | undefined;
  const attribute = wanted && String(wanted.Enabled) === 'true' ? wanted.AttributeName : undefined;
  const { TimeToLiveDescription } = (await send('DescribeTimeToLive', { TableName: name })) as {
    TimeToLiveDescription?: { TimeToLiveStatus?: string; AttributeName?: string };
  };
  const present =
    TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED' ? TimeToLiveDescription.AttributeName : undefined;
  if (present === attribute) return;
  const set = (AttributeName: string, Enabled: boolean) =>
    send('UpdateTimeToLive', { TableName: name, TimeToLiveSpecification: { AttributeName, Enabled } });
  if (present) await set(present, false);
  if (attribute) await set(attribute, true);
}

async function describe(name: string, send: SendAsPlatform): Promise<TableDescription | undefined> {
  try {
    const { Table } = await send('DescribeTable', { TableName: name });
    return Table as unknown as TableDescription;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
