import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Takes the state folder for this process; the operating system gives it back when the process ends, however it ends.
 * Returns what releases it. Throws when another runner holds it.
 */
export function lockStateDir(stateDir: string): () => void {
  mkdirSync(stateDir, { recursive: true });
  const db = new DatabaseSync(join(stateDir, 'lock.sqlite'));
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS lock (holder TEXT) STRICT;');
  } catch (error) {
    db.close();
    throw new Error(`Another local platform uses ${stateDir}`, { cause: error });
  }
  return () => db.close();
}
