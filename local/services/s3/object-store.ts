/**
 * Buckets and objects: bytes as files, all else in SQLite. A file is complete and has its final name before the row that
 * names it is written, so what was acknowledged is whole after the end of the process.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { JsonObject } from '../../types.ts';

export interface Bucket {
  name: string;
  /** ISO 8601 */
  createdAt: string;
  versioning: '' | 'Enabled' | 'Suspended';
  objectLock: boolean;
  defaultRetention?: { mode: string; days: number };
  cors: CorsRule[];
  notifications: JsonObject;
  tags: Record<string, string>;
}
export interface CorsRule {
  AllowedOrigins: string[];
  AllowedMethods: string[];
  AllowedHeaders?: string[];
  ExposedHeaders?: string[];
  MaxAge?: number;
}
/** What comes with an object and goes back with it. */
export interface ObjectDetails {
  /** `content-type`, `cache-control`, ... and `x-amz-meta-*`, as headers. */
  headers: Record<string, string>;
  tags: Record<string, string>;
  lockMode?: string;
  /** Milliseconds since 1970. */
  retainUntil?: number;
  legalHold?: boolean;
  /** `x-amz-checksum-*` header and its value. */
  checksum?: Record<string, string>;
}
export interface ObjectVersion extends ObjectDetails {
  sequence: number;
  bucket: string;
  key: string;
  versionId: string;
  isLatest: boolean;
  isDeleteMarker: boolean;
  file: string;
  size: number;
  etag: string;
  modifiedAt: number;
}
export interface Upload {
  id: string;
  bucket: string;
  key: string;
  details: ObjectDetails;
}
export interface Part {
  number: number;
  file: string;
  size: number;
  etag: string;
  modifiedAt: number;
}
type NewVersion = Pick<ObjectVersion, 'bucket' | 'key' | 'file' | 'size' | 'etag'> & {
  details: ObjectDetails;
  isDeleteMarker?: boolean;
};

export class ObjectStore {
  readonly #db: DatabaseSync;
  readonly #folder: string;
  readonly #buckets = new Map<string, Bucket>();

  constructor(folder: string) {
    this.#folder = folder;
    rmSync(join(folder, 'unfinished'), { recursive: true, force: true });
    mkdirSync(join(folder, 'unfinished'), { recursive: true });
    mkdirSync(join(folder, 'objects'), { recursive: true });
    this.#db = new DatabaseSync(join(folder, 's3.db'));
    this.#db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, bucket TEXT);
      CREATE TABLE IF NOT EXISTS objects (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT, key TEXT, version_id TEXT, latest INTEGER, marker INTEGER,
        file TEXT, size INTEGER, etag TEXT, modified_at INTEGER, details TEXT);
      CREATE INDEX IF NOT EXISTS objects_by_key ON objects(bucket, key, sequence);
      CREATE INDEX IF NOT EXISTS latest_objects ON objects(bucket, key) WHERE latest = 1;
      CREATE TABLE IF NOT EXISTS uploads (id TEXT PRIMARY KEY, upload TEXT);
      CREATE TABLE IF NOT EXISTS parts (upload TEXT, number INTEGER, part TEXT, PRIMARY KEY (upload, number));
    `);
    for (const row of this.#db.prepare('SELECT * FROM buckets').all()) {
      this.#buckets.set(String(row.name), JSON.parse(String(row.bucket)));
    }
  }

  buckets(): Bucket[] {
    return [...this.#buckets.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
  bucket(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }
  saveBucket(bucket: Bucket): void {
    this.#db.prepare('INSERT OR REPLACE INTO buckets VALUES (?, ?)').run(bucket.name, JSON.stringify(bucket));
    this.#buckets.set(bucket.name, bucket);
  }
  isEmpty(bucket: string): boolean {
    return this.#db.prepare('SELECT 1 FROM objects WHERE bucket = ? LIMIT 1').get(bucket) === undefined;
  }
  deleteBucket(name: string): void {
    this.#db.prepare('DELETE FROM buckets WHERE name = ?').run(name);
    this.#buckets.delete(name);
  }

  /** Stores bytes under a new name and gives the name. */
  async writeFile(body: Buffer): Promise<string> {
    const name = randomUUID();
    const unfinished = join(this.#folder, 'unfinished', name);
    await writeFile(unfinished, body);
    await rename(unfinished, this.pathOf(name));
    return name;
  }
  pathOf(file: string): string {
    return join(this.#folder, 'objects', file);
  }
  readFile(file: string): Promise<Buffer> {
    return readFile(this.pathOf(file));
  }
  async removeFiles(files: string[]): Promise<void> {
    await Promise.all(files.filter(Boolean).map((file) => rm(this.pathOf(file), { force: true })));
  }

  /** Makes this the newest version; without versioning it replaces the former one, whose file is removed. */
  async addVersion(version: NewVersion): Promise<ObjectVersion> {
    const { bucket, key, file, size, etag, details, isDeleteMarker = false } = version;
    const keepsVersions = this.#buckets.get(bucket)?.versioning === 'Enabled';
    const versionId = keepsVersions ? randomBytes(24).toString('base64url') : 'null';
    const replaced: string[] = [];
    const modifiedAt = Date.now();
    this.#db.exec('BEGIN IMMEDIATE');
    let sequence: number;
    try {
      if (!keepsVersions) {
        const former = this.#version(bucket, key, 'null');
        if (former) {
          replaced.push(former.file);
          this.#db.prepare('DELETE FROM objects WHERE sequence = ?').run(former.sequence);
        }
      }
      this.#db.prepare('UPDATE objects SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1').run(bucket, key);
      const { lastInsertRowid } = this.#db
        .prepare(
          `INSERT INTO objects (bucket, key, version_id, latest, marker, file, size, etag, modified_at, details)
           VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`,
        )
        .run(bucket, key, versionId, isDeleteMarker ? 1 : 0, file, size, etag, modifiedAt, JSON.stringify(details));
      sequence = Number(lastInsertRowid);
      this.#db.exec('COMMIT');
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
    await this.removeFiles(replaced);
    return {
      ...{ ...details, sequence, bucket, key, versionId, isLatest: true, isDeleteMarker },
      ...{ file, size, etag, modifiedAt },
    };
  }

  /** The newest version (which may be a delete marker), or the one asked for. */
  find(bucket: string, key: string, versionId?: string): ObjectVersion | undefined {
    if (versionId !== undefined) return this.#version(bucket, key, versionId);
    const row = this.#db.prepare('SELECT * FROM objects WHERE bucket = ? AND key = ? AND latest = 1').get(bucket, key);
    return row && versionOf(row);
  }
  #version(bucket: string, key: string, versionId: string): ObjectVersion | undefined {
    const row = this.#db
      .prepare('SELECT * FROM objects WHERE bucket = ? AND key = ? AND version_id = ?')
      .get(bucket, key, versionId);
    return row && versionOf(row);
  }
  saveDetails(sequence: number, details: ObjectDetails): void {
    const { headers, tags, lockMode, retainUntil, legalHold, checksum } = details;
    const text = JSON.stringify({ headers, tags, lockMode, retainUntil, legalHold, checksum });
    this.#db.prepare('UPDATE objects SET details = ? WHERE sequence = ?').run(text, sequence);
  }
  /** Removes one version for good; the one before becomes the newest. */
  async removeVersion(version: ObjectVersion): Promise<void> {
    this.#db.exec('BEGIN IMMEDIATE');
    this.#db.prepare('DELETE FROM objects WHERE sequence = ?').run(version.sequence);
    this.#db
      .prepare(
        `UPDATE objects SET latest = 1 WHERE sequence =
           (SELECT MAX(sequence) FROM objects WHERE bucket = ? AND key = ?)`,
      )
      .run(version.bucket, version.key);
    this.#db.exec('COMMIT');
    await this.removeFiles([version.file]);
  }

  /** Newest versions that exist, by key, after a key (exclusive). */
  list(bucket: string, prefix: string, after: string, limit: number): ObjectVersion[] {
    return this.#db
      .prepare(
        `SELECT * FROM objects WHERE bucket = ?1 AND latest = 1 AND marker = 0 AND key >= ?2 AND key > ?3
           AND substr(key, 1, length(?2)) = ?2 ORDER BY key LIMIT ?4`,
      )
      .all(bucket, prefix, after, limit)
      .map(versionOf);
  }
  listVersions(bucket: string, prefix: string, after: string, limit: number): ObjectVersion[] {
    return this.#db
      .prepare(
        `SELECT * FROM objects WHERE bucket = ?1 AND key > ?3 AND substr(key, 1, length(?2)) = ?2
           ORDER BY key, sequence DESC LIMIT ?4`,
      )
      .all(bucket, prefix, after, limit)
      .map(versionOf);
  }

  saveUpload(upload: Upload): void {
    this.#db.prepare('INSERT INTO uploads VALUES (?, ?)').run(upload.id, JSON.stringify(upload));
  }
  upload(id: string): Upload | undefined {
    const row = this.#db.prepare('SELECT upload FROM uploads WHERE id = ?').get(id);
    return row && JSON.parse(String(row.upload));
  }
  savePart(upload: string, part: Part): void {
    this.#db.prepare('INSERT OR REPLACE INTO parts VALUES (?, ?, ?)').run(upload, part.number, JSON.stringify(part));
  }
  parts(upload: string): Part[] {
    const rows = this.#db.prepare('SELECT part FROM parts WHERE upload = ? ORDER BY number').all(upload);
    return rows.map((row) => JSON.parse(String(row.part)));
  }
  async removeUpload(id: string): Promise<void> {
    const files = this.parts(id).map((part) => part.file);
    this.#db.prepare('DELETE FROM parts WHERE upload = ?').run(id);
    this.#db.prepare('DELETE FROM uploads WHERE id = ?').run(id);
    await this.removeFiles(files);
  }
  close(): void {
    this.#db.close();
  }
}

export const md5 = (body: Buffer): string => createHash('md5').update(body).digest('hex');

function versionOf(row: Record<string, unknown>): ObjectVersion {
  return {
    ...JSON.parse(String(row.details)),
    sequence: Number(row.sequence),
    bucket: String(row.bucket),
    key: String(row.key),
    versionId: String(row.version_id),
    isLatest: row.latest === 1,
    isDeleteMarker: row.marker === 1,
    file: String(row.file),
    size: Number(row.size),
    etag: String(row.etag),
    modifiedAt: Number(row.modified_at),
  };
}
