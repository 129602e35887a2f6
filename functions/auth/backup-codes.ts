/** The rules of backup codes. Pure, but for the chance that makes them. */
import { createHmac, randomBytes, randomInt } from 'node:crypto';
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

/** A salted hash is enough: unlike a password, a code of 50 bits can not be guessed from it. */
function hashOf(salt: string, code: string): string {
  return createHmac('sha256', salt).update(code.replace(/[\s-]/g, '').toUpperCase()).digest('base64url');
}

export function keptCodes(userId: string, codes: readonly string[], now: Date): BackupCodes {
  const salt = randomBytes(16).toString('base64url');
  return { userId, salt, hashes: codes.map((code) => hashOf(salt, code)), createdAt: now.toISOString(), version: 1 };
}

/** The hashes that are left when this code has been used; undefined when it is none of them. */
export function withoutCode({ salt, hashes }: BackupCodes, code: string): string[] | undefined {
  const used = hashOf(salt, code);
  return hashes.includes(used) ? hashes.filter((hash) => hash !== used) : undefined;
}
