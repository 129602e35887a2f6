/**
 * Capacity that requests consume. The engine is always asked for the full account, so that each caller's consumption can
 * be shown; the answer to the client keeps only what the client asked for. Units as the engine counts them, which match
 * the rules of AWS: 1 unit per begun KB written and half a unit per begun 4 KB read eventually consistent, the old or the
 * new size whichever is larger, each index that changes (a moved index entry counts twice), twice the table's units in a transaction.
 */
import type { ConsumedCapacity } from '../../types.ts';
import type { DynamoDbRequest } from './required-rights.ts';

const reads = new Set(['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan']);
const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

export const consumesCapacity = (operation: string): boolean => reads.has(operation) || writes.has(operation);
export const isWrite = (operation: string): boolean => writes.has(operation);

interface CapacityEntry {
  TableName: string;
  CapacityUnits?: number;
  Table?: unknown;
  GlobalSecondaryIndexes?: unknown;
  LocalSecondaryIndexes?: unknown;
}
export interface CapacityAnswer {
  ConsumedCapacity?: CapacityEntry | CapacityEntry[];
}

/** The same request, asking for the full account. Splices the text when the client did not ask, which is the usual case. */
export function askForCapacity(request: { ReturnConsumedCapacity?: string }, text: string): string {
  if (request.ReturnConsumedCapacity !== undefined) {
    return JSON.stringify({ ...request, ReturnConsumedCapacity: 'INDEXES' });
  }
  const start = text.indexOf('{') + 1;
  return `{"ReturnConsumedCapacity":"INDEXES",${text.slice(start)}`;
}

/** What the request consumed, per table. */
export function consumedBy(operation: string, answer: CapacityAnswer): ConsumedCapacity[] {
  const entries = answer.ConsumedCapacity === undefined ? [] : [answer.ConsumedCapacity].flat();
  return entries.map((entry) => {
    const units = entry.CapacityUnits ?? 0;
    const isRead = reads.has(operation);
    return { table: entry.TableName, operation, readUnits: isRead ? units : 0, writeUnits: isRead ? 0 : units };
  });
}

/**
 * What a refused write consumed. AWS charges it but says nothing of it, and neither does the engine, so this is the least
 * it can be: 1 unit for a condition that failed, 2 for each item of a cancelled transaction.
 */
export function consumedByRefusal(operation: string, errorType: string, request: DynamoDbRequest): ConsumedCapacity[] {
  if (errorType.endsWith('ConditionalCheckFailedException')) {
    return [{ table: request.TableName ?? '', operation, readUnits: 0, writeUnits: 1 }];
  }
  if (!errorType.endsWith('TransactionCanceledException')) return [];
  const unitsByTable = new Map<string, number>();
  for (const item of (request.TransactItems ?? []).flatMap((entry) => Object.values(entry))) {
    const table = item.TableName ?? '';
    unitsByTable.set(table, (unitsByTable.get(table) ?? 0) + 2);
  }
  return [...unitsByTable].map(([table, units]) => ({
    table,
    operation,
    readUnits: reads.has(operation) ? units : 0,
    writeUnits: reads.has(operation) ? 0 : units,
  }));
}

/** Leaves in the answer what `ReturnConsumedCapacity` of the client's request asked for. */
export function keepAskedCapacity(asked: string | undefined, answer: CapacityAnswer): void {
  if (asked === 'INDEXES') return;
  if (asked !== 'TOTAL') {
    delete answer.ConsumedCapacity;
    return;
  }
  for (const entry of [answer.ConsumedCapacity ?? []].flat()) {
    delete entry.Table;
    delete entry.GlobalSecondaryIndexes;
    delete entry.LocalSecondaryIndexes;
  }
}
