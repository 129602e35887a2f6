/** Durable state of Scheduler in one SQLite file: schedules with the time of their next run, runs on their way, groups. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Schedule } from './schedule.ts';

export type Origin = 'template' | 'api';
export interface StoredSchedule {
  schedule: Schedule;
  origin: Origin;
  /** Milliseconds since the epoch. */
  nextAt?: number;
}
/** One run on its way to the target; carries its schedule, which may be deleted by then. */
export interface Run {
  seq: number;
  schedule: Schedule;
  due: number;
  attempts: number;
  nextAt: number;
}

export type SchedulerStore = ReturnType<typeof openSchedulerStore>;

export function openSchedulerStore(stateDir: string) {
  mkdirSync(stateDir, { recursive: true });
  const db = new DatabaseSync(join(stateDir, 'scheduler.sqlite'));
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS schedule (
      arn TEXT PRIMARY KEY, definition TEXT NOT NULL, origin TEXT NOT NULL, next_at INTEGER);
    CREATE INDEX IF NOT EXISTS schedule_next ON schedule (next_at);
    CREATE TABLE IF NOT EXISTS run (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, definition TEXT NOT NULL, due INTEGER NOT NULL, attempts INTEGER NOT NULL,
      next_at INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS schedule_group (name TEXT PRIMARY KEY, created REAL NOT NULL);
    INSERT INTO schedule_group (name, created) VALUES ('default', unixepoch()) ON CONFLICT DO NOTHING;
  `);
  const stored = (row: Record<string, unknown>): StoredSchedule => ({
    schedule: JSON.parse(String(row.definition)) as Schedule,
    origin: row.origin as Origin,
    nextAt: row.next_at === null ? undefined : Number(row.next_at),
  });
  const runOf = (row: Record<string, unknown>): Run => ({
    seq: Number(row.seq),
    schedule: JSON.parse(String(row.definition)) as Schedule,
    due: Number(row.due),
    attempts: Number(row.attempts),
    nextAt: Number(row.next_at),
  });
  return {
    schedule(arn: string): StoredSchedule | undefined {
      const row = db.prepare('SELECT * FROM schedule WHERE arn = ?').get(arn);
      return row && stored(row);
    },
    schedules(): StoredSchedule[] {
      return db.prepare('SELECT * FROM schedule ORDER BY arn').all().map(stored);
    },
    save(schedule: Schedule, origin: Origin, nextAt: number | undefined): void {
      db.prepare('INSERT OR REPLACE INTO schedule (arn, definition, origin, next_at) VALUES (?, ?, ?, ?)').run(
        schedule.Arn,
        JSON.stringify(schedule),
        origin,
        nextAt ?? null,
      );
    },
    delete(arn: string): void {
      db.prepare('DELETE FROM schedule WHERE arn = ?').run(arn);
    },
    earliest(): number | undefined {
      const row = db.prepare('SELECT min(next_at) AS next FROM schedule').get();
      return row?.next === null || row === undefined ? undefined : Number(row.next);
    },
    due(now: number): StoredSchedule[] {
      return db.prepare('SELECT * FROM schedule WHERE next_at <= ? ORDER BY next_at').all(now).map(stored);
    },
    /** Puts a run on its way and sets the schedule's next one, or deletes the schedule, in one step. */
    beginRun(schedule: Schedule, due: number, notBefore: number, then: { nextAt?: number; delete: boolean }): Run {
      db.exec('BEGIN IMMEDIATE');
      try {
        const { lastInsertRowid } = db
          .prepare('INSERT INTO run (definition, due, attempts, next_at) VALUES (?, ?, 0, ?)')
          .run(JSON.stringify(schedule), due, notBefore);
        if (then.delete) db.prepare('DELETE FROM schedule WHERE arn = ?').run(schedule.Arn);
        else db.prepare('UPDATE schedule SET next_at = ? WHERE arn = ?').run(then.nextAt ?? null, schedule.Arn);
        db.exec('COMMIT');
        return { seq: Number(lastInsertRowid), schedule, due, attempts: 0, nextAt: notBefore };
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    pendingRuns: (): Run[] => db.prepare('SELECT * FROM run ORDER BY seq').all().map(runOf),
    postponeRun({ seq, attempts, nextAt }: Run): void {
      db.prepare('UPDATE run SET attempts = ?, next_at = ? WHERE seq = ?').run(attempts, nextAt, seq);
    },
    finishRun(seq: number): void {
      db.prepare('DELETE FROM run WHERE seq = ?').run(seq);
    },
    groups(): { name: string; created: number }[] {
      const rows = db.prepare('SELECT * FROM schedule_group ORDER BY name').all();
      return rows.map(({ name, created }) => ({ name: String(name), created: Number(created) }));
    },
    addGroup(name: string): void {
      db.prepare('INSERT INTO schedule_group VALUES (?, ?) ON CONFLICT DO NOTHING').run(name, Date.now() / 1000);
    },
    /** With its schedules. */
    deleteGroup(name: string): void {
      db.prepare('DELETE FROM schedule_group WHERE name = ?').run(name);
      db.prepare("DELETE FROM schedule WHERE json_extract(definition, '$.GroupName') = ?").run(name);
    },
    close(): void {
      db.close();
    },
  };
}
