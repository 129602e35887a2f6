/**
 * Durable state of EventBridge in one SQLite file: the outbox of deliveries, archived events, replays, rules made through
 * the API, and the time from which each rate counts. What a call of `accept` returned from survives a kill of the process.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { BusEvent, Replay, Rule } from './model.ts';

/** One event on its way to one target. */
export interface Delivery {
  seq: number;
  ruleArn: string;
  targetId: string;
  event: BusEvent;
  attempts: number;
  /** Milliseconds since the epoch. */
  acceptedAt: number;
  nextAt: number;
}

export type EventStore = ReturnType<typeof openEventStore>;

export function openEventStore(stateDir: string) {
  mkdirSync(stateDir, { recursive: true });
  const db = new DatabaseSync(join(stateDir, 'events.sqlite'));
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS delivery (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL, target TEXT NOT NULL, event TEXT NOT NULL,
      attempts INTEGER NOT NULL, accepted_at INTEGER NOT NULL, next_at INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS archived (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, archive TEXT NOT NULL, time INTEGER NOT NULL, event TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS archived_time ON archived (archive, time);
    CREATE TABLE IF NOT EXISTS replay (name TEXT PRIMARY KEY, state TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS rule (arn TEXT PRIMARY KEY, definition TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS anchor (rule TEXT PRIMARY KEY, time INTEGER NOT NULL);
  `);
  const insertDelivery = db.prepare(
    'INSERT INTO delivery (rule, target, event, attempts, accepted_at, next_at) VALUES (?, ?, ?, 0, ?, ?)',
  );
  const insertArchived = db.prepare('INSERT INTO archived (archive, time, event) VALUES (?, ?, ?)');
  const deleteDelivery = db.prepare('DELETE FROM delivery WHERE seq = ?');
  const postpone = db.prepare('UPDATE delivery SET attempts = ?, next_at = ? WHERE seq = ?');
  const selectArchived = db.prepare(
    'SELECT seq, event FROM archived WHERE archive = ? AND time BETWEEN ? AND ? AND seq > ? ORDER BY seq LIMIT ?',
  );
  const countArchived = db.prepare(
    'SELECT count(*) AS count, coalesce(sum(length(event)), 0) AS bytes FROM archived WHERE archive = ?',
  );

  return {
    /** Writes deliveries and archive entries of some events, all or none; gives the deliveries their numbers. */
    accept(
      deliveries: { ruleArn: string; targetId: string; event: BusEvent }[],
      archived: { archive: string; event: BusEvent }[],
    ): Delivery[] {
      if (deliveries.length + archived.length === 0) return [];
      const now = Date.now();
      const texts = new Map<BusEvent, string>();
      const textOf = (event: BusEvent): string => {
        const text = texts.get(event) ?? JSON.stringify(event);
        texts.set(event, text);
        return text;
      };
      db.exec('BEGIN IMMEDIATE');
      try {
        const accepted = deliveries.map((delivery): Delivery => {
          const { lastInsertRowid } = insertDelivery.run(
            delivery.ruleArn,
            delivery.targetId,
            textOf(delivery.event),
            now,
            now,
          );
          return { ...delivery, seq: Number(lastInsertRowid), attempts: 0, acceptedAt: now, nextAt: now };
        });
        for (const { archive, event } of archived) {
          insertArchived.run(archive, Math.floor(Date.parse(event.time) / 1000), textOf(event));
        }
        db.exec('COMMIT');
        return accepted;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    pendingDeliveries(): Delivery[] {
      return db
        .prepare('SELECT * FROM delivery ORDER BY seq')
        .all()
        .map((row) => ({
          seq: Number(row.seq),
          ruleArn: String(row.rule),
          targetId: String(row.target),
          event: JSON.parse(String(row.event)) as BusEvent,
          attempts: Number(row.attempts),
          acceptedAt: Number(row.accepted_at),
          nextAt: Number(row.next_at),
        }));
    },
    finishDelivery(seq: number): void {
      deleteDelivery.run(seq);
    },
    postponeDelivery({ attempts, nextAt, seq }: Delivery): void {
      postpone.run(attempts, nextAt, seq);
    },
    pendingCount(): number {
      return Number(db.prepare('SELECT count(*) AS count FROM delivery').get()?.count);
    },
    archivedEvents(archive: string, from: number, to: number, after: number, limit: number) {
      return selectArchived
        .all(archive, from, to, after, limit)
        .map((row) => ({ seq: Number(row.seq), event: JSON.parse(String(row.event)) as BusEvent }));
    },
    archiveSize(archive: string): { count: number; bytes: number } {
      const row = countArchived.get(archive);
      return { count: Number(row?.count), bytes: Number(row?.bytes) };
    },
    /** Removes archived events older than `before` (seconds since the epoch). */
    expireArchived(archive: string, before: number): void {
      db.prepare('DELETE FROM archived WHERE archive = ? AND time < ?').run(archive, before);
    },
    replays(): Replay[] {
      return db
        .prepare('SELECT state FROM replay ORDER BY rowid')
        .all()
        .map((row) => JSON.parse(String(row.state)) as Replay);
    },
    saveReplay(replay: Replay): void {
      db.prepare(
        'INSERT INTO replay (name, state) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET state = excluded.state',
      ).run(replay.name, JSON.stringify(replay));
    },
    rules(): Rule[] {
      return db
        .prepare('SELECT definition FROM rule')
        .all()
        .map((row) => JSON.parse(String(row.definition)) as Rule);
    },
    saveRule(rule: Rule): void {
      db.prepare(
        'INSERT INTO rule (arn, definition) VALUES (?, ?) ON CONFLICT (arn) DO UPDATE SET definition = excluded.definition',
      ).run(rule.arn, JSON.stringify(rule));
    },
    deleteRule(arn: string): void {
      db.prepare('DELETE FROM rule WHERE arn = ?').run(arn);
    },
    /** The time from which a rule's rate counts: when it was first seen. Milliseconds since the epoch. */
    anchor(ruleArn: string): number {
      db.prepare('INSERT INTO anchor (rule, time) VALUES (?, ?) ON CONFLICT DO NOTHING').run(ruleArn, Date.now());
      return Number(db.prepare('SELECT time FROM anchor WHERE rule = ?').get(ruleArn)?.time);
    },
    close(): void {
      db.close();
    },
  };
}
