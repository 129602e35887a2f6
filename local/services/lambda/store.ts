/** What Lambda must remember over a kill: accepted asynchronous events, stream positions, versions, custom resources. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface StoredEvent {
  id: string;
  functionName: string;
  qualifier: string;
  payload: string;
  attempts: number;
  /** Milliseconds since the epoch. */
  acceptedAt: number;
  dueAt: number;
}
export interface StoredCustomResource {
  serviceToken: string;
  properties: string;
  physicalId: string;
  data: string;
}

export interface LambdaStore {
  addEvent(event: StoredEvent): void;
  updateEvent(id: string, attempts: number, dueAt: number): void;
  removeEvent(id: string): void;
  events(): StoredEvent[];
  position(mapping: string, shard: string): string | undefined;
  savePosition(mapping: string, shard: string, sequence: string): void;
  /** Number of a version resource: the same at each start, the next one for a new resource. */
  versionNumber(functionName: string, resource: string): number;
  customResource(stack: string, logicalId: string): StoredCustomResource | undefined;
  saveCustomResource(stack: string, logicalId: string, resource: StoredCustomResource): void;
  close(): void;
}

export function openLambdaStore(stateDir: string): LambdaStore {
  mkdirSync(stateDir, { recursive: true });
  const db = new DatabaseSync(join(stateDir, 'lambda.sqlite'));
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS event (
      id TEXT PRIMARY KEY, function_name TEXT NOT NULL, qualifier TEXT NOT NULL, payload TEXT NOT NULL,
      attempts INTEGER NOT NULL, accepted_at INTEGER NOT NULL, due_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS position (
      mapping TEXT NOT NULL, shard TEXT NOT NULL, sequence TEXT NOT NULL, PRIMARY KEY (mapping, shard)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS version (
      function_name TEXT NOT NULL, resource TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (function_name, resource)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS custom_resource (
      stack TEXT NOT NULL, logical_id TEXT NOT NULL, service_token TEXT NOT NULL, properties TEXT NOT NULL,
      physical_id TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (stack, logical_id)
    ) STRICT;
  `);
  const insertEvent = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)');
  const updateEvent = db.prepare('UPDATE event SET attempts = ?, due_at = ? WHERE id = ?');
  const deleteEvent = db.prepare('DELETE FROM event WHERE id = ?');
  const selectEvents = db.prepare('SELECT * FROM event ORDER BY due_at');
  const selectPosition = db.prepare('SELECT sequence FROM position WHERE mapping = ? AND shard = ?');
  const upsertPosition = db.prepare('INSERT OR REPLACE INTO position VALUES (?, ?, ?)');
  const selectVersion = db.prepare('SELECT number FROM version WHERE function_name = ? AND resource = ?');
  const lastVersion = db.prepare('SELECT coalesce(max(number), 0) AS last FROM version WHERE function_name = ?');
  const insertVersion = db.prepare('INSERT INTO version VALUES (?, ?, ?)');
  const selectResource = db.prepare('SELECT * FROM custom_resource WHERE stack = ? AND logical_id = ?');
  const upsertResource = db.prepare('INSERT OR REPLACE INTO custom_resource VALUES (?, ?, ?, ?, ?, ?)');
  return {
    addEvent(event) {
      const { id, functionName, qualifier, payload, attempts, acceptedAt, dueAt } = event;
      insertEvent.run(id, functionName, qualifier, payload, attempts, acceptedAt, dueAt);
    },
    updateEvent: (id, attempts, dueAt) => void updateEvent.run(attempts, dueAt, id),
    removeEvent: (id) => void deleteEvent.run(id),
    events: () =>
      selectEvents.all().map((row) => ({
        id: String(row.id),
        functionName: String(row.function_name),
        qualifier: String(row.qualifier),
        payload: String(row.payload),
        attempts: Number(row.attempts),
        acceptedAt: Number(row.accepted_at),
        dueAt: Number(row.due_at),
      })),
    position: (mapping, shard) => selectPosition.get(mapping, shard)?.sequence as string | undefined,
    savePosition: (mapping, shard, sequence) => void upsertPosition.run(mapping, shard, sequence),
    versionNumber(functionName, resource) {
      const known = selectVersion.get(functionName, resource)?.number;
      if (known !== undefined) return Number(known);
      const next = Number(lastVersion.get(functionName)?.last) + 1;
      insertVersion.run(functionName, resource, next);
      return next;
    },
    customResource(stack, logicalId) {
      const row = selectResource.get(stack, logicalId);
      if (row === undefined) return undefined;
      return {
        serviceToken: String(row.service_token),
        properties: String(row.properties),
        physicalId: String(row.physical_id),
        data: String(row.data),
      };
    },
    saveCustomResource(stack, logicalId, { serviceToken, properties, physicalId, data }) {
      upsertResource.run(stack, logicalId, serviceToken, properties, physicalId, data);
    },
    close: () => db.close(),
  };
}
