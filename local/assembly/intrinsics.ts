/**
 * CloudFormation's intrinsic functions, as pure evaluation over a scope. `Fn::Transform`, `Fn::Cidr` and macros are not
 * known: `unknownFunctions` names them before anything starts.
 */
import type { Json, JsonObject } from '../types.ts';

/** What a template's expressions may refer to. Each lookup throws an Error that says what is missing. */
export interface Scope {
  stackName: string;
  region: string;
  accountId: string;
  ref(logicalId: string): Json;
  attribute(logicalId: string, attribute: string): Json;
  importValue(exportName: string): Json;
  stackOutput(stackName: string, outputName: string): Json;
  mapping(map: string, first: string, second: string): Json | undefined;
  condition(name: string): boolean;
  /** The text between `{{resolve:` and `}}`. */
  dynamicReference(reference: string): string;
}

/** What `AWS::NoValue` leaves: the property that holds it disappears. */
const noValue = Symbol('AWS::NoValue');
type Evaluated = Json | typeof noValue;

type IntrinsicFunction = (argument: Json, scope: Scope) => Evaluated;

const functions: Record<string, IntrinsicFunction> = {
  Ref: (argument, scope) => (argument === 'AWS::NoValue' ? noValue : reference(text(argument), scope)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, ...path] = Array.isArray(argument)
      ? argument.map((part) => text(plain(part, scope)))
      : text(argument).split('.');
    return scope.attribute(logicalId as string, path.join('.'));
  },
  'Fn::Sub': (argument, scope) => {
    const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
    const values = plain(variables ?? {}, scope) as JsonObject;
    return text(template as Json).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      const key = name.trim();
      if (key in values) return text(values[key] as Json);
      return text(key.includes('.') ? (functions['Fn::GetAtt']?.(key, scope) as Json) : reference(key, scope));
    });
  },
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = list(argument);
    return list(plain(parts as Json, scope))
      .map(text)
      .join(text(separator as Json));
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = list(argument);
    const position = Number(plain(index as Json, scope));
    const item = list(plain(items as Json, scope))[position];
    if (item === undefined) throw new Error(`Fn::Select: there is no element ${position}`);
    return item;
  },
  'Fn::Split': (argument, scope) => {
    const [separator, value] = list(argument);
    return text(plain(value as Json, scope)).split(text(separator as Json));
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(text(plain(argument, scope))),
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName } = plain(argument, scope) as JsonObject;
    return scope.stackOutput(text(StackName as Json), text(OutputName as Json));
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second, options] = list(argument);
    const keys = [map, first, second].map((key) => text(plain(key as Json, scope))) as [string, string, string];
    const found = scope.mapping(...keys);
    if (found !== undefined) return plain(found, scope);
    const fallback = (options as JsonObject | undefined)?.DefaultValue;
    if (fallback === undefined) throw new Error(`Fn::FindInMap: there is no ${keys.join('.')}`);
    return plain(fallback, scope);
  },
  'Fn::If': (argument, scope) => {
    const [name, whenTrue, whenFalse] = list(argument);
    return evaluateAny((scope.condition(text(name as Json)) ? whenTrue : whenFalse) as Json, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(argument);
    return text(plain(left as Json, scope)) === text(plain(right as Json, scope));
  },
  'Fn::Not': (argument, scope) => plain(list(argument)[0] as Json, scope) !== true,
  'Fn::And': (argument, scope) => list(argument).every((item) => plain(item, scope) === true),
  'Fn::Or': (argument, scope) => list(argument).some((item) => plain(item, scope) === true),
  Condition: (argument, scope) => scope.condition(text(argument)),
  'Fn::Base64': (argument, scope) => Buffer.from(text(plain(argument, scope))).toString('base64'),
  'Fn::GetAZs': (_argument, scope) => ['a', 'b', 'c'].map((zone) => `${scope.region}${zone}`),
  'Fn::Length': (argument, scope) => list(plain(argument, scope)).length,
  'Fn::ToJsonString': (argument, scope) => JSON.stringify(plain(argument, scope)),
};

/** The value with every intrinsic function and dynamic reference resolved. */
export function evaluate(value: Json, scope: Scope): Json {
  const evaluated = evaluateAny(value, scope);
  return evaluated === noValue ? null : evaluated;
}

function evaluateAny(value: Json, scope: Scope): Evaluated {
  if (typeof value === 'string') return resolveDynamic(value, scope);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    return value.map((item) => evaluateAny(item, scope)).filter((item) => item !== noValue) as Json[];
  }
  const call = intrinsicCall(value);
  if (call !== undefined) {
    const apply = functions[call.name];
    if (apply === undefined) throw new Error(`The function ${call.name} is not known`);
    const result = apply(call.argument, scope);
    return typeof result === 'string' ? resolveDynamic(result, scope) : result;
  }
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    const evaluated = evaluateAny(item, scope);
    if (evaluated !== noValue) entries.push([key, evaluated]);
  }
  return Object.fromEntries(entries);
}

function plain(value: Json, scope: Scope): Json {
  return evaluate(value, scope);
}

/** `Condition` is a function only in conditions, where it stands alone with a name; in a policy it holds an object. */
function intrinsicCall(value: JsonObject): { name: string; argument: Json } | undefined {
  const keys = Object.keys(value);
  const name = keys[0];
  if (keys.length !== 1 || name === undefined) return undefined;
  const argument = value[name] as Json;
  if (name.startsWith('Fn::') || (name === 'Ref' && typeof argument === 'string')) return { name, argument };
  return name === 'Condition' && typeof argument === 'string' ? { name, argument } : undefined;
}

function reference(name: string, scope: Scope): Json {
  switch (name) {
    case 'AWS::Region':
      return scope.region;
    case 'AWS::AccountId':
      return scope.accountId;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return scope.stackName;
    case 'AWS::StackId':
      return stackId(scope);
    case 'AWS::NotificationARNs':
      return [];
    default:
      return scope.ref(name);
  }
}

/** The ARN of a stack; its last part is stable, so what is derived from it survives a restart. */
export function stackId(scope: { region: string; accountId: string; stackName: string }): string {
  return `arn:aws:cloudformation:${scope.region}:${scope.accountId}:stack/${scope.stackName}/00000000-0000-4000-8000-000000000000`;
}

function resolveDynamic(value: string, scope: Scope): string {
  if (!value.includes('{{resolve:')) return value;
  return value.replace(/\{\{resolve:([^}]+)\}\}/g, (_, inner: string) => scope.dynamicReference(inner));
}

function text(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`A text is needed, not ${JSON.stringify(value)}`);
}
function list(value: Json): Json[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return value.split(',');
  throw new Error(`A list is needed, not ${JSON.stringify(value)}`);
}

/** Names of functions in the value that this platform does not know. */
export function unknownFunctions(value: Json): string[] {
  const unknown = new Set<string>();
  walk(value, (call) => {
    if (functions[call.name] === undefined) unknown.add(call.name);
  });
  return [...unknown];
}

/** Logical ids (and parameters) that the value refers to, in any branch. */
export function references(value: Json): Set<string> {
  const found = new Set<string>();
  walk(value, ({ name, argument }) => {
    if (name === 'Ref' && typeof argument === 'string' && !argument.startsWith('AWS::')) found.add(argument);
    if (name === 'Fn::GetAtt') {
      const first = Array.isArray(argument) ? argument[0] : String(argument).split('.')[0];
      if (typeof first === 'string') found.add(first);
    }
    if (name === 'Fn::Sub') {
      const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
      for (const match of String(template).matchAll(/\$\{([^!}][^}]*)\}/g)) {
        const key = (match[1] as string).trim();
        const target = key.split('.')[0] as string;
        if (!key.startsWith('AWS::') && !(key in ((variables ?? {}) as JsonObject))) found.add(target);
      }
    }
  });
  return found;
}

function walk(value: Json, visit: (call: { name: string; argument: Json }) => void): void {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
    return;
  }
  const call = intrinsicCall(value);
  if (call !== undefined) visit(call);
  for (const item of Object.values(value)) walk(item, visit);
}
