/** Time-based one-time passwords (RFC 6238): SHA-1, 30 seconds, 6 digits, as authenticator apps make them. */
import { createHmac, randomBytes } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const stepSeconds = 30;

/** 32 bytes in base32, as Cognito's secrets are. */
export function makeSecret(): string {
  return Array.from(randomBytes(52), (byte) => alphabet[byte % 32]).join('');
}

/** The code of a time step. */
export function totp(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', decodeBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

export function stepAt(seconds: number): number {
  return Math.floor(seconds / stepSeconds);
}

/** The step (one before, now, one after) whose code this is, when it is later than `lastStep`: a code is accepted once. */
export function acceptedStep(secret: string, code: string, seconds: number, lastStep = 0): number | undefined {
  const step = stepAt(seconds);
  return [step - 1, step, step + 1].find((near) => near > lastStep && totp(secret, near) === code);
}

function decodeBase32(text: string): Buffer {
  let bits = '';
  for (const letter of text) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
