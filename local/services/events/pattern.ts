/**
 * Event patterns as EventBridge defines them; Pipes, event source mappings and SNS filter policies use the same language.
 * Exact, prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, exists, cidr, and $or. Where it differs from
 * AWS: no limit on the complexity of a pattern.
 */
import { BlockList, isIP } from 'node:net';
import { AwsError, type Json, type JsonObject } from '../../types.ts';

export type PatternTest = (event: Json) => boolean;
/** Tests the value of one leaf. */
type LeafTest = (value: Json) => boolean;

/** Compiles once per pattern object; throws InvalidEventPatternException. */
export function matchesPattern(pattern: JsonObject, event: Json): boolean {
  let test = compiled.get(pattern);
  if (!test) {
    test = compilePattern(pattern);
    compiled.set(pattern, test);
  }
  return test(event);
}
const compiled = new WeakMap<JsonObject, PatternTest>();

/** A test for events. Throws InvalidEventPatternException that names the place. */
export function compilePattern(pattern: JsonObject | string): PatternTest {
  return compileObject(typeof pattern === 'string' ? parse(pattern) : pattern, '$');
}

function parse(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json;
    if (isObject(value)) return value;
  } catch {
    throw invalid('not valid JSON');
  }
  throw invalid('the pattern must be an object');
}

function compileObject(pattern: JsonObject, path: string): PatternTest {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) throw invalid(`empty pattern at ${path}`);
  const tests = Object.entries(pattern).map(([key, rule]): PatternTest => {
    if (key === '$or') return compileAlternatives(rule, path);
    const field = compileField(rule, `${path}.${key}`);
    return (event) => field(isObject(event) && Object.hasOwn(event, key) ? event[key] : undefined);
  });
  return (event) => tests.every((test) => test(event));
}

function compileAlternatives(rule: Json | undefined, path: string): PatternTest {
  if (!Array.isArray(rule) || rule.length < 2) throw invalid(`$or at ${path} needs an array of two or more patterns`);
  const tests = rule.map((alternative, index) => compileObject(alternative as JsonObject, `${path}.$or[${index}]`));
  return (event) => tests.some((test) => test(event));
}

function compileField(rule: Json | undefined, path: string): (value: Json | undefined) => boolean {
  if (Array.isArray(rule)) return compileLeaf(rule, path);
  if (!isObject(rule)) throw invalid(`"${path}" must be an object or an array`);
  const test = compileObject(rule, path);
  // One element of an array must satisfy the whole sub-pattern (array consistency).
  const deep = (value: Json): boolean => (Array.isArray(value) ? value.some(deep) : test(value));
  return (value) => (Array.isArray(value) && value.length > 0 ? deep(value) : test(value ?? null));
}

function compileLeaf(rules: Json[], path: string): (value: Json | undefined) => boolean {
  if (rules.length === 0) throw invalid(`empty array at ${path}`);
  const tests: LeafTest[] = [];
  let absenceMatches = false;
  for (const rule of rules) {
    if (isObject(rule) && Object.hasOwn(rule, 'exists')) {
      if (typeof rule.exists !== 'boolean') throw invalid(`exists at ${path} must be true or false`);
      if (rule.exists) tests.push(() => true);
      else absenceMatches = true;
    } else tests.push(compileMatcher(rule, path));
  }
  return (value) => {
    const leaves = leavesOf(value);
    return leaves.length === 0 ? absenceMatches : leaves.some((leaf) => tests.some((test) => test(leaf)));
  };
}

/** The scalar values of a field; none when it is absent or not a leaf. */
function leavesOf(value: Json | undefined): Json[] {
  if (value === undefined || isObject(value)) return [];
  return Array.isArray(value) ? value.flatMap(leavesOf) : [value];
}

function compileMatcher(rule: Json, path: string): LeafTest {
  if (!isObject(rule)) {
    if (Array.isArray(rule)) throw invalid(`nested array at ${path}`);
    return (value) => value === rule;
  }
  const [[name, argument] = ['', null], ...more] = Object.entries(rule);
  if (more.length > 0) throw invalid(`only one matcher is allowed in each object at ${path}`);
  switch (name) {
    case 'prefix':
    case 'suffix':
      return compileAffix(name, argument, path);
    case 'equals-ignore-case': {
      const wanted = text(argument, name, path).toLowerCase();
      return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
    }
    case 'wildcard':
      return compileWildcard(text(argument, name, path), path);
    case 'anything-but':
      return compileAnythingBut(argument, path);
    case 'numeric':
      return compileNumeric(argument, path);
    case 'cidr':
      return compileCidr(text(argument, name, path), path);
    default:
      throw invalid(`unrecognized match type "${name}" at ${path}`);
  }
}

function compileAffix(side: 'prefix' | 'suffix', argument: Json, path: string): LeafTest {
  const has = (value: string, affix: string) => (side === 'prefix' ? value.startsWith(affix) : value.endsWith(affix));
  if (!isObject(argument)) {
    const affix = text(argument, side, path);
    return (value) => typeof value === 'string' && has(value, affix);
  }
  const affix = text(argument['equals-ignore-case'] ?? null, `${side} equals-ignore-case`, path).toLowerCase();
  return (value) => typeof value === 'string' && has(value.toLowerCase(), affix);
}

function compileWildcard(wildcard: string, path: string): LeafTest {
  if (wildcard.includes('**')) throw invalid(`consecutive wildcard characters at ${path}`);
  const source = wildcard
    .match(/\\[\\*]|./gsu)
    ?.map((part) =>
      part === '*' ? '[^]*' : escapeExpression(part.length === 2 && part[0] === '\\' ? part.slice(1) : part),
    )
    .join('');
  const expression = new RegExp(`^${source ?? ''}$`, 'u');
  return (value) => typeof value === 'string' && expression.test(value);
}

function compileAnythingBut(argument: Json, path: string): LeafTest {
  if (isObject(argument)) {
    const [[name, nested] = ['', null], ...more] = Object.entries(argument);
    const allowed = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'];
    if (!allowed.includes(name) || more.length > 0) throw invalid(`anything-but at ${path} can't hold "${name}"`);
    const tests = (Array.isArray(nested) ? nested : [nested]).map((value) => compileMatcher({ [name]: value }, path));
    if (tests.length === 0) throw invalid(`empty anything-but at ${path}`);
    return (value) => typeof value === 'string' && !tests.some((test) => test(value));
  }
  const unwanted = Array.isArray(argument) ? argument : [argument];
  if (unwanted.length === 0 || unwanted.some((value) => typeof value !== 'string' && typeof value !== 'number')) {
    throw invalid(`anything-but at ${path} needs strings or numbers`);
  }
  return (value) => !unwanted.includes(value);
}

const comparisons: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function compileNumeric(argument: Json, path: string): LeafTest {
  if (!Array.isArray(argument) || argument.length === 0 || argument.length % 2 !== 0 || argument.length > 4) {
    throw invalid(`numeric at ${path} needs one or two pairs of operator and number`);
  }
  const bounds: LeafTest[] = [];
  for (let index = 0; index < argument.length; index += 2) {
    const compare = comparisons[String(argument[index])];
    const bound = argument[index + 1];
    if (!compare || typeof bound !== 'number')
      throw invalid(`numeric at ${path}: "${argument[index]}" is not understood`);
    bounds.push((value) => typeof value === 'number' && compare(value, bound));
  }
  return (value) => bounds.every((test) => test(value));
}

function compileCidr(range: string, path: string): LeafTest {
  const [network = '', length = ''] = range.split('/');
  const version = isIP(network);
  const bits = Number(length);
  if (version === 0 || length === '' || !Number.isInteger(bits) || bits < 0 || bits > (version === 4 ? 32 : 128)) {
    throw invalid(`malformed CIDR "${range}" at ${path}`);
  }
  const list = new BlockList();
  list.addSubnet(network, bits, version === 4 ? 'ipv4' : 'ipv6');
  return (value) =>
    typeof value === 'string' && isIP(value) === version && list.check(value, version === 4 ? 'ipv4' : 'ipv6');
}

function text(value: Json, name: string, path: string): string {
  if (typeof value !== 'string') throw invalid(`${name} at ${path} must be a string`);
  return value;
}

function escapeExpression(part: string): string {
  return part.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}
