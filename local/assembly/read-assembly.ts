/** Reads what `cdk synth` wrote: stacks in the order in which they must be deployed, their templates and their assets. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { JsonObject } from '../types.ts';

export interface TemplateResource {
  Type: string;
  Properties?: JsonObject;
  DependsOn?: string | string[];
  Condition?: string;
  Metadata?: JsonObject;
}
export interface Template {
  Parameters?: Record<string, { Type: string; Default?: string | number | string[]; Description?: string }>;
  Mappings?: Record<string, Record<string, JsonObject>>;
  Conditions?: JsonObject;
  Resources?: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown }; Condition?: string }>;
}
export interface Stack {
  name: string;
  /** Folder that holds the template and the assets (a CDK Stage has its own). */
  folder: string;
  template: Template;
}
export interface Assembly {
  folder: string;
  stacks: Stack[];
  /** Object key of each file asset (in any bucket) to the absolute path of its source. */
  assets: ReadonlyMap<string, string>;
}

interface Artifact {
  type: string;
  dependencies?: string[];
  properties?: {
    templateFile?: string;
    stackName?: string;
    directoryName?: string;
    file?: string;
    parameters?: Record<string, string>;
  };
}
interface AssetManifest {
  files?: Record<string, { source: { path?: string }; destinations: Record<string, { objectKey: string }> }>;
}

/** Reads `cdk.out`. Throws when the folder holds no assembly or a template is missing. */
export function readAssembly(folder: string): Assembly {
  const root = resolve(folder);
  if (!existsSync(join(root, 'manifest.json'))) {
    throw new Error(`There is no cloud assembly in ${root}: run "cdk synth" first.`);
  }
  const assets = new Map<string, string>();
  const stacks: Stack[] = [];
  readFolder(root, stacks, assets);
  return { folder: root, stacks, assets };
}

function readFolder(folder: string, stacks: Stack[], assets: Map<string, string>): void {
  const manifest = readJson<{ artifacts?: Record<string, Artifact> }>(join(folder, 'manifest.json'));
  const artifacts = manifest.artifacts ?? {};
  for (const id of deploymentOrder(artifacts)) {
    const { type, properties = {} } = artifacts[id] as Artifact;
    if (type === 'cdk:asset-manifest' && properties.file !== undefined) {
      readAssets(folder, properties.file, assets);
    } else if (type === 'cdk:cloud-assembly' && properties.directoryName !== undefined) {
      readFolder(join(folder, properties.directoryName), stacks, assets);
    } else if (type === 'aws:cloudformation:stack' && properties.templateFile !== undefined) {
      const template = readJson<Template>(join(folder, properties.templateFile));
      for (const [name, value] of Object.entries(properties.parameters ?? {})) {
        const parameter = template.Parameters?.[name];
        if (parameter !== undefined) parameter.Default = value;
      }
      stacks.push({ name: properties.stackName ?? id, folder, template });
    }
  }
}

function readAssets(folder: string, file: string, assets: Map<string, string>): void {
  const manifest = readJson<AssetManifest>(join(folder, file));
  for (const { source, destinations } of Object.values(manifest.files ?? {})) {
    if (source.path === undefined) continue;
    for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, resolve(folder, source.path));
  }
}

/** Artifacts so that each comes after those it depends on; otherwise in the manifest's own order. */
function deploymentOrder(artifacts: Record<string, Artifact>): string[] {
  const ordered: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string, path: string[]): void => {
    if (state.get(id) === 'done' || artifacts[id] === undefined) return;
    if (state.get(id) === 'open') throw new Error(`Stacks depend on each other: ${[...path, id].join(' → ')}`);
    state.set(id, 'open');
    for (const dependency of artifacts[id].dependencies ?? []) visit(dependency, [...path, id]);
    state.set(id, 'done');
    ordered.push(id);
  };
  for (const id of Object.keys(artifacts)) visit(id, []);
  return ordered;
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
