/**
 * Queues and messages on one SQLite file. Every method is one transaction: what it returned survives the end of the
 * process. Times are milliseconds since 1970. Receiving, redrive after too many receives, FIFO order and deduplication
 * happen here; waiting and waking do not.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { MessageAttributes } from './checksums.ts';
import type { QueueAttributes } from './queue-attributes.ts';

export interface Queue {
  name: string;
  attributes: QueueAttributes;
  tags: Record<string, string>;
  createdAt: number;
  modifiedAt: number;
}
export interface NewMessage {
  body: string;
  attributes: MessageAttributes;
  senderId: string;
  traceHeader?: string;
  groupId?: string;
  deduplicationId?: string;
  visibleAt: number;
}
export interface StoredMessage {
  id: number;
  queue: string;
  messageId: string;
  body: string;
  attributes: MessageAttributes;
  senderId: string;
  traceHeader?: string;
  groupId?: string;
  deduplicationId?: string;
  sequenceNumber?: string;
  sentAt: number;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt?: number;
  /** Random part of the newest receipt handle; absent when never received. */
  receipt?: string;
  /** Name of the queue that gave the message up to this one. */
  deadLetterSource?: string;
}
export interface Depth {
  visible: number;
  inFlight: number;
  delayed: number;
  /** Time at which the oldest message was sent. */
  oldest?: number;
}
/** What a receive does to a message that was received too often already. */
export interface DeadLetters {
  queue: string;
  maxReceiveCount: number;
}
export interface Redriven {
  messages: StoredMessage[];
  /** How many went to the dead-letter queue instead. */
  moved: number;
}

const deduplicationMs = 5 * 60_000;

export class MessageStore {
  readonly #db: DatabaseSync;
  readonly #queues = new Map<string, Queue>();
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS queues (name TEXT PRIMARY KEY, attributes TEXT, tags TEXT, created_at INTEGER, modified_at INTEGER);
      CREATE TABLE IF NOT EXISTS messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT, message_id TEXT, body TEXT, attributes TEXT, sender_id TEXT,
        trace_header TEXT, group_id TEXT, deduplication_id TEXT, sent_at INTEGER, visible_at INTEGER,
        receive_count INTEGER DEFAULT 0, first_received_at INTEGER, receipt TEXT, dead_letter_source TEXT);
      CREATE INDEX IF NOT EXISTS messages_by_visibility ON messages(queue, visible_at);
      CREATE INDEX IF NOT EXISTS messages_by_group ON messages(queue, group_id, visible_at) WHERE group_id IS NOT NULL;
      CREATE TABLE IF NOT EXISTS deduplication (queue TEXT, id TEXT, message_id TEXT, sequence INTEGER, until INTEGER, PRIMARY KEY (queue, id));
      CREATE INDEX IF NOT EXISTS deduplication_by_end ON deduplication(until);
    `);
    for (const row of this.#db.prepare('SELECT * FROM queues').all()) {
      const name = String(row.name);
      this.#queues.set(name, {
        name,
        attributes: JSON.parse(String(row.attributes)),
        tags: JSON.parse(String(row.tags)),
        createdAt: Number(row.created_at),
        modifiedAt: Number(row.modified_at),
      });
    }
  }

  #run(sql: string) {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** All or nothing; a transaction in a transaction joins it. */
  transaction<T>(work: () => T): T {
    if (this.#db.isTransaction) return work();
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  queues(): Queue[] {
    return [...this.#queues.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  queue(name: string): Queue | undefined {
    return this.#queues.get(name);
  }
  saveQueue(queue: Queue): void {
    this.#run('INSERT OR REPLACE INTO queues VALUES (?, ?, ?, ?, ?)').run(
      queue.name,
      JSON.stringify(queue.attributes),
      JSON.stringify(queue.tags),
      queue.createdAt,
      queue.modifiedAt,
    );
    this.#queues.set(queue.name, queue);
  }
  deleteQueue(name: string): void {
    this.transaction(() => {
      this.purge(name);
      this.#run('DELETE FROM deduplication WHERE queue = ?').run(name);
      this.#run('DELETE FROM queues WHERE name = ?').run(name);
    });
    this.#queues.delete(name);
  }

  /** Gives the earlier message when one with this deduplication id was sent within five minutes. */
  send(queue: string, message: NewMessage, now: number): { messageId: string; sequenceNumber?: string } {
    return this.transaction(() => {
      const { groupId, deduplicationId } = message;
      if (deduplicationId !== undefined) {
        this.#run('DELETE FROM deduplication WHERE until < ?').run(now);
        const known = this.#run('SELECT * FROM deduplication WHERE queue = ? AND id = ?').get(queue, deduplicationId);
        if (known) return { messageId: String(known.message_id), sequenceNumber: sequenceText(Number(known.sequence)) };
      }
      const messageId = randomUUID();
      const { lastInsertRowid } = this.#run(
        `INSERT INTO messages (queue, message_id, body, attributes, sender_id, trace_header, group_id, deduplication_id, sent_at, visible_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        ...[queue, messageId, message.body, JSON.stringify(message.attributes), message.senderId],
        ...[message.traceHeader ?? null, groupId ?? null, deduplicationId ?? null, now, message.visibleAt],
      );
      const sequence = Number(lastInsertRowid);
      if (deduplicationId !== undefined) {
        this.#run('INSERT INTO deduplication VALUES (?, ?, ?, ?, ?)').run(
          ...[queue, deduplicationId, messageId, sequence, now + deduplicationMs],
        );
        return { messageId, sequenceNumber: sequenceText(sequence) };
      }
      return { messageId };
    });
  }

  /**
   * Takes up to `limit` visible messages and hides them until `hiddenUntil`. In a FIFO queue a group whose message is in
   * flight, or whose older message is not yet visible, gives none.
   */
  receive(
    queue: string,
    options: {
      limit: number;
      now: number;
      sentAfter: number;
      hiddenUntil: number;
      /** The receiver ends with this process. */
      byPlatform: boolean;
      fifo: boolean;
      deadLetters?: DeadLetters;
    },
  ): Redriven {
    const { limit, now, sentAfter, hiddenUntil, byPlatform, fifo, deadLetters } = options;
    const select = fifo
      ? `SELECT * FROM messages m WHERE queue = ?1 AND visible_at <= ?2 AND sent_at > ?3 AND NOT EXISTS (
           SELECT 1 FROM messages other WHERE other.queue = m.queue AND other.group_id = m.group_id
           AND other.visible_at > ?2 AND (other.receipt IS NOT NULL OR other.id < m.id)
         ) ORDER BY id LIMIT ?4`
      : 'SELECT * FROM messages WHERE queue = ? AND visible_at <= ? AND sent_at > ? ORDER BY visible_at, id LIMIT ?';
    const statement = this.#run(select);
    return this.transaction(() => {
      const taken: Redriven = { messages: [], moved: 0 };
      for (;;) {
        const rows = statement.all(queue, now, sentAfter, limit - taken.messages.length);
        let movedHere = 0;
        for (const row of rows) {
          const message = messageOf(row);
          if (deadLetters && message.receiveCount >= deadLetters.maxReceiveCount) {
            this.#move(message.id, deadLetters.queue, now, queue);
            movedHere++;
            continue;
          }
          const receipt = `${byPlatform ? platformReceipt : ''}${randomBytes(9).toString('base64url')}`;
          const firstReceivedAt = message.firstReceivedAt ?? now;
          this.#run(
            'UPDATE messages SET visible_at = ?, receive_count = receive_count + 1, first_received_at = ?, receipt = ? WHERE id = ?',
          ).run(hiddenUntil, firstReceivedAt, receipt, message.id);
          const receiveCount = message.receiveCount + 1;
          taken.messages.push({ ...message, visibleAt: hiddenUntil, receiveCount, firstReceivedAt, receipt });
        }
        taken.moved += movedHere;
        // Where messages went to the dead letters, others behind them may be taken in this same call.
        if (movedHere === 0 || taken.messages.length >= limit) return taken;
        if (fifo && taken.messages.length > 0) return taken;
      }
    });
  }

  #move(id: number, target: string, now: number, source: string | null): void {
    this.#run('UPDATE messages SET queue = ?, visible_at = ?, receipt = NULL, dead_letter_source = ? WHERE id = ?').run(
      ...[target, now, source, id],
    );
  }

  message(queue: string, id: number): StoredMessage | undefined {
    const row = this.#run('SELECT * FROM messages WHERE id = ? AND queue = ?').get(id, queue);
    return row && messageOf(row);
  }
  delete(queue: string, id: number): void {
    this.#run('DELETE FROM messages WHERE id = ? AND queue = ?').run(id, queue);
  }
  setVisibleAt(id: number, visibleAt: number): void {
    this.#run('UPDATE messages SET visible_at = ? WHERE id = ?').run(visibleAt, id);
  }
  purge(queue: string): void {
    this.#run('DELETE FROM messages WHERE queue = ?').run(queue);
  }
  deleteSentBefore(queue: string, time: number): void {
    this.#run('DELETE FROM messages WHERE queue = ? AND sent_at <= ?').run(queue, time);
  }

  /** Moves one message of a dead-letter queue back: to `target`, or to where it came from. Gives the queue that got it. */
  moveBack(queue: string, target: string | undefined, now: number): string | undefined {
    return this.transaction(() => {
      const row = this.#run(
        'SELECT id, dead_letter_source FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY id LIMIT 1',
      ).get(queue, now);
      const destination = target ?? (row?.dead_letter_source ? String(row.dead_letter_source) : undefined);
      if (!row || !destination || !this.#queues.has(destination)) return undefined;
      this.#move(Number(row.id), destination, now, null);
      this.#run('UPDATE messages SET receive_count = 0, first_received_at = NULL WHERE id = ?').run(Number(row.id));
      return destination;
    });
  }

  depth(queue: string, now: number): Depth {
    const row = this.#run(
      `SELECT COUNT(*) FILTER (WHERE visible_at <= ?2) AS visible,
              COUNT(*) FILTER (WHERE visible_at > ?2 AND receipt IS NOT NULL) AS in_flight,
              COUNT(*) FILTER (WHERE visible_at > ?2 AND receipt IS NULL) AS delayed, MIN(sent_at) AS oldest
       FROM messages WHERE queue = ?1`,
    ).get(queue, now);
    return {
      visible: Number(row?.visible),
      inFlight: Number(row?.in_flight),
      delayed: Number(row?.delayed),
      ...(row?.oldest != null && { oldest: Number(row.oldest) }),
    };
  }
  /** Shows what receivers of an earlier process held: they ended with it and will never say what became of it. */
  release(now: number): void {
    this.#run('UPDATE messages SET visible_at = ?1 WHERE visible_at > ?1 AND receipt LIKE ?2').run(
      now,
      `${platformReceipt}%`,
    );
  }
  /** When the next hidden message becomes visible. */
  nextVisible(queue: string, now: number): number | undefined {
    const row = this.#run('SELECT MIN(visible_at) AS next FROM messages WHERE queue = ? AND visible_at > ?').get(
      queue,
      now,
    );
    return row?.next == null ? undefined : Number(row.next);
  }
  /** Messages for looking at, newest first; changes nothing. */
  peek(queue: string, limit: number): StoredMessage[] {
    return this.#run('SELECT * FROM messages WHERE queue = ? ORDER BY id DESC LIMIT ?')
      .all(queue, limit)
      .map(messageOf);
  }
  close(): void {
    this.#db.close();
  }
}

/** How receipts begin that were given to functions and their pollers, which live in the platform's own process. */
const platformReceipt = 'platform.';
const sequenceText = (sequence: number): string => String(sequence).padStart(20, '0');

type Row = Record<string, unknown>;

function messageOf(row: Row): StoredMessage {
  const optional = (value: unknown): string | undefined => (value == null ? undefined : String(value));
  return {
    id: Number(row.id),
    queue: String(row.queue),
    messageId: String(row.message_id),
    body: String(row.body),
    attributes: JSON.parse(String(row.attributes)),
    senderId: String(row.sender_id),
    traceHeader: optional(row.trace_header),
    groupId: optional(row.group_id),
    deduplicationId: optional(row.deduplication_id),
    ...(row.deduplication_id != null && { sequenceNumber: sequenceText(Number(row.id)) }),
    sentAt: Number(row.sent_at),
    visibleAt: Number(row.visible_at),
    receiveCount: Number(row.receive_count),
    ...(row.first_received_at != null && { firstReceivedAt: Number(row.first_received_at) }),
    receipt: optional(row.receipt),
    deadLetterSource: optional(row.dead_letter_source),
  };
}
