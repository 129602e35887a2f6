/** How backup codes are kept: hashed, one item per person, shorter by one with each that is used. */
import { entity } from '../platform/entity.ts';

export interface BackupCodes {
  userId: string;
  /** Chance, base64url, of this set. */
  salt: string;
  /** Of the codes that have not been used. */
  hashes: readonly string[];
  createdAt: string;
  version: number;
}

export const backupCodes = entity<BackupCodes>()({
  name: 'BackupCodes',
  partition: 'BACKUPCODES',
  describes: 'Codes that stand in for a lost second factor, hashed',
  keyShape: 'BACKUPCODES#<user id> / BACKUPCODES',
  key: ({ userId }: { userId: string }) => ({ pk: `BACKUPCODES#${userId}`, sk: 'BACKUPCODES' }),
  keyOf: ({ userId }) => ({ userId }),
  patterns: {},
});
