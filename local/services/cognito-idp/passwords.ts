/** Passwords: policy, hashes, and the lock-out after repeated failures. */
import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { AwsError } from '../../types.ts';
import { notAuthorized } from './errors.ts';
import type { PasswordPolicy } from './model.ts';

/** Cheap on purpose (about 10 ms): this machine's processor is shared with everything else. */
const cost = { N: 2 ** 12, r: 8, p: 1 };
const derive = promisify<string, Buffer, number, typeof cost, Buffer>(scrypt);

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, 32, cost);
  return `${salt.toString('base64')}.${hash.toString('base64')}`;
}

/** Takes the same time whether there is a hash or not, so that a missing user can't be told by the clock. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [salt = '', hash = ''] = (stored ?? `${'A'.repeat(22)}==.${'A'.repeat(43)}=`).split('.');
  const derived = await derive(password, Buffer.from(salt, 'base64'), 32, cost);
  return timingSafeEqual(derived, Buffer.from(hash, 'base64')) && stored !== undefined;
}

/** Throws InvalidPasswordException. */
export function assertPasswordPolicy(password: string, policy: PasswordPolicy): void {
  const broken = brokenRule(password, policy);
  if (broken) {
    throw new AwsError('InvalidPasswordException', `Password did not conform with policy: ${broken}`);
  }
}

function brokenRule(password: string, policy: PasswordPolicy): string | undefined {
  if (password.length < policy.MinimumLength) return 'Password not long enough';
  if (password.length > 256) return 'Password too long';
  if (policy.RequireLowercase && !/[a-z]/.test(password)) return 'Password must have lowercase characters';
  if (policy.RequireUppercase && !/[A-Z]/.test(password)) return 'Password must have uppercase characters';
  if (policy.RequireNumbers && !/\d/.test(password)) return 'Password must have numeric characters';
  if (policy.RequireSymbols && !/[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/.test(password)) {
    return 'Password must have symbol characters';
  }
  return undefined;
}

/** A temporary password that conforms to any policy. */
export function temporaryPassword(length: number): string {
  const classes = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '!@#%*_=+'];
  return Array.from({ length: Math.max(length, 12) }, (_, index) => {
    const letters = classes[index % classes.length] ?? '';
    return letters[randomInt(letters.length)];
  }).join('');
}

const freeFailures = 5;
const longestLockMs = 900_000;

export type LockOut = ReturnType<typeof createLockOut>;

/**
 * After five wrong passwords each further one locks the user for a time that doubles from 1 second to 15 minutes, as AWS
 * documents it. Kept in memory: a restart forgets it.
 */
export function createLockOut() {
  const failures = new Map<string, { count: number; until: number }>();
  return {
    assertOpen(user: string): void {
      if ((failures.get(user)?.until ?? 0) > Date.now()) throw notAuthorized('Password attempts exceeded');
    },
    failed(user: string): void {
      const count = (failures.get(user)?.count ?? 0) + 1;
      const lock = count < freeFailures ? 0 : Math.min(longestLockMs, 1000 * 2 ** (count - freeFailures));
      failures.set(user, { count, until: Date.now() + lock });
    },
    succeeded(user: string): void {
      failures.delete(user);
    },
  };
}
