/** Ids: a prefix that names the kind, and a ULID (https://github.com/ulid/spec): 48 bits of time, 80 of chance, Crockford base 32. */
import * as z from 'zod';

export const idPrefixes = {
  user: 'usr',
  product: 'prd',
  order: 'ord',
  customer: 'cus',
  event: 'evt',
  session: 'ses',
  securityEvent: 'sev',
  apiKey: 'key',
  notification: 'ntf',
  upload: 'upl',
} as const;
export type IdKind = keyof typeof idPrefixes;

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 26 characters of Crockford base 32 for 16 bytes, most significant first. */
function encode(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes.subarray(0, 16)) value = (value << 8n) | BigInt(byte);
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = alphabet[Number(value & 31n)] + text;
    value >>= 5n;
  }
  return text;
}

/** A new id. Ids of later milliseconds sort after earlier ones. `chance`: 10 bytes or more, each id's own. */
export function newId(
  kind: IdKind,
  now: Date = new Date(),
  chance: Uint8Array = crypto.getRandomValues(new Uint8Array(10)),
): string {
  const bytes = new Uint8Array(16);
  bytes.set(chance.subarray(0, 10), 6);
  let time = now.getTime();
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  return `${idPrefixes[kind]}_${encode(bytes)}`;
}

/**
 * The id that belongs to a natural key: the same key always gives the same id, which makes the write that uses it
 * idempotent without a record of its own. `digest` is 16 bytes or more of a cryptographic hash of the key.
 */
export function idFromDigest(kind: IdKind, digest: Uint8Array): string {
  return `${idPrefixes[kind]}_${encode(digest)}`;
}

/** The least id of a moment: every id made at it or later sorts after it. For ranges over ids. */
export function leastIdOf(kind: IdKind, moment: Date): string {
  let time = Math.max(0, moment.getTime());
  let text = '';
  for (let i = 0; i < 10; i++) {
    text = alphabet[time % 32] + text;
    time = Math.floor(time / 32);
  }
  return `${idPrefixes[kind]}_${text}${'0'.repeat(16)}`;
}

/** Schema of an id of one kind. */
export function idSchema<K extends IdKind>(kind: K) {
  return z
    .string()
    .regex(new RegExp(`^${idPrefixes[kind]}_[0-7][0-9A-HJKMNP-TV-Z]{25}$`), `must be ${idPrefixes[kind]}_ and a ULID`)
    .meta({ example: `${idPrefixes[kind]}_01JD3Z5QW8X7V6T5S4R3Q2P1N0` });
}
