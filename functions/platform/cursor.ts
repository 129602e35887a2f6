/** Opaque cursors: where a query went on to, as base64url of the key parts that its partition does not already tell. */
import { invalid } from '../../shared/errors.ts';

export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** VALIDATION_ERROR that names the cursor: it was made up, cut off, or belongs to another list. */
export function badCursor() {
  return invalid({ path: 'query.cursor', message: 'is not a cursor of this list' });
}

/** The parts of a cursor; throws `badCursor()` unless it holds exactly `count` texts that DynamoDB takes as keys. */
export function decodeCursor(cursor: string, count: number): string[] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
  const isKey = (part: unknown) => typeof part === 'string' && part.length > 0 && part.length <= 1_024;
  if (!Array.isArray(parts) || parts.length !== count || !parts.every(isKey)) throw badCursor();
  return parts;
}
