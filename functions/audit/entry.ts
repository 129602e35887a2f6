/**
 * What the audit trail says of one change, and how entries are chained: each day begins a chain, and the hash of an entry covers the
 * entry and the hash of the one before. Pure.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

/** One change of one item of the table. Everything but `hash` is hashed. */
export interface AuditEntry {
  /** Day (UTC) on which it was recorded: the chain that it belongs to. */
  day: string;
  /** Position in the chain, from 1. */
  n: number;
  /** Hash of the entry before; of the first one: `genesisOf` the day. */
  previous: string;
  recordedAt: string;
  /** When it was changed, as the writer says; of a removal: when it was recorded. */
  at: string;
  entity: string;
  /** Id of what changed, or what its key names. */
  item: string;
  action: 'created' | 'changed' | 'removed';
  /** Who wrote it. A removal carries no writer: whoever caused it stands in the entry of the same request beside it. */
  actor?: { id: string; type: string };
  /** From where the request came that wrote it. A reaction to an event comes from nowhere: its `cause` leads on. */
  from?: { ip: string; device: string };
  /** Id of the request, and of the event that a reaction answered. */
  request?: string;
  cause?: string;
  /** Names of the events that rode on it. */
  events: string[];
  /** What the changed item itself says of its risk: of a security event. */
  risk?: string;
  /** JSON of `{ before, after }`: only the attributes that differ, secrets masked. Text, so that it is hashed as it is stored. */
  change: string;
  /** Position of the change in the table's stream. */
  record: string;
  hash: string;
}

export interface ChangedItem {
  kind: 'INSERT' | 'MODIFY' | 'REMOVE';
  sequenceNumber: string;
  before: Record<string, unknown> | undefined;
  after: Record<string, unknown> | undefined;
}
/** An entry before it has its place. */
export type Unplaced = Omit<AuditEntry, 'day' | 'n' | 'previous' | 'recordedAt' | 'hash'>;

const MASK = '(masked)';
/** Attributes that hold secrets or what is made of them, in whatever entity. */
const secret = /hash|secret|password|token(?!sValidAfter)|digest|signature|confirmedwith|(?<!postal)code/i;
/** Longer texts are kept as their hash: entries must stay small. */
const MAX_TEXT = 4_000;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A value as JSON keeps it: sets as sorted lists, secrets masked, long texts as hashes. */
function shown(name: string, value: unknown): unknown {
  if (secret.test(name)) return MASK;
  if (value instanceof Set) return [...value].sort();
  if (typeof value === 'string' && value.length > MAX_TEXT)
    return `sha256:${sha256(value)} of ${value.length} characters`;
  if (Array.isArray(value)) return value.map((part) => shown('', part));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shown(key, part)]));
  return value;
}

/** Own attributes that differ, on each side. */
function difference(before: Record<string, unknown>, after: Record<string, unknown>) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const differing = names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
  const side = (image: Record<string, unknown>) =>
    Object.fromEntries(differing.filter((name) => name in image).map((name) => [name, shown(name, image[name])]));
  return { differing, before: side(before), after: side(after) };
}

/** Attributes of the platform that the trail reads. `own`: takes them off an image. */
interface Platform {
  own(image: Record<string, unknown>): Record<string, unknown>;
  names: { entity: string; context: string; events: string };
}

/** The entry of a change; undefined when nothing of its own changed. `now`: when it is recorded. */
export function entryOf(change: ChangedItem, { own, names }: Platform, now: Date): Unplaced | undefined {
  const { kind, sequenceNumber } = change;
  const [before, after] = [own(change.before ?? {}), own(change.after ?? {})];
  const values = difference(before, after);
  if (kind === 'MODIFY' && values.differing.length === 0) return undefined;
  const image = change.after ?? change.before ?? {};
  const context = kind === 'REMOVE' ? undefined : (image[names.context] as Record<string, string> | undefined);
  const riders = kind === 'REMOVE' ? [] : ((image[names.events] as { n: string }[] | undefined) ?? []);
  const id = after.id ?? before.id;
  const risk = after.risk ?? before.risk;
  const [, ip, device] = /^(\S+) (.+)$/.exec(context?.f ?? '') ?? [];
  return {
    at: context?.t ?? now.toISOString(),
    entity: String(image[names.entity]),
    // What has no id of its own is known by what its key names: the user of a profile, the product of a stock.
    item: typeof id === 'string' ? id : String(image.pk).replace(/^[^#]*#/, ''),
    action: kind === 'INSERT' ? 'created' : kind === 'REMOVE' ? 'removed' : 'changed',
    ...(context?.a && context.y && { actor: { id: context.a, type: context.y } }),
    ...(ip && device && { from: { ip, device } }),
    ...(context?.c && { request: context.c }),
    ...(context?.b && { cause: context.b }),
    events: riders.map(({ n }) => n),
    ...(typeof risk === 'string' && { risk }),
    change: JSON.stringify({ before: values.before, after: values.after }),
    record: sequenceNumber,
  };
}

/** What the first entry of a day follows. */
export const genesisOf = (day: string) => sha256(`mewayz audit trail ${day}`);

/** The same text for the same values, in whatever order they are kept. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`)
      .join()}}`;
  return JSON.stringify(value);
}
export function hashOf({ hash: _, ...entry }: Omit<AuditEntry, 'hash'> & { hash?: string }): string {
  return sha256(entry.previous + canonical(entry));
}

/** Where a day's chain ends. */
export interface ChainEnd {
  day: string;
  n: number;
  hash: string;
}
export const beginningOf = (day: string): ChainEnd => ({ day, n: 0, hash: genesisOf(day) });

/** The entries in their places after `end`, and the new end. */
export function chained(
  end: ChainEnd,
  entries: readonly Unplaced[],
  now: Date,
): { entries: AuditEntry[]; end: ChainEnd } {
  let { n, hash } = end;
  const placed = entries.map((entry) => {
    n += 1;
    const open = { ...entry, day: end.day, n, previous: hash, recordedAt: now.toISOString() };
    hash = hashOf(open);
    return { ...open, hash };
  });
  return { entries: placed, end: { day: end.day, n, hash } };
}
