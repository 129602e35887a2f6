/** Durable state of user pools in one SQLite file: users, codes, sessions, refresh tokens, signing keys, client secrets. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { User } from './model.ts';

export type CodePurpose = 'signup' | 'reset' | 'verify:email' | 'verify:phone_number';
export interface Code {
  code: string;
  /** Seconds since the epoch. */
  expiresAt: number;
  failures: number;
  sent: number;
  /** When the count of sent codes began. */
  since: number;
}
/** One sign-in: all tokens that come from it share its `originJti`. */
export interface Session {
  originJti: string;
  pool: string;
  client: string;
  username: string;
  authTime: number;
  refreshExpiresAt: number;
  revoked: boolean;
}
export interface Challenge {
  name: string;
  client: string;
  pool: string;
  username: string;
  expiresAt: number;
  failures: number;
}

export type CognitoStore = ReturnType<typeof openCognitoStore>;

export function openCognitoStore(stateDir: string) {
  mkdirSync(stateDir, { recursive: true });
  const db = new DatabaseSync(join(stateDir, 'cognito-idp.sqlite'));
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS secret (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS user (
      pool TEXT, username TEXT, sub TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (pool, username));
    CREATE INDEX IF NOT EXISTS user_sub ON user (pool, sub);
    CREATE TABLE IF NOT EXISTS alias (pool TEXT, alias TEXT, username TEXT NOT NULL, PRIMARY KEY (pool, alias));
    CREATE TABLE IF NOT EXISTS code (
      pool TEXT, username TEXT, purpose TEXT, document TEXT NOT NULL, PRIMARY KEY (pool, username, purpose));
    CREATE TABLE IF NOT EXISTS session (
      origin_jti TEXT PRIMARY KEY, pool TEXT, client TEXT, username TEXT, auth_time INTEGER, refresh_expires_at INTEGER,
      revoked INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS session_user ON session (pool, username);
    CREATE TABLE IF NOT EXISTS refresh_token (hash TEXT PRIMARY KEY, origin_jti TEXT NOT NULL, rotated_at INTEGER);
    CREATE TABLE IF NOT EXISTS challenge (id TEXT PRIMARY KEY, expires_at INTEGER, document TEXT NOT NULL);
  `);
  const now = Math.floor(Date.now() / 1000);
  db.prepare('DELETE FROM challenge WHERE expires_at < ?').run(now);
  db.prepare(
    'DELETE FROM refresh_token WHERE origin_jti IN (SELECT origin_jti FROM session WHERE refresh_expires_at < ?)',
  ).run(now);
  db.prepare('DELETE FROM session WHERE refresh_expires_at < ?').run(now);

  const selectUser = db.prepare('SELECT document FROM user WHERE pool = ? AND username = ?');
  const selectBySub = db.prepare('SELECT document FROM user WHERE pool = ? AND sub = ?');
  const selectByAlias = db.prepare(
    'SELECT document FROM alias JOIN user USING (pool, username) WHERE pool = ? AND alias = ?',
  );
  const upsertUser = db.prepare(
    `INSERT INTO user (pool, username, sub, document) VALUES (?, ?, ?, ?)
     ON CONFLICT (pool, username) DO UPDATE SET document = excluded.document`,
  );
  const selectSession = db.prepare('SELECT * FROM session WHERE origin_jti = ?');
  const parseUser = (row: Record<string, unknown> | undefined): User | undefined =>
    row && (JSON.parse(String(row.document)) as User);

  return {
    /** All or nothing. */
    transaction<T>(work: () => T): T {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
    },
    /** The secret of this name, made at first use. */
    secret(name: string, make: () => string): string {
      const known = db.prepare('SELECT value FROM secret WHERE name = ?').get(name);
      if (known) return String(known.value);
      const value = make();
      db.prepare('INSERT INTO secret (name, value) VALUES (?, ?)').run(name, value);
      return value;
    },

    /** By stored username. */
    user: (pool: string, username: string) => parseUser(selectUser.get(pool, username)),
    userBySub: (pool: string, sub: string) => parseUser(selectBySub.get(pool, sub)),
    userByAlias: (pool: string, alias: string) => parseUser(selectByAlias.get(pool, alias)),
    users(pool: string): User[] {
      const rows = db.prepare('SELECT document FROM user WHERE pool = ? ORDER BY rowid').all(pool);
      return rows.map((row) => JSON.parse(String(row.document)) as User);
    },
    countUsers: (pool: string) =>
      Number(db.prepare('SELECT count(*) AS count FROM user WHERE pool = ?').get(pool)?.count),
    saveUser(user: User): void {
      upsertUser.run(user.pool, user.username, user.sub, JSON.stringify(user));
    },
    /** Makes these, and only these, lead to the user. An alias that another user holds moves. */
    setAliases({ pool, username }: User, aliases: string[]): void {
      db.prepare('DELETE FROM alias WHERE pool = ? AND username = ?').run(pool, username);
      const insert = db.prepare('INSERT OR REPLACE INTO alias (pool, alias, username) VALUES (?, ?, ?)');
      for (const alias of aliases) insert.run(pool, alias, username);
    },
    deleteUser({ pool, username }: User): void {
      for (const table of ['user', 'alias', 'code']) {
        db.prepare(`DELETE FROM ${table} WHERE pool = ? AND username = ?`).run(pool, username);
      }
      db.prepare('UPDATE session SET revoked = 1 WHERE pool = ? AND username = ?').run(pool, username);
    },

    code({ pool, username }: User, purpose: CodePurpose): Code | undefined {
      const row = db
        .prepare('SELECT document FROM code WHERE pool = ? AND username = ? AND purpose = ?')
        .get(pool, username, purpose);
      return row && (JSON.parse(String(row.document)) as Code);
    },
    saveCode({ pool, username }: User, purpose: CodePurpose, code: Code): void {
      db.prepare('INSERT OR REPLACE INTO code (pool, username, purpose, document) VALUES (?, ?, ?, ?)').run(
        pool,
        username,
        purpose,
        JSON.stringify(code),
      );
    },
    deleteCode({ pool, username }: User, purpose: CodePurpose): void {
      db.prepare('DELETE FROM code WHERE pool = ? AND username = ? AND purpose = ?').run(pool, username, purpose);
    },

    addSession(session: Session): void {
      db.prepare('INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, 0)').run(
        session.originJti,
        session.pool,
        session.client,
        session.username,
        session.authTime,
        session.refreshExpiresAt,
      );
    },
    session(originJti: string): Session | undefined {
      const row = selectSession.get(originJti);
      return (
        row && {
          originJti,
          pool: String(row.pool),
          client: String(row.client),
          username: String(row.username),
          authTime: Number(row.auth_time),
          refreshExpiresAt: Number(row.refresh_expires_at),
          revoked: row.revoked === 1,
        }
      );
    },
    revokeSession(originJti: string): void {
      db.prepare('UPDATE session SET revoked = 1 WHERE origin_jti = ?').run(originJti);
    },
    revokeSessionsOf({ pool, username }: User): void {
      db.prepare('UPDATE session SET revoked = 1 WHERE pool = ? AND username = ?').run(pool, username);
    },
    addRefreshToken(hash: string, originJti: string): void {
      db.prepare('INSERT INTO refresh_token (hash, origin_jti) VALUES (?, ?)').run(hash, originJti);
    },
    refreshToken(hash: string): { originJti: string; rotatedAt?: number } | undefined {
      const row = db.prepare('SELECT origin_jti, rotated_at FROM refresh_token WHERE hash = ?').get(hash);
      return (
        row && {
          originJti: String(row.origin_jti),
          rotatedAt: row.rotated_at === null ? undefined : Number(row.rotated_at),
        }
      );
    },
    /** Milliseconds since the epoch; the first rotation counts. */
    markRotated(hash: string, at: number): void {
      db.prepare('UPDATE refresh_token SET rotated_at = ? WHERE hash = ? AND rotated_at IS NULL').run(at, hash);
    },

    saveChallenge(id: string, challenge: Challenge): void {
      db.prepare('INSERT OR REPLACE INTO challenge (id, expires_at, document) VALUES (?, ?, ?)').run(
        id,
        challenge.expiresAt,
        JSON.stringify(challenge),
      );
    },
    challenge(id: string): Challenge | undefined {
      const row = db.prepare('SELECT document FROM challenge WHERE id = ?').get(id);
      return row && (JSON.parse(String(row.document)) as Challenge);
    },
    deleteChallenge(id: string): void {
      db.prepare('DELETE FROM challenge WHERE id = ?').run(id);
    },
    close(): void {
      db.close();
    },
  };
}
