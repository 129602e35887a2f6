/** Which partition keys and attributes a request touches: the values of the IAM condition keys of DynamoDB. Pure. */

/** An attribute value as on the wire: `{"S": "text"}`, `{"N": "1"}`, `{"B": "base64"}`, ... */
export type AttributeValue = Record<string, unknown>;
export type AttributeMap = Record<string, AttributeValue>;

/** The text of a key value; undefined when it can't be a key. */
export function keyText(value: AttributeValue | undefined): string | undefined {
  const text = value?.S ?? value?.N ?? value?.B;
  return typeof text === 'string' ? text : undefined;
}

interface KeyedQuery {
  KeyConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: AttributeMap;
  KeyConditions?: Record<string, { ComparisonOperator?: string; AttributeValueList?: AttributeValue[] }>;
}

const equality = /(#?[\w.-]+|:\w+)\s*=\s*(:\w+|#?[\w.-]+)/g;

/** Values that a query fixes for the partition key, from `KeyConditionExpression` or the older `KeyConditions`. */
export function queriedKeys(query: KeyedQuery, partitionKey: string): string[] {
  const found: (string | undefined)[] = [];
  for (const [, left = '', right = ''] of (query.KeyConditionExpression ?? '').matchAll(equality)) {
    const [name, placeholder] = left.startsWith(':') ? [right, left] : [left, right];
    const attribute = name.startsWith('#') ? query.ExpressionAttributeNames?.[name] : name;
    if (attribute === partitionKey) found.push(keyText(query.ExpressionAttributeValues?.[placeholder]));
  }
  const condition = query.KeyConditions?.[partitionKey];
  if (condition?.ComparisonOperator === 'EQ') found.push(keyText(condition.AttributeValueList?.[0]));
  return found.filter((key) => key !== undefined);
}

/**
 * Top-level attributes that expressions name, with `#` placeholders resolved. Function names and operators are left out.
 */
export function namedAttributes(expressions: (string | undefined)[], names: Record<string, string> = {}): string[] {
  const attributes = new Set<string>();
  for (const expression of expressions) {
    for (const [token] of (expression ?? '').matchAll(/[#:]?[A-Za-z_][\w.-]*(\[\d+\])*(\.[#\w[\]]+)*(?=(\s*\()?)/g)) {
      if (token.startsWith(':') || expressionWords.has(token.toLowerCase())) continue;
      const top = token.split(/[.[]/)[0] ?? token;
      attributes.add(top.startsWith('#') ? (names[top] ?? top) : top);
    }
  }
  return [...attributes];
}

const expressionWords = new Set([
  ...['set', 'remove', 'add', 'delete', 'and', 'or', 'not', 'between', 'in'],
  ...['attribute_exists', 'attribute_not_exists', 'attribute_type', 'begins_with', 'contains', 'size'],
  ...['if_not_exists', 'list_append'],
]);
