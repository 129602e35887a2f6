/** The DynamoDB client of this container. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientSettings } from './aws-client.ts';

let client: DynamoDBDocumentClient | undefined;

export function dynamodb(): DynamoDBDocumentClient {
  client ??= DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings(3_000)), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return client;
}
