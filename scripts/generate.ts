/**
 * Writes everything that is derived from the declarations and committed. `--check` writes nothing and fails when a file is not what
 * the declarations give now.
 */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { events } from '../events/registry.ts';
import { declarationsOf } from '../infra/declarations.ts';
import { operationsOf } from '../infra/routes.ts';
import { commonPasswordsFile } from './generate/common-passwords.ts';
import { eventFiles } from './generate/events.ts';
import { mailFiles } from './generate/mails.ts';
import { openApiDocument } from './generate/openapi.ts';
import {
  type Measured,
  operationsReference,
  permissionsReference,
  routesOf,
  tablesReference,
} from './generate/references.ts';
import { iamText, templatesOf, templateText } from './generate/snapshots.ts';

const SNAPSHOTS = 'infra/snapshots';
const MEASURED = 'bench/measured.json';

/** Schemas that a contract module exports as `<name>Schema`: described once, under that name. */
async function resourceNames(): Promise<Map<z.ZodType, string>> {
  const names = new Map<z.ZodType, string>();
  for (const file of globSync('shared/contracts/*/*.ts').sort()) {
    if (file.endsWith('.test.ts')) continue;
    const module = (await import(`../${file}`)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) {
      if (!name.endsWith('Schema') || !(value instanceof z.ZodType) || names.has(value)) continue;
      const title = name.charAt(0).toUpperCase() + name.slice(1, -'Schema'.length);
      if ([...names.values()].includes(title)) throw new Error(`Two schemas are called ${title} (again in ${file}).`);
      names.set(value, title);
    }
  }
  return names;
}

/** What functions import themselves: it must be there before the declarations can be read. */
async function imported(): Promise<Map<string, string>> {
  return new Map([...(await mailFiles()), commonPasswordsFile()]);
}

async function derived(): Promise<Map<string, string>> {
  const { areas } = await import('../functions/registry.ts');
  const declarations = declarationsOf(areas);
  const operations = operationsOf(declarations);
  const source = { contracts: operations.map(({ contract }) => contract), resources: await resourceNames() };
  const measured = existsSync(MEASURED) ? (JSON.parse(readFileSync(MEASURED, 'utf8')) as Record<string, Measured>) : {};
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const files = new Map<string, string>([
    ['openapi.json', json(openApiDocument(source, '3.1.1'))],
    ['openapi.aws.json', json(openApiDocument(source, '3.0.3', 'prod'))],
    ['docs/generated/routes.json', json(routesOf(operations))],
    ['docs/tables.md', tablesReference(declarations)],
    ['docs/operations.md', operationsReference(operations, measured)],
    ['docs/permissions.md', permissionsReference(operations)],
    ...eventFiles(events),
  ]);
  const templates = templatesOf('prod', { declarations, events });
  files.set(join(SNAPSHOTS, 'iam.snap'), iamText(templates));
  for (const [stack, template] of templates) {
    files.set(join(SNAPSHOTS, `${stack}.template.json`), templateText(template));
  }
  return files;
}

function write(files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const isCheck = process.argv.includes('--check');
const files = await imported();
if (!isCheck) write(files);
for (const [file, text] of await derived()) files.set(file, text);
const committed = [`${SNAPSHOTS}/*`, 'events/{schemas,examples}/*/*.json', 'functions/*/mails/*.generated.ts'];
const left = globSync(committed).filter((file) => !files.has(file));
if (isCheck) {
  const stale = [...files].filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text);
  const names = [...stale.map(([file]) => file), ...left];
  if (names.length > 0) {
    console.error(`Not fresh: ${names.join(', ')}. Run "npm run generate" and commit what it writes.`);
    process.exit(1);
  }
  console.log(`${files.size} generated files are fresh.`);
} else {
  for (const file of left) rmSync(file);
  write(files);
  console.log(`${files.size} files written.`);
}
