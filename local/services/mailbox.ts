/**
 * Every mail that the application sends ends here, durably, instead of on the internet. Read in the console, through
 * `mail.json`, and by tests.
 */
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { JsonObject, Mail } from '../types.ts';

/** More than `Mail` when it came through SES. */
export interface OutgoingMail extends Mail {
  cc?: string[];
  bcc?: string[];
  replyTo?: string[];
  /** Headers that the sender added. */
  headers?: Record<string, string>;
  attachments?: { name: string; contentType: string; size: number }[];
  configurationSet?: string;
}
export interface DeliveredMail extends OutgoingMail {
  id: string;
  /** ISO 8601. */
  at: string;
}

/** What is to be told of a mail, and to whom; kept until that is done. */
export interface MailEvent {
  /** ARN of a bus or a topic. */
  target: string;
  detailType: string;
  detail: JsonObject;
}

export interface Mailbox {
  /** Gives the id of the mail; on disk, with what is to be told of it, when it returns. */
  add(mail: OutgoingMail, tell?: (id: string, at: string) => readonly MailEvent[]): string;
  /** What is still to be told, oldest first, each with its number. */
  untold(): readonly (MailEvent & { number: number })[];
  told(number: number): void;
  /** Newest first; `to` keeps those whose recipients contain the text. */
  list(limit: number, to?: string): DeliveredMail[];
  get(id: string): DeliveredMail | undefined;
  delete(id: string): void;
  deleteAll(): void;
  close(): void;
}

export function openMailbox(file: string): Mailbox {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS mails (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, recipients TEXT, mail TEXT);
    CREATE TABLE IF NOT EXISTS untold (number INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT);
  `);
  const insert = database.prepare('INSERT INTO mails (id, recipients, mail) VALUES (?, ?, ?)');
  const insertUntold = database.prepare('INSERT INTO untold (event) VALUES (?)');
  const selectUntold = database.prepare('SELECT number, event FROM untold ORDER BY number');
  const deleteUntold = database.prepare('DELETE FROM untold WHERE number = ?');
  const select = database.prepare('SELECT mail FROM mails WHERE instr(recipients, ?) > 0 ORDER BY number DESC LIMIT ?');
  const selectAll = database.prepare('SELECT mail FROM mails ORDER BY number DESC LIMIT ?');
  const selectOne = database.prepare('SELECT mail FROM mails WHERE id = ?');
  const read = (row: Record<string, unknown>): DeliveredMail => JSON.parse(String(row.mail));

  return {
    add(mail, tell) {
      const id = `${Date.now().toString(16).padStart(16, '0')}-${randomUUID()}-000000`;
      const recipients = [...mail.to, ...(mail.cc ?? []), ...(mail.bcc ?? [])].join(' ').toLowerCase();
      const delivered: DeliveredMail = { id, at: new Date().toISOString(), ...mail };
      const events = tell?.(id, delivered.at) ?? [];
      // Both or neither, wherever the process is killed.
      database.exec('BEGIN');
      insert.run(id, recipients, JSON.stringify(delivered));
      for (const event of events) insertUntold.run(JSON.stringify(event));
      database.exec('COMMIT');
      return id;
    },
    untold: () =>
      selectUntold.all().map(({ number, event }) => ({ ...JSON.parse(String(event)), number: Number(number) })),
    told: (number) => {
      deleteUntold.run(number);
    },
    list: (limit, to) => {
      const rows = to ? select.all(to.toLowerCase(), limit) : selectAll.all(limit);
      return rows.map(read);
    },
    get: (id) => {
      const row = selectOne.get(id);
      return row && read(row);
    },
    delete: (id) => {
      database.prepare('DELETE FROM mails WHERE id = ?').run(id);
    },
    deleteAll: () => database.exec('DELETE FROM mails'),
    close: () => database.close(),
  };
}
