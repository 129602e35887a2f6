import { argon2Sync } from 'node:crypto';
import { newId } from '../../shared/ids.ts';
import { keptCodes, newBackupCodes, withoutCode } from './backup-codes.ts';

const userId = newId('user');
const now = new Date('2026-11-26T10:00:00.000Z');

it('keeps codes by a hash that takes its time', async () => {
  const codes = newBackupCodes();
  const { salt, hashes } = await keptCodes(userId, codes, now);
  const nonce = Buffer.from(salt, 'base64url');
  expect(nonce).toHaveLength(16);
  const message = codes[0]?.replace('-', '') ?? '';
  const hash = argon2Sync('argon2id', { message, nonce, parallelism: 1, memory: 19 * 1024, passes: 2, tagLength: 32 });
  expect(hashes[0]).toBe(hash.toString('base64url'));
  expect(new Set(hashes).size).toBe(10);
  expect((await keptCodes(userId, codes, now)).hashes).not.toContain(hashes[0]);
});

it('takes a code however it is written, and leaves the others', async () => {
  const [code = '', other = ''] = newBackupCodes();
  const kept = await keptCodes(userId, [code, other], now);
  expect(await withoutCode(kept, ` ${code.toLowerCase().replace('-', ' ')} `)).toEqual(kept.hashes.slice(1));
  expect(await withoutCode(kept, 'AAAAA-AAAAA')).toBeUndefined();
});
