/**
 * Condition blocks of a policy, compiled once. Source: "IAM JSON policy elements: Condition operators" and "Multivalued
 * context keys" of the IAM user guide. An operator that is not known is an error when the policy is compiled.
 */
import { wildcard } from './wildcard.ts';

/** Condition keys of one request, names in lower case (IAM compares them without case). */
export type Context = ReadonlyMap<string, string | readonly string[]>;
export type CompiledCondition = (context: Context) => boolean;

type Comparison = (actual: string, expected: string) => boolean;

const operators: Record<string, Comparison> = {
  StringEquals: (actual, expected) => actual === expected,
  StringEqualsIgnoreCase: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  StringLike: (actual, expected) => wildcard(expected).test(actual),
  ArnEquals: (actual, expected) => wildcard(expected).test(actual),
  ArnLike: (actual, expected) => wildcard(expected).test(actual),
  Bool: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  NumericEquals: (actual, expected) => Number(actual) === Number(expected),
  NumericLessThan: (actual, expected) => Number(actual) < Number(expected),
  NumericLessThanEquals: (actual, expected) => Number(actual) <= Number(expected),
  NumericGreaterThan: (actual, expected) => Number(actual) > Number(expected),
  NumericGreaterThanEquals: (actual, expected) => Number(actual) >= Number(expected),
  DateEquals: (actual, expected) => Date.parse(actual) === Date.parse(expected),
  DateLessThan: (actual, expected) => Date.parse(actual) < Date.parse(expected),
  DateLessThanEquals: (actual, expected) => Date.parse(actual) <= Date.parse(expected),
  DateGreaterThan: (actual, expected) => Date.parse(actual) > Date.parse(expected),
  DateGreaterThanEquals: (actual, expected) => Date.parse(actual) >= Date.parse(expected),
  IpAddress: inNetwork,
};
/** A negated operator holds when NONE of its values matches, and when the key is absent. */
const negated: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
};

/** Compiles one operator with its keys. All keys must hold. */
export function compileCondition(
  operator: string,
  keys: Record<string, string | string[] | boolean>,
): CompiledCondition {
  const [, set, base, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.+?)(IfExists)?$/.exec(
    operator,
  ) as RegExpExecArray;
  const tests = Object.entries(keys).map(([key, values]) =>
    compileKey(key.toLowerCase(), [values].flat().map(String), base as string, set, ifExists !== undefined),
  );
  return (context) => tests.every((test) => test(context));
}

function compileKey(
  key: string,
  expected: string[],
  operator: string,
  set: string | undefined,
  ifExists: boolean,
): CompiledCondition {
  if (operator === 'Null') return (context) => !context.has(key) === (expected[0] === 'true');
  const positive = negated[operator] ?? operator;
  const isNegated = positive !== operator;
  const compare = operators[positive];
  if (compare === undefined) throw new Error(`The condition operator ${operator} is not known`);
  const matches = (actual: string, context: Context): boolean =>
    expected.some((value) => compare(actual, substitute(value, context))) !== isNegated;
  return (context) => {
    const found = context.get(key);
    const actual = found === undefined ? [] : [found].flat();
    if (set === 'ForAllValues') return actual.every((value) => matches(value, context));
    if (set === 'ForAnyValue')
      return (found === undefined && ifExists) || actual.some((value) => matches(value, context));
    if (found === undefined) return ifExists || isNegated;
    return actual.some((value) => matches(value, context));
  };
}

/** Policy variables: `${aws:PrincipalArn}`, `${*}`. A variable without value matches nothing. */
export function substitute(value: string, context: Context): string {
  if (!value.includes('${')) return value;
  return value.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name === '*' || name === '?' || name === '$') return name;
    const found = context.get(name.toLowerCase());
    return typeof found === 'string' ? found : '\0';
  });
}

function inNetwork(actual: string, network: string): boolean {
  const [base, bits = '32'] = network.split('/');
  const address = toNumber(actual);
  const start = toNumber(base as string);
  if (address === undefined || start === undefined) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(address / size) === Math.floor(start / size);
}
function toNumber(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
