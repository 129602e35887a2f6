/**
 * Every mail that the application sends ends here, durably, instead of on the internet. Read in the console, through
 * `mail.json`, and by tests.
 */
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { Mail } from '../types.ts';

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

export interface Mailbox {
  /** Gives the id of the mail; on disk when it returns. */
  add(mail: OutgoingMail): string;
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
  `);
  const insert = database.prepare('INSERT INTO mails (id, recipients, mail) VALUES (?, ?, ?)');
  const select = database.prepare('SELECT mail FROM mails WHERE instr(recipients, ?) > 0 ORDER BY number DESC LIMIT ?');
  const selectAll = database.prepare('SELECT mail FROM mails ORDER BY number DESC LIMIT ?');
  const selectOne = database.prepare('SELECT mail FROM mails WHERE id = ?');
  const read = (row: Record<string, unknown>): DeliveredMail => JSON.parse(String(row.mail));

  return {
    add(mail) {
      const id = `${Date.now().toString(16).padStart(16, '0')}-${randomUUID()}-000000`;
      const recipients = [...mail.to, ...(mail.cc ?? []), ...(mail.bcc ?? [])].join(' ').toLowerCase();
      const delivered: DeliveredMail = { id, at: new Date().toISOString(), ...mail };
      insert.run(id, recipients, JSON.stringify(delivered));
      return id;
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
