/**
 * API keys, which usage plans they belong to, and what they used: on disk in one SQLite file, so that a key that was
 * created and a request that was counted are there after the process was killed. Reads come from memory.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface ApiKey {
  id: string;
  value: string;
  name: string;
  description: string;
  customerId: string;
  enabled: boolean;
  /** Seconds since 1970, as the control plane shows them. */
  createdDate: number;
  lastUpdatedDate: number;
  tags: Record<string, string>;
  /** Declared in a template (as against created through the control plane). */
  declared: boolean;
}

export interface UsageStore {
  key(id: string): ApiKey | undefined;
  keyByValue(value: string): ApiKey | undefined;
  /** In the order of their creation. */
  keys(): ApiKey[];
  /** Creates or replaces the key with this id. */
  saveKey(key: ApiKey): void;
  /** Deletes the key, what it is joined to and what it used. */
  deleteKey(id: string): void;
  planIdsOf(keyId: string): ReadonlySet<string>;
  join(planId: string, keyId: string): void;
  leave(planId: string, keyId: string): void;
  /** Adds one request on a day (`2026-11-21`). */
  count(planId: string, keyId: string, day: string): void;
  /** Requests by day, from and to these days included, in order. */
  usage(planId: string, keyId: string, from: string, to: string): { day: string; used: number }[];
  close(): void;
}

interface KeyRow {
  id: string;
  document: string;
}

export function openUsageStore(stateDir: string): UsageStore {
  const database = new DatabaseSync(join(stateDir, 'apigateway.sqlite'));
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS api_keys (id TEXT PRIMARY KEY, document TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS usage_plan_keys (plan_id TEXT, key_id TEXT, PRIMARY KEY (key_id, plan_id)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS usage (
      plan_id TEXT, key_id TEXT, day TEXT, used INTEGER NOT NULL, PRIMARY KEY (plan_id, key_id, day)
    ) WITHOUT ROWID;
  `);
  const save = database.prepare(
    'INSERT INTO api_keys VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document',
  );
  const addJoin = database.prepare('INSERT OR IGNORE INTO usage_plan_keys VALUES (?, ?)');
  const removeJoin = database.prepare('DELETE FROM usage_plan_keys WHERE plan_id = ? AND key_id = ?');
  const countOne = database.prepare(
    'INSERT INTO usage VALUES (?, ?, ?, 1) ON CONFLICT (plan_id, key_id, day) DO UPDATE SET used = used + 1',
  );
  const readUsage = database.prepare(
    'SELECT day, used FROM usage WHERE plan_id = ? AND key_id = ? AND day BETWEEN ? AND ? ORDER BY day',
  );

  const byId = new Map<string, ApiKey>();
  const byValue = new Map<string, ApiKey>();
  const plans = new Map<string, Set<string>>();
  for (const row of database.prepare('SELECT id, document FROM api_keys ORDER BY rowid').all() as unknown as KeyRow[]) {
    const key = JSON.parse(row.document) as ApiKey;
    byId.set(key.id, key);
    byValue.set(key.value, key);
  }
  const joins = database.prepare('SELECT plan_id AS planId, key_id AS keyId FROM usage_plan_keys').all();
  for (const { planId, keyId } of joins as unknown as { planId: string; keyId: string }[]) {
    plans.set(keyId, (plans.get(keyId) ?? new Set()).add(planId));
  }

  return {
    key: (id) => byId.get(id),
    keyByValue: (value) => byValue.get(value),
    keys: () => [...byId.values()],
    saveKey(key) {
      save.run(key.id, JSON.stringify(key));
      const before = byId.get(key.id);
      if (before) byValue.delete(before.value);
      byId.set(key.id, key);
      byValue.set(key.value, key);
    },
    deleteKey(id) {
      database.exec('BEGIN');
      for (const [table, column] of [
        ['api_keys', 'id'],
        ['usage_plan_keys', 'key_id'],
        ['usage', 'key_id'],
      ]) {
        database.prepare(`DELETE FROM ${table} WHERE ${column} = ?`).run(id);
      }
      database.exec('COMMIT');
      byValue.delete(byId.get(id)?.value ?? '');
      byId.delete(id);
      plans.delete(id);
    },
    planIdsOf: (keyId) => plans.get(keyId) ?? new Set(),
    join(planId, keyId) {
      addJoin.run(planId, keyId);
      plans.set(keyId, (plans.get(keyId) ?? new Set()).add(planId));
    },
    leave(planId, keyId) {
      removeJoin.run(planId, keyId);
      plans.get(keyId)?.delete(planId);
    },
    count(planId, keyId, day) {
      countOne.run(planId, keyId, day);
    },
    usage: (planId, keyId, from, to) =>
      readUsage.all(planId, keyId, from, to) as unknown as { day: string; used: number }[],
    close: () => database.close(),
  };
}
