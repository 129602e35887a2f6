import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDatabaseFile } from './database-file.ts';

test('trimming removes old stream records, but of each table never the newest, which holds its sequence number', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'streams-')), 'tables.db');
  const engine = new DatabaseSync(path);
  engine.exec(`
    CREATE TABLE _tables (table_name TEXT PRIMARY KEY);
    CREATE TABLE _stream_records (id INTEGER PRIMARY KEY AUTOINCREMENT, table_name TEXT, event_name TEXT, keys_json TEXT,
      sequence_number TEXT, created_at INTEGER, user_identity TEXT);
    INSERT INTO _tables VALUES ('busy'), ('idle'), ('without-stream');
  `);
  const add = engine.prepare('INSERT INTO _stream_records (table_name, sequence_number, created_at) VALUES (?, ?, ?)');
  for (const sequence of ['1', '2']) add.run('idle', sequence, 100);
  for (let sequence = 1; sequence <= 600; sequence++) add.run('busy', String(sequence), sequence <= 598 ? 100 : 200);

  const file = openDatabaseFile(path);
  expect(file.trimStreams(150)).toBe(true);
  expect(file.trimStreams(150)).toBe(false);
  const left = engine.prepare('SELECT table_name, sequence_number FROM _stream_records').all();
  expect(left.map((row) => `${row.table_name} ${row.sequence_number}`).sort()).toEqual([
    'busy 599',
    'busy 600',
    'idle 2',
  ]);
  file.close();
  engine.close();
});
