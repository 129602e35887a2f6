/**
 * Brings every resource of an assembly to life, stack by stack (as CloudFormation does: exports exist before they are
 * imported), inside a stack by references and DependsOn. All that is unknown is told at once, before anything starts.
 */
import { resolve } from 'node:path';
import type { CreatedResource, Json, JsonObject, ResourceDeclaration, ResourceProvider } from '../types.ts';
import { evaluate, references, type Scope, unknownFunctions } from './intrinsics.ts';
import type { Assembly, Stack, Template, TemplateResource } from './read-assembly.ts';

export interface ProvisionOptions {
  region: string;
  accountId: string;
  /** The provider of a resource type; undefined when nobody knows it. */
  provider(type: string): ResourceProvider | undefined;
  /** Value of an SSM parameter, for `AWS::SSM::Parameter::Value<...>` and `{{resolve:ssm:...}}`. */
  readParameter(name: string): string | undefined;
}
/** Stack name → output key → value. */
export type Outputs = Record<string, Record<string, string>>;

/** Every unknown resource type and function of the assembly, one line each; empty when all is known. */
export function unknownParts(assembly: Assembly, provider: ProvisionOptions['provider']): string[] {
  const unknown: string[] = [];
  for (const { name, template } of assembly.stacks) {
    for (const [logicalId, resource] of Object.entries(template.Resources ?? {})) {
      if (provider(resource.Type) === undefined) {
        unknown.push(`${name}/${logicalId}: the resource type ${resource.Type} is not known`);
      }
    }
    for (const section of ['Resources', 'Conditions', 'Outputs'] as const) {
      for (const [id, part] of Object.entries(template[section] ?? {})) {
        for (const fn of unknownFunctions(part as unknown as Json)) {
          unknown.push(`${name}/${id}: the function ${fn} is not known`);
        }
      }
    }
  }
  return unknown;
}

/** Creates all resources. Throws one Error that names every unknown part, or the first resource that fails. */
export async function provision(assembly: Assembly, options: ProvisionOptions): Promise<Outputs> {
  const unknown = unknownParts(assembly, options.provider);
  if (unknown.length > 0) {
    throw new Error(`This platform cannot run the assembly:\n${unknown.map((line) => `  - ${line}`).join('\n')}`);
  }
  const outputs: Outputs = {};
  const exports = new Map<string, Json>();
  for (const stack of assembly.stacks) await provisionStack(stack, assembly, options, outputs, exports);
  return outputs;
}

async function provisionStack(
  stack: Stack,
  assembly: Assembly,
  options: ProvisionOptions,
  outputs: Outputs,
  exports: Map<string, Json>,
): Promise<void> {
  const { template } = stack;
  const created = new Map<string, CreatedResource>();
  const scope = stackScope(stack, options, created, outputs, exports);
  const resources = template.Resources ?? {};
  for (const logicalId of creationOrder(stack.name, resources)) {
    const resource = resources[logicalId] as TemplateResource;
    if (resource.Condition !== undefined && !scope.condition(resource.Condition)) continue;
    try {
      const properties = evaluate(resource.Properties ?? {}, scope) as JsonObject;
      const declaration: ResourceDeclaration = { stack: stack.name, logicalId, type: resource.Type, properties };
      const assetPath = assetOf(resource, properties, assembly, stack);
      if (assetPath !== undefined) declaration.assetPath = assetPath;
      const provider = options.provider(resource.Type) as ResourceProvider;
      created.set(logicalId, await provider(declaration));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${stack.name}/${logicalId} (${resource.Type}): ${reason}`, { cause: error });
    }
  }
  const stackOutputs: Record<string, string> = {};
  outputs[stack.name] = stackOutputs;
  for (const [key, output] of Object.entries(template.Outputs ?? {})) {
    if (output.Condition !== undefined && !scope.condition(output.Condition)) continue;
    const value = evaluate(output.Value as Json, scope);
    stackOutputs[key] = typeof value === 'string' ? value : JSON.stringify(value);
    if (output.Export !== undefined) exports.set(String(evaluate(output.Export.Name as Json, scope)), value);
  }
}

function stackScope(
  stack: Stack,
  options: ProvisionOptions,
  created: ReadonlyMap<string, CreatedResource>,
  outputs: Outputs,
  exports: ReadonlyMap<string, Json>,
): Scope {
  const { template } = stack;
  const conditions = new Map<string, boolean>();
  const scope: Scope = {
    stackName: stack.name,
    region: options.region,
    accountId: options.accountId,
    ref(name) {
      const resource = created.get(name);
      if (resource !== undefined) return resource.ref;
      if (template.Parameters?.[name] !== undefined) return parameterValue(name, template, options);
      throw new Error(`Ref: there is no ${name}`);
    },
    attribute(name, attribute) {
      const resource = created.get(name);
      if (resource === undefined) throw new Error(`Fn::GetAtt: there is no ${name}`);
      const value = resource.attributes?.[attribute] ?? nested(resource.attributes, attribute);
      if (value === undefined) {
        const type = template.Resources?.[name]?.Type;
        throw new Error(`Fn::GetAtt: ${name} (${type}) has no attribute ${attribute} here`);
      }
      return value;
    },
    importValue(name) {
      const value = exports.get(name);
      if (value === undefined) throw new Error(`Fn::ImportValue: no stack before this one exports ${name}`);
      return value;
    },
    stackOutput(stackName, key) {
      const value = outputs[stackName]?.[key];
      if (value === undefined) throw new Error(`Fn::GetStackOutput: the stack ${stackName} has no output ${key}`);
      return value;
    },
    mapping: (map, first, second) => template.Mappings?.[map]?.[first]?.[second],
    condition(name) {
      const known = conditions.get(name);
      if (known !== undefined) return known;
      const expression = template.Conditions?.[name];
      if (expression === undefined) throw new Error(`There is no condition ${name}`);
      const value = evaluate(expression, scope) === true;
      conditions.set(name, value);
      return value;
    },
    dynamicReference(reference) {
      const [kind, ...rest] = reference.split(':');
      const name = kind === 'ssm' ? (/^(.*?)(?::\d+)?$/.exec(rest.join(':'))?.[1] as string) : undefined;
      if (name === undefined) throw new Error(`The dynamic reference {{resolve:${reference}}} is not known`);
      return requiredParameter(name, options);
    },
  };
  return scope;
}

/** `Fn::GetAtt [Secret, "Endpoint.Address"]` on attributes given as nested objects. */
function nested(attributes: Record<string, Json> | undefined, path: string): Json | undefined {
  let value: Json | undefined = attributes;
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    value = value[key];
  }
  return value;
}

function parameterValue(name: string, template: Template, options: ProvisionOptions): Json {
  const parameter = template.Parameters?.[name];
  if (parameter?.Default === undefined) throw new Error(`The parameter ${name} has no value`);
  const value = parameter.Default;
  const { Type: type } = parameter;
  if (type.startsWith('AWS::SSM::Parameter::Value<')) {
    // The version of CDK's bootstrap stack: there is none here, and every version is served.
    if (String(value).startsWith('/cdk-bootstrap/')) return '30';
    const stored = requiredParameter(String(value), options);
    return type.includes('List<') ? stored.split(',') : stored;
  }
  const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
  return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
}

function requiredParameter(name: string, options: ProvisionOptions): string {
  const value = options.readParameter(name);
  if (value === undefined) throw new Error(`There is no SSM parameter ${name}`);
  return value;
}

/** Logical ids so that each comes after all it refers to. Throws on a circle, naming it. */
export function creationOrder(stackName: string, resources: Record<string, TemplateResource>): string[] {
  const ordered: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string, path: string[]): void => {
    const resource = resources[id];
    if (resource === undefined || state.get(id) === 'done') return;
    if (state.get(id) === 'open') throw new Error(`${stackName}: circular reference ${[...path, id].join(' → ')}`);
    state.set(id, 'open');
    const before = references((resource.Properties ?? {}) as Json);
    for (const dependency of [resource.DependsOn ?? []].flat()) before.add(dependency);
    for (const dependency of before) visit(dependency, [...path, id]);
    state.set(id, 'done');
    ordered.push(id);
  };
  for (const id of Object.keys(resources)) visit(id, []);
  return ordered;
}

/** The asset that a function's `Code` names by its key, or the template's metadata by its path. */
function assetOf(
  resource: TemplateResource,
  properties: JsonObject,
  assembly: Assembly,
  stack: Stack,
): string | undefined {
  const code = properties.Code as JsonObject | undefined;
  const key = code?.S3Key ?? (properties.Content as JsonObject | undefined)?.S3Key;
  if (typeof key === 'string') {
    const path = assembly.assets.get(key);
    if (path !== undefined) return path;
  }
  const fromMetadata = resource.Metadata?.['aws:asset:path'];
  return typeof fromMetadata === 'string' ? resolve(stack.folder, fromMetadata) : undefined;
}
