/**
 * Entity tags: `"<version>.<digest>.<representation>"`, with `.br` or `.gzip` when compressed. A writer must know the version; it alone
 * decides whether If-Match holds, and weak marks, which caches add when they recode, are passed over. A version may have a second part
 * (`7-118`) for what stands beside the resource and changes by itself, such as the stock of a product. The digest is of what this reader
 * sees: two people who read `/auth/me` in one browser have their own resources there, maybe of one version, and the same product has other
 * links for staff than for a buyer.
 */
import { hash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { Representation } from './negotiation.ts';

/** Characters of base64url, six bits each: enough that no two states of one address meet by chance. */
const DIGEST_LENGTH = 11;
const TAG = new RegExp(`^(.*?)(-[^.]*)?(\\.[\\w-]{${DIGEST_LENGTH}})?(\\.(json|xml|csv)(\\.(br|gzip))?)?$`);

/** For JSON.stringify: the table gives the fields of an item in any order. */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `data` is what the reply shows. */
export function entityTag(version: number | string, data: unknown, representation: Representation): string {
  const digest = hash('sha256', JSON.stringify(data, inOrder) ?? '', 'base64url').slice(0, DIGEST_LENGTH);
  return `"${version}.${digest}.${representation}"`;
}

function tagsOf(header: string): string[] {
  return [...header.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
}
/** Whether If-None-Match names what this tag does, compressed or not. */
export function isUnchanged(ifNoneMatch: string | undefined, current: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const [tag] = tagsOf(current);
  return tagsOf(ifNoneMatch).some((given) => given === tag || given === `${tag}.br` || given === `${tag}.gzip`);
}

/** Errors: PRECONDITION_FAILED when If-Match was sent and names another version. */
export function requireMatch(ifMatch: string | undefined, version: number | string): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const matches = tagsOf(ifMatch).some((tag) => TAG.exec(tag)?.[1] === String(version));
  if (!matches) throw new AppError('PRECONDITION_FAILED');
}
