/**
 * Entity tags: `"<version>.<representation>"`, with `.br` or `.gzip` when compressed. The version alone decides whether two
 * name the same state; weak marks, which caches add when they recode, are therefore passed over. A version may have a second
 * part (`7-118`) for what stands beside the resource and changes by itself, such as the stock of a product: a reader's copy is
 * current only when both agree, a writer must know the first.
 */
import { AppError } from '../../../shared/errors.ts';
import type { Representation } from './negotiation.ts';

export function entityTag(version: number | string, representation: Representation): string {
  return `"${version}.${representation}"`;
}

function tagsOf(header: string): string[] {
  return [...header.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
}
/** Whether If-None-Match names this version in this representation. */
export function isUnchanged(
  ifNoneMatch: string | undefined,
  version: number | string,
  representation: Representation,
): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const tag = `${version}.${representation}`;
  return tagsOf(ifNoneMatch).some((given) => given === tag || given === `${tag}.br` || given === `${tag}.gzip`);
}

/** Errors: PRECONDITION_FAILED when If-Match was sent and names another version. */
export function requireMatch(ifMatch: string | undefined, version: number | string): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const matches = tagsOf(ifMatch).some(
    (tag) => /^(.*?)(-[^.]*)?(\.(json|xml|csv)(\.(br|gzip))?)?$/.exec(tag)?.[1] === String(version),
  );
  if (!matches) throw new AppError('PRECONDITION_FAILED');
}
