/**
 * Deletes items whose time to live is over. AWS does so within days; here within about half a minute. Each deletion is
 * conditional on the item still being expired, goes through the engine (indexes and stream follow), and its stream record
 * says that the service did it: `userIdentity: {type: Service, principalId: dynamodb.amazonaws.com}`.
 */
import type { Cloud } from '../../types.ts';
import type { DatabaseFile } from './database-file.ts';
import type { Engine } from './engine.ts';
import type { AttributeMap } from './touched-keys.ts';

const batchSize = 100;

export interface ExpiringTable {
  name: string;
  attribute: string;
  /** Names of the table's key attributes. */
  keys: string[];
  streamArn: string | undefined;
}

/** One pass over the tables; gives the number of items deleted. */
export async function deleteExpired(
  tables: Iterable<ExpiringTable>,
  now: number,
  engine: Engine,
  file: DatabaseFile,
  cloud: Cloud,
): Promise<number> {
  let deleted = 0;
  for (const table of tables) {
    let batch: AttributeMap[];
    do {
      const before = file.newestStreamRecord();
      batch = file.expiredItems(table.name, table.attribute, now, batchSize);
      const keys = batch.map((item) => Object.fromEntries(table.keys.map((name) => [name, item[name] ?? {}])));
      const removed = await Promise.all(keys.map((key) => deleteOne(table, key, now, engine)));
      if (table.streamArn) {
        file.markAsExpired(
          table.name,
          keys.filter((_, index) => removed[index]),
          before,
        );
        if (removed.includes(true)) cloud.notify(table.streamArn);
      }
      deleted += removed.filter(Boolean).length;
      if (!removed.includes(true)) break;
    } while (batch.length === batchSize);
  }
  return deleted;
}

async function deleteOne(table: ExpiringTable, key: AttributeMap, now: number, engine: Engine): Promise<boolean> {
  const answer = await engine.send(
    'DeleteItem',
    JSON.stringify({
      TableName: table.name,
      Key: key,
      ConditionExpression: '#expiry < :now',
      ExpressionAttributeNames: { '#expiry': table.attribute },
      ExpressionAttributeValues: { ':now': { N: String(now) } },
    }),
  );
  return answer.status === 200;
}
