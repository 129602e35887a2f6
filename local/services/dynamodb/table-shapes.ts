/** What the proxy must know of a table: its partition keys, to name the keys that a request touches, and its stream. */
import type { JsonObject } from '../../types.ts';

export interface TableShape {
  partitionKey: string;
  /** Partition key per index name. */
  indexes: ReadonlyMap<string, string>;
  /** ARN of the enabled stream. */
  streamArn: string | undefined;
}

interface KeyElement {
  AttributeName: string;
  KeyType: 'HASH' | 'RANGE';
}
/** The part of DescribeTable's answer that is read here. */
export interface TableDescription {
  TableName: string;
  TableArn: string;
  TableId?: string;
  KeySchema: KeyElement[];
  AttributeDefinitions: JsonObject[];
  GlobalSecondaryIndexes?: { IndexName: string; KeySchema: KeyElement[]; IndexStatus?: string }[];
  LocalSecondaryIndexes?: { IndexName: string; KeySchema: KeyElement[] }[];
  StreamSpecification?: { StreamEnabled: boolean; StreamViewType?: string };
  LatestStreamArn?: string;
  DeletionProtectionEnabled?: boolean;
}

const partitionKeyOf = (schema: KeyElement[]): string =>
  schema.find((element) => element.KeyType === 'HASH')?.AttributeName ?? '';

export function shapeOf(table: TableDescription): TableShape {
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return {
    partitionKey: partitionKeyOf(table.KeySchema),
    indexes: new Map(indexes.map((index) => [index.IndexName, partitionKeyOf(index.KeySchema)])),
    streamArn: table.StreamSpecification?.StreamEnabled ? table.LatestStreamArn : undefined,
  };
}

/** A request may name a table by its ARN. */
export function tableNameOf(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? (nameOrArn.split(':table/')[1]?.split('/')[0] ?? nameOrArn) : nameOrArn;
}
