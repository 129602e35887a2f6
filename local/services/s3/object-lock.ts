/** Object lock: which version may not be deleted yet, and how retention may change. Pure. */
import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../../types.ts';
import type { Bucket, ObjectDetails, ObjectVersion } from './object-store.ts';

const denied = () => new AwsError('AccessDenied', 'Access Denied because object protected by object lock.', 403);

/** Throws AccessDenied. Governance gives way to a caller who may bypass it; compliance and legal hold to nobody. */
export function checkDeletable(version: ObjectVersion, mayBypass: boolean, now: number): void {
  if (version.legalHold) throw denied();
  if (!version.retainUntil || version.retainUntil <= now) return;
  if (version.lockMode === 'GOVERNANCE' && mayBypass) return;
  throw denied();
}

/** Throws AccessDenied when a running retention would be shortened or weakened. */
export function checkRetention(
  version: ObjectVersion,
  mode: string,
  until: number,
  mayBypass: boolean,
  now: number,
): void {
  const running = (version.retainUntil ?? 0) > now;
  if (!running || (version.lockMode === 'GOVERNANCE' && mayBypass)) return;
  const shorter = until < (version.retainUntil ?? 0);
  const weaker = version.lockMode === 'COMPLIANCE' && mode !== 'COMPLIANCE';
  if (shorter || weaker) throw denied();
}

/** Lock of a new version: from its headers, or the default of the bucket. Throws InvalidRequest without object lock. */
export function lockOf(
  headers: IncomingHttpHeaders,
  bucket: Bucket,
  now: number,
): Pick<ObjectDetails, 'lockMode' | 'retainUntil' | 'legalHold'> {
  const mode = headers['x-amz-object-lock-mode']?.toString();
  const until = headers['x-amz-object-lock-retain-until-date']?.toString();
  const hold = headers['x-amz-object-lock-legal-hold'];
  if ((mode || until || hold) && !bucket.objectLock) {
    throw new AwsError('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  }
  const legalHold = hold === 'ON' ? { legalHold: true } : {};
  if (mode && until) return { lockMode: mode, retainUntil: retentionDate(until, now), ...legalHold };
  if (bucket.objectLock && bucket.defaultRetention) {
    const { mode: lockMode, days } = bucket.defaultRetention;
    return { lockMode, retainUntil: now + days * 86_400_000, ...legalHold };
  }
  return legalHold;
}

/** Throws InvalidArgument when it is no date or past. */
export function retentionDate(text: string, now: number): number {
  const until = Date.parse(text);
  if (!(until > now)) throw new AwsError('InvalidArgument', 'The retain until date must be in the future!');
  return until;
}
