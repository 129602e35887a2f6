/** The rules of backup codes. Pure, but for the chance that makes them. */
import { argon2, randomBytes, randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import type { BackupCodes } from './backup-codes.table.ts';

const COUNT = 10;
const LENGTH = 10;
/** Without letters that look like digits. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten codes of 50 bits of chance each, as they are shown once: `7K2QM-X40ZD`. */
export function newBackupCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const text = Array.from({ length: LENGTH }, () => alphabet[randomInt(alphabet.length)]).join('');
    return `${text.slice(0, LENGTH / 2)}-${text.slice(LENGTH / 2)}`;
  });
}

const derive = promisify(argon2);
/** The least that the OWASP password storage guide takes for Argon2id: 19 MiB (in KiB) passed over twice; some 35 ms of a core. */
const COST = { parallelism: 1, memory: 19_456, passes: 2, tagLength: 32 } as const;

/** Slow on purpose: 50 bits are few enough to try them all against a fast hash. */
async function hashOf(salt: string, code: string): Promise<string> {
  const message = code.replace(/[\s-]/g, '').toUpperCase();
  return (await derive('argon2id', { ...COST, message, nonce: Buffer.from(salt, 'base64url') })).toString('base64url');
}

/** All codes of a set have one salt, so that one hash tells whether a code is among them. */
export async function keptCodes(userId: string, codes: readonly string[], now: Date): Promise<BackupCodes> {
  const salt = randomBytes(16).toString('base64url');
  const hashes: string[] = [];
  // One after the other: side by side they would take ten times the memory and no less time of the one core.
  for (const code of codes) hashes.push(await hashOf(salt, code));
  return { userId, salt, hashes, createdAt: now.toISOString(), version: 1 };
}

/** The hashes that are left when this code has been used; undefined when it is none of them. */
export async function withoutCode({ salt, hashes }: BackupCodes, code: string): Promise<string[] | undefined> {
  const used = await hashOf(salt, code);
  return hashes.includes(used) ? hashes.filter((hash) => hash !== used) : undefined;
}
