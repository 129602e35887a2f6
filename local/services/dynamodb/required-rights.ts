/**
 * Which rights a DynamoDB request needs: one per table or index, with the condition keys of the service authorization
 * reference (`dynamodb:LeadingKeys`, `Attributes`, `Select`, `ReturnValues`, `EnclosingOperation`).
 * When a keyed request hides its partition key, LeadingKeys holds an empty text, so that a policy with a fence refuses it.
 */
import { AwsError, type RequiredRight } from '../../types.ts';
import { type TableShape, tableNameOf } from './table-shapes.ts';
import { type AttributeMap, keyText, namedAttributes, queriedKeys } from './touched-keys.ts';

export interface ItemRequest {
  TableName?: string;
  IndexName?: string;
  Key?: AttributeMap;
  Item?: AttributeMap;
  Select?: string;
  ReturnValues?: string;
  AttributesToGet?: string[];
  ProjectionExpression?: string;
  FilterExpression?: string;
  UpdateExpression?: string;
  ConditionExpression?: string;
  KeyConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: AttributeMap;
  KeyConditions?: Record<string, { ComparisonOperator?: string; AttributeValueList?: AttributeMap[string][] }>;
}
interface KeysAndAttributes extends ItemRequest {
  Keys?: AttributeMap[];
}
interface WriteRequest {
  PutRequest?: { Item?: AttributeMap };
  DeleteRequest?: { Key?: AttributeMap };
}
export interface DynamoDbRequest extends ItemRequest {
  RequestItems?: Record<string, KeysAndAttributes | WriteRequest[]>;
  TransactItems?: Record<string, ItemRequest>[];
  ResourceArn?: string;
  StreamArn?: string;
  ShardIterator?: string;
}

/** How the rights see the account: ARNs of tables, and the shape of a table (undefined when there is no such table). */
export interface Tables {
  arnOf(tableName: string): string;
  shapeOf(tableName: string): Promise<TableShape | undefined>;
}

const actionInTransaction: Record<string, string> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};
const itemOperations = new Set(['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem']);
const tableOperations = new Set([
  ...['CreateTable', 'DescribeTable', 'UpdateTable', 'DeleteTable', 'UpdateTimeToLive', 'DescribeTimeToLive'],
]);
const tagOperations = new Set(['TagResource', 'UntagResource', 'ListTagsOfResource']);

export async function requiredRights(
  operation: string,
  request: DynamoDbRequest,
  tables: Tables,
): Promise<RequiredRight[]> {
  const action = `dynamodb:${operation}`;
  if (itemOperations.has(operation)) return [await itemRight(operation, request, tables)];
  if (operation === 'Query' || operation === 'Scan') return [await searchRight(operation, request, tables)];
  if (operation === 'BatchGetItem' || operation === 'BatchWriteItem') {
    const byTable = Object.entries(request.RequestItems ?? {});
    return Promise.all(byTable.map(([table, items]) => batchRight(action, table, items, tables)));
  }
  if (operation === 'TransactGetItems' || operation === 'TransactWriteItems') {
    const rights = (request.TransactItems ?? []).flatMap((entry) =>
      Object.entries(entry).map(async ([kind, item]) => {
        const right = await itemRight(actionInTransaction[kind] ?? kind, item, tables);
        return { ...right, context: { ...right.context, 'dynamodb:EnclosingOperation': operation } };
      }),
    );
    return Promise.all(rights);
  }
  if (operation === 'ListTables' || operation === 'ListStreams') return [{ action, resource: '*' }];
  if (operation === 'DescribeStream' || operation === 'GetShardIterator') {
    return [{ action, resource: request.StreamArn ?? '*' }];
  }
  if (operation === 'GetRecords') return [{ action, resource: request.ShardIterator?.split('|')[0] ?? '*' }];
  if (tagOperations.has(operation)) return [{ action, resource: request.ResourceArn ?? '*' }];
  if (tableOperations.has(operation)) {
    return [{ action, resource: tables.arnOf(tableNameOf(request.TableName ?? '')) }];
  }
  throw new AwsError('UnknownOperationException', `The local DynamoDB does not speak ${operation}.`);
}

async function itemRight(operation: string, item: ItemRequest, tables: Tables): Promise<RequiredRight> {
  const name = tableNameOf(item.TableName ?? '');
  const shape = await tables.shapeOf(name);
  const context: Record<string, string | string[]> = {};
  if (shape) context['dynamodb:LeadingKeys'] = [keyText((item.Key ?? item.Item)?.[shape.partitionKey]) ?? ''];
  if (item.ReturnValues) context['dynamodb:ReturnValues'] = item.ReturnValues;
  const attributes = touchedAttributes(item);
  if (attributes) context['dynamodb:Attributes'] = attributes;
  return { action: `dynamodb:${operation}`, resource: tables.arnOf(name), context };
}

async function searchRight(operation: string, search: ItemRequest, tables: Tables): Promise<RequiredRight> {
  const name = tableNameOf(search.TableName ?? '');
  const shape = await tables.shapeOf(name);
  const table = tables.arnOf(name);
  const projected = search.ProjectionExpression ?? search.AttributesToGet;
  const whole = search.IndexName ? 'ALL_PROJECTED_ATTRIBUTES' : 'ALL_ATTRIBUTES';
  const context: Record<string, string | string[]> = {
    'dynamodb:Select': search.Select ?? (projected ? 'SPECIFIC_ATTRIBUTES' : whole),
  };
  const attributes = touchedAttributes(search);
  if (attributes) context['dynamodb:Attributes'] = attributes;
  if (shape && operation === 'Query') {
    const partitionKey = search.IndexName ? (shape.indexes.get(search.IndexName) ?? '') : shape.partitionKey;
    const keys = queriedKeys(search, partitionKey);
    context['dynamodb:LeadingKeys'] = keys.length > 0 ? keys : [''];
  }
  return {
    action: `dynamodb:${operation}`,
    resource: search.IndexName ? `${table}/index/${search.IndexName}` : table,
    context,
  };
}

async function batchRight(
  action: string,
  nameOrArn: string,
  items: KeysAndAttributes | WriteRequest[],
  tables: Tables,
): Promise<RequiredRight> {
  const name = tableNameOf(nameOrArn);
  const shape = await tables.shapeOf(name);
  const keys = Array.isArray(items)
    ? items.map((write) => write.PutRequest?.Item ?? write.DeleteRequest?.Key)
    : (items.Keys ?? []);
  const context: Record<string, string[]> = {};
  if (shape) {
    const leading = keys.map((key) => keyText(key?.[shape.partitionKey]) ?? '');
    context['dynamodb:LeadingKeys'] = [...new Set(leading)];
  }
  const attributes = Array.isArray(items)
    ? keys.flatMap((key) => Object.keys(key ?? {}))
    : (touchedAttributes({ ...items, Key: items.Keys?.[0] }) ?? []);
  if (attributes.length > 0) context['dynamodb:Attributes'] = [...new Set(attributes)];
  return { action, resource: tables.arnOf(name), context };
}

/** Attributes that the request names; undefined when it names none (it then reads all, and AWS gives no such key). */
function touchedAttributes(item: ItemRequest): string[] | undefined {
  const named = namedAttributes(
    [
      ...[item.ProjectionExpression, item.FilterExpression, item.UpdateExpression],
      ...[item.ConditionExpression, item.KeyConditionExpression],
    ],
    item.ExpressionAttributeNames,
  );
  const reads = item.ProjectionExpression ?? item.AttributesToGet ?? item.UpdateExpression ?? item.Item;
  if (!reads) return undefined;
  const keys = Object.keys(item.Item ?? item.Key ?? {});
  return [...new Set([...named, ...keys, ...(item.AttributesToGet ?? [])])];
}
