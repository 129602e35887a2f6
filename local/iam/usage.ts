/**
 * Which rights of the templates were ever needed: for each statement of a role, the combinations of action, resource and condition
 * value, as they are written there, that nothing else allowed. What a whole test run does not need should not be granted.
 */
import type { PolicyDocument, PolicyStatement } from '../types.ts';
import { type PolicyRequest, statementsAllowing } from './policy.ts';
import { wildcard } from './wildcard.ts';

/** Action, resource and condition value of a statement, as written; the value is undefined when there is no condition. */
export type Use = readonly [action: string, resource: string, value: string | undefined];

export class RightsUsage {
  readonly #uses = new WeakMap<PolicyStatement, Map<string, Use>>();

  /** The request was allowed by these documents. */
  record(documents: readonly PolicyDocument[], request: PolicyRequest): void {
    const [statement, another] = statementsAllowing(documents, request);
    // What two statements allow needs neither of them.
    if (statement === undefined || another !== undefined) return;
    const uses = this.#uses.get(statement) ?? new Map<string, Use>();
    this.#uses.set(statement, uses);
    const given = [...request.context.values()].flat();
    for (const use of usesOf(statement)) {
      const [action, resource, value] = use;
      const isMeant =
        wildcard(action, 'i').test(request.action) &&
        wildcard(resource).test(request.resource) &&
        (value === undefined || given.some((one) => wildcard(value).test(one)));
      if (isMeant) uses.set(JSON.stringify(use), use);
    }
  }

  /** The uses of a statement that it grants and those of them that were needed. */
  of(statement: PolicyStatement): { granted: Use[]; needed: Use[] } {
    return { granted: usesOf(statement), needed: [...(this.#uses.get(statement)?.values() ?? [])] };
  }
}

/** Every combination that an Allow statement grants. */
function usesOf({ Action, Resource, Condition }: PolicyStatement): Use[] {
  const values = Object.values(Condition ?? {}).flatMap((keys) => Object.values(keys).flat().map(String));
  const uses: Use[] = [];
  for (const action of [Action ?? []].flat()) {
    for (const resource of [Resource ?? []].flat()) {
      for (const value of values.length === 0 ? [undefined] : values) uses.push([action, resource, value]);
    }
  }
  return uses;
}
