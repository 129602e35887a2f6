/** What an authenticator app does (RFC 6238, with the parameters that all of them know), and a person who has one. */
import { createHmac } from 'node:crypto';
import { login } from '../../shared/contracts/auth/login.ts';
import { mfaEnable } from '../../shared/contracts/auth/mfa-enable.ts';
import { mfaSetup } from '../../shared/contracts/auth/mfa-setup.ts';
import { type Api, dataOf } from './api.ts';

const STEP_MS = 30_000;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of a base-32 secret, `steps` half minutes from now. */
export function totpOf(secret: string, steps = 0, now = Date.now()): string {
  const bits = [...secret.replace(/=+$/, '')].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP_MS) + steps));
  const digest = createHmac('sha1', Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2))))
    .update(counter)
    .digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Turns the second factor on. A code works once: what follows takes the one of the next step. */
export async function enrol(api: Api): Promise<{ secret: string; backupCodes: string[]; next(): string }> {
  const { secret } = dataOf(await api.call(mfaSetup, { body: {} }));
  const { backupCodes } = dataOf(await api.call(mfaEnable, { body: { code: totpOf(secret) } }));
  return { secret, backupCodes, next: () => totpOf(secret, 1) };
}

/** Signs in with the password; answers what the second step must be answered with. */
export async function firstStep(api: Api, email: string, password: string): Promise<string> {
  const reply = await api.call(login, { body: { email, password, delivery: 'body' } });
  return reply.json.error.details.session;
}
