/**
 * Expressions of DynamoDB, built from plain objects. Every name and value goes through a placeholder, so that no reserved word and
 * no content can change what an expression means.
 */
import type { Conditions, Test } from './db.ts';

/** Names and values of one request; equal names share a placeholder. */
export interface Slots {
  /** `a.b` becomes `#0.#1`. */
  name(path: string): string;
  value(value: unknown): string;
  /** For the request; empty maps are left out, because DynamoDB refuses them. */
  attributes(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, unknown>;
  };
}

export function slots(): Slots {
  const names = new Map<string, string>();
  const values: Record<string, unknown> = {};
  let count = 0;
  return {
    name(path) {
      return path
        .split('.')
        .map((part) => {
          const known = names.get(part) ?? `#${names.size}`;
          names.set(part, known);
          return known;
        })
        .join('.');
    },
    value(value) {
      if (value === undefined) throw new Error('undefined can not be compared or stored');
      const placeholder = `:${count++}`;
      values[placeholder] = value;
      return placeholder;
    },
    attributes() {
      return {
        ...(names.size > 0 && {
          ExpressionAttributeNames: Object.fromEntries([...names].map(([name, placeholder]) => [placeholder, name])),
        }),
        ...(count > 0 && { ExpressionAttributeValues: values }),
      };
    },
  };
}

const comparators = { eq: '=', ne: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
/** Most values that DynamoDB takes in one IN. */
const MAX_IN = 100;

/** One test in DynamoDB's words. An unknown or undefined part throws: a condition that vanishes would let everything through. */
function one(path: string, test: Test, to: Slots): string[] {
  const parts = Object.entries(test).flatMap(([kind, operand]) => {
    if (operand === undefined) throw new Error(`condition ${kind} on ${path} has no value`);
    const name = to.name(path);
    if (kind in comparators) return `${name} ${comparators[kind as keyof typeof comparators]} ${to.value(operand)}`;
    switch (kind) {
      case 'in': {
        const among = operand as readonly unknown[];
        if (among.length === 0 || among.length > MAX_IN)
          throw new Error(`condition in on ${path} takes 1 to ${MAX_IN} values`);
        return `${name} IN (${among.map((value) => to.value(value)).join(', ')})`;
      }
      case 'exists':
        return operand ? `attribute_exists(${name})` : `attribute_not_exists(${name})`;
      case 'contains':
        return `contains(${name}, ${to.value(operand)})`;
      case 'containsAll':
        return (operand as readonly unknown[]).map((part) => `contains(${name}, ${to.value(part)})`);
      case 'beginsWith':
        return `begins_with(${name}, ${to.value(operand)})`;
      default:
        throw new Error(`condition on ${path} is unknown: ${kind}`);
    }
  });
  if (parts.length === 0) throw new Error(`condition on ${path} is empty`);
  return parts;
}

/** All conditions joined by AND, as single terms. */
export function conditionTerms(conditions: Conditions, to: Slots): string[] {
  return Object.entries(conditions).flatMap(([path, test]) =>
    one(path, typeof test === 'object' ? test : { eq: test }, to),
  );
}
