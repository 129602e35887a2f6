/** Proves days of the audit trail, from a deployment or from a copy in a folder. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { AuditEntry, ChainEnd } from '../functions/audit/entry.ts';
import { auditEntries } from '../functions/audit/trail.table.ts';
import { verifyDay } from '../functions/audit/verify.ts';
import { anchorKey } from '../functions/platform/anchors.ts';
import { createDb } from '../functions/platform/dynamo.ts';
import { grant } from '../functions/platform/entity.ts';
import { environmentNames } from '../functions/platform/env.ts';

export interface Day {
  entries: AuditEntry[];
  anchor: ChainEnd | undefined;
}
type ReadDay = (day: string) => Promise<Day>;

/** Days from one to another, both included. Throws when they are no days or in the wrong order. */
export function daysOf(from: string, to: string): string[] {
  for (const day of [from, to])
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))
      throw new Error(`${day} is no day such as 2026-11-21.`);
  if (from > to) throw new Error(`${from} is after ${to}.`);
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** Days of a copy in a folder. */
export function fromFolder(folder: string): ReadDay {
  return async (day) => {
    const [lines, anchor] = [join(folder, `${day}.jsonl`), join(folder, `${day}.anchor.json`)];
    const entries = existsSync(lines) ? readFileSync(lines, 'utf8').split('\n').filter(Boolean) : [];
    return {
      entries: entries.map((line) => JSON.parse(line) as AuditEntry),
      anchor: existsSync(anchor) ? (JSON.parse(readFileSync(anchor, 'utf8')) as ChainEnd) : undefined,
    };
  };
}

/** Days of a deployment: entries from its table, anchors from its bucket. */
export function fromDeployment(outputs: Record<string, Record<string, string>>): ReadDay {
  const find = (key: string) => {
    const value = Object.values(outputs).find((stack) => stack[key] !== undefined)?.[key];
    if (value === undefined) throw new Error(`The outputs have no ${key}: are they of a whole deployment of Mewayz?`);
    return value;
  };
  process.env[environmentNames.tableName] = find('TableName');
  const bucket = find('AuditBucketName');
  const db = createDb(
    { table: { entries: grant(auditEntries, 'query:day') } },
    { actor: { id: 'system', type: 'system' }, correlationId: 'audit-verify', now: () => new Date() },
  );
  const s3 = new S3Client(process.env.AWS_ENDPOINT_URL ? { forcePathStyle: true } : {});
  return async (day) => {
    const entries: AuditEntry[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await db.entries.query(
        'day',
        { day },
        { limit: 1_000, consistent: true, ...(cursor && { cursor }) },
      );
      entries.push(...page.items);
      cursor = page.cursor;
    }
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: anchorKey(day) }));
      return { entries, anchor: JSON.parse((await Body?.transformToString()) ?? '') as ChainEnd };
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'NoSuchKey') throw error;
      return { entries, anchor: undefined };
    }
  };
}

/** Proves days and says what it found, a line each. Answers whether all are unbroken and closed days anchored. */
export async function verify(
  days: readonly string[],
  read: ReadDay,
  { say, today, keep }: { say: (line: string) => void; today: string; keep?: (day: string, found: Day) => void },
): Promise<boolean> {
  let whole = true;
  for (const day of days) {
    const found = await read(day);
    keep?.(day, found);
    const findings = verifyDay(day, found.entries, found.anchor);
    for (const { message } of findings) say(message);
    const unanchored = !found.anchor && day < today;
    if (unanchored) say(`${day} has no anchor: a cut at its end can not be seen`);
    if (findings.length === 0 && !unanchored)
      say(
        `${day} ${found.entries.length} entries, unbroken${found.anchor ? ' and anchored' : ', the day is not over'}`,
      );
    whole &&= findings.length === 0 && !unanchored;
  }
  return whole;
}
