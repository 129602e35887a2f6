/**
 * `npm run new orders.archive-order` writes contract, handler, test and registry line of a new operation. Method and path follow from
 * the name and can be given: `-- --method POST --path /orders/{id}/archive --permission orders:fulfil`. What it writes compiles;
 * what the operation means is left to you.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { Method } from '../shared/contracts/contract.ts';
import { idPrefixes } from '../shared/ids.ts';
import { type Permission, permissions } from '../shared/permissions.ts';

export interface NewOperation {
  readonly id: string;
  readonly method?: string;
  readonly path?: string;
  readonly permission?: string;
}
/** Path of each new or changed file → its text. */
export type Files = ReadonlyMap<string, string>;

const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] satisfies Method[];
const byVerb: Readonly<Record<string, Method>> = {
  get: 'GET',
  list: 'GET',
  create: 'POST',
  update: 'PATCH',
  replace: 'PUT',
  delete: 'DELETE',
};

function camel(name: string): string {
  return name.replace(/[-.]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
function sentence(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function permissionFor(area: string, method: string): Permission {
  const wanted = `${area}:${method === 'GET' ? 'read' : 'write'}`;
  const found = permissions.find((permission) => permission === wanted);
  if (!found) throw new Error(`There is no permission ${wanted}. Name one: --permission ${permissions.join(' | ')}`);
  return found;
}

/**
 * The files of a new operation. `read` gives the text of a file that exists. Throws when the name, method, path or
 * permission is not possible, or when the operation exists.
 */
export function filesOf(operation: NewOperation, read: (path: string) => string | undefined): Files {
  const [area = '', name = '', ...more] = operation.id.split('.');
  if (more.length > 0 || ![area, name].every((part) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(part))) {
    throw new Error(`"${operation.id}" is no <area>.<operation> in kebab-case, such as orders.archive-order.`);
  }
  const verb = name.split('-')[0] as string;
  const method = operation.method?.toUpperCase() ?? byVerb[verb] ?? 'POST';
  if (!methods.includes(method)) throw new Error(`${method} is no method: use ${methods.join(', ')}.`);
  const collection = verb === 'list' || verb === 'create';
  const suffix = byVerb[verb] ? '' : `/${verb}`;
  const path = operation.path ?? (collection ? `/${area}` : `/${area}/{id}${suffix}`);
  if (!/^(\/([a-z0-9.-]+|\{\w+\}))+$/.test(path)) throw new Error(`${path} is no path such as /${area}/{id}.`);
  const permission = operation.permission ?? permissionFor(area, method);
  if (!permissions.some((known) => known === permission)) throw new Error(`There is no permission ${permission}.`);

  const contractFile = `shared/contracts/${area}/${name}.ts`;
  const handlerFile = `functions/${area}/${name}.ts`;
  for (const file of [contractFile, handlerFile])
    if (read(file) !== undefined) throw new Error(`${file} is there already.`);

  const params = [...path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param as string);
  const shape = { area, name, method, path, permission, params };
  const files = new Map([
    [contractFile, contractText(shape)],
    [handlerFile, handlerText(shape)],
    [`functions/${area}/${name}.test.ts`, testText(shape)],
  ]);
  const registry = `functions/${area}/registry.ts`;
  const lines = (read(registry) ?? '').split('\n').filter(Boolean);
  files.set(registry, withLine(lines, `export { handler as ${camel(name)} } from './${name}.ts';`));
  if (lines.length === 0) files.set('functions/registry.ts', withArea(read('functions/registry.ts') ?? '', area));
  return files;
}

function withLine(lines: readonly string[], line: string): string {
  const from = (text: string) => /'(.+)'/.exec(text)?.[1] ?? '';
  return `${[...lines, line].sort((a, b) => (from(a) < from(b) ? -1 : 1)).join('\n')}\n`;
}

function withArea(registry: string, area: string): string {
  const name = camel(area);
  const imports = registry.split('\n').filter((line) => line.startsWith('import '));
  const head = registry.slice(0, registry.indexOf('import '));
  const names = [...registry.matchAll(/import \* as (\w+)/g)].map(([, known]) => known as string);
  const line = `import * as ${name} from './${area}/registry.ts';`;
  const areas = [...names, name].sort().join(', ');
  return `${head}${withLine(imports, line)}\nexport const areas = { ${areas} } as const;\n`;
}

interface Shape {
  readonly area: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly permission: string;
  readonly params: readonly string[];
}

/** Kind of the area's ids: `orders` → `order`; undefined when the area has none. */
function idKind(area: string): string | undefined {
  return Object.keys(idPrefixes).find((kind) => `${kind.toLowerCase()}s` === area.replaceAll('-', ''));
}

function contractText({ area, name, method, path, permission, params }: Shape): string {
  const kind = idKind(area);
  const schema = kind ? `idSchema('${kind}')` : 'z.string().min(1).max(100)';
  const example = kind ? `${idPrefixes[kind as keyof typeof idPrefixes]}_01JD3Z5QW8X7V6T5S4R3Q2P1N0` : 'example';
  const entries = (value: (param: string) => string) => params.map((param) => `${param}: ${value(param)}`).join(', ');
  const hasBody = method !== 'GET' && method !== 'DELETE';
  return [
    "import * as z from 'zod';",
    ...(params.length > 0 && kind ? ["import { idSchema } from '../../ids.ts';"] : []),
    "import { contract } from '../contract.ts';",
    '',
    `export const ${camel(name)} = contract({`,
    `  id: '${area}.${name}',`,
    `  method: '${method}',`,
    `  path: '${path}',`,
    `  summary: '${sentence(name)}',`,
    `  permission: '${permission}',`,
    ...(params.length > 0 ? [`  params: z.strictObject({ ${entries(() => schema)} }),`] : []),
    ...(hasBody ? ['  body: z.strictObject({ note: z.string().trim().min(1).max(500).optional() }),'] : []),
    '  success: 200,',
    `  output: z.object({ ${[...params.map((p) => `${p}: z.string()`), 'at: z.iso.datetime()'].join(', ')} }),`,
    `  errors: [${params.length > 0 ? "'ENTITY_NOT_FOUND'" : ''}],`,
    '  example: {',
    ...(params.length > 0 ? [`    params: { ${entries(() => `'${example}'`)} },`] : []),
    ...(hasBody ? ["    body: { note: 'Asked for by phone' },"] : []),
    `    output: { ${[...params.map((p) => `${p}: '${example}'`), "at: '2026-11-21T09:30:00.000Z'"].join(', ')} },`,
    '  },',
    '});',
    '',
  ].join('\n');
}

function handlerText({ area, name, params }: Shape): string {
  const contract = camel(name);
  const args = params.length > 0 ? '{ params, now }' : '{ now }';
  const data = params.length > 0 ? '{ ...params, at: now.toISOString() }' : '{ at: now.toISOString() }';
  return [
    `import { ${contract} } from '../../shared/contracts/${area}/${name}.ts';`,
    "import { http } from '../platform/http.ts';",
    '',
    `export const handler = http(${contract}, {`,
    '  access: {},',
    `  errorImpact: 'Nobody can ${name.replaceAll('-', ' ')}.',`,
    `  run: async (${args}) => (${data}),`,
    '});',
    '',
  ].join('\n');
}

function testText({ area, name, permission, method, params }: Shape): string {
  const contract = camel(name);
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const more = [
    ...(params.length > 0 ? [`params: ${contract}.example.params`] : []),
    ...(hasBody ? [`body: ${contract}.example.body`] : []),
  ];
  const call =
    more.length > 0
      ? `{\n${['as: person', ...more].map((line) => `      ${line},\n`).join('')}    }`
      : '{ as: person }';
  return [
    ...(params.length > 0 || hasBody
      ? [`import { ${contract} } from '../../shared/contracts/${area}/${name}.ts';`]
      : []),
    "import { roles, scopeOf } from '../../shared/permissions.ts';",
    "import { type Operations, startOperations } from '../platform/testing/operations.ts';",
    `import { handler } from './${name}.ts';`,
    '',
    'let platform: Operations;',
    'beforeAll(async () => {',
    '  platform = await startOperations();',
    '});',
    'afterAll(() => platform.stop());',
    '',
    `it('answers every role that holds ${permission}', async () => {`,
    `  for (const role of roles.filter((name) => scopeOf(name, '${permission}'))) {`,
    '    const person = await platform.person(role);',
    `    const reply = await platform.call(handler, ${call});`,
    '    expect(reply.status).toBe(200);',
    '  }',
    '});',
    '',
  ].join('\n');
}

if (process.argv[1]?.endsWith('new-operation.ts')) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { method: { type: 'string' }, path: { type: 'string' }, permission: { type: 'string' } },
  });
  try {
    const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
    for (const [path, text] of filesOf({ id: positionals[0] ?? '', ...values }, read)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      console.log(path);
    }
    console.log('Now: say what it touches (access), what breaks without it (errorImpact), and run "npm run generate".');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
