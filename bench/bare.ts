/** The floor that every function is held against: the document client and nothing else. `reads`: how many GetItem, one after another. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export async function handler(event: { keys: readonly Record<string, string>[] }): Promise<object> {
  let item: Record<string, unknown> | undefined;
  for (const Key of event.keys) {
    const answer = await client.send(new GetCommand({ TableName: process.env.TABLE_NAME, Key, ConsistentRead: true }));
    item = answer.Item;
  }
  return { statusCode: 200, body: JSON.stringify(item) };
}
