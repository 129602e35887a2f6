import { createHash } from 'node:crypto';
import type { ResourceDeclaration } from '../../types.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * An id as API Gateway makes them (lower case letters and digits), the same at every start because it follows from the
 * stack and the logical id. `length` is 10 for APIs, 6 or 7 for what belongs to one.
 */
export function stableId(resource: Pick<ResourceDeclaration, 'stack' | 'logicalId'>, length = 10): string {
  const hash = createHash('sha256').update(`${resource.stack}/${resource.logicalId}`).digest();
  let id = '';
  for (let index = 0; index < length; index++) id += ALPHABET[(hash[index] ?? 0) % ALPHABET.length];
  return id;
}
