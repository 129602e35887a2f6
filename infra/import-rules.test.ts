import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A small house with one bad import for each rule, and one good import that must pass. */
const sources: Record<string, string> = {
  'shared/money.ts': "import * as z from 'zod';\nexport const money = z.string();\n",
  'shared/reaches-functions.ts': "import { run } from '../functions/orders/rules.ts';\nexport const x = run;\n",
  'shared/reaches-node.ts': "import { join } from 'node:path';\nexport const x = join;\n",
  'events/reaches-functions.ts': "import type { Run } from '../functions/orders/rules.ts';\nexport type X = Run;\n",
  'functions/orders/rules.ts': 'export type Run = string;\nexport const run = 1;\n',
  'functions/orders/order.table.ts': 'export const orders = 1;\n',
  'functions/orders/registry.ts': "export { run } from './rules.ts';\n",
  'functions/orders/uses-registry.ts': "import { run } from './registry.ts';\nexport const x = run;\n",
  'functions/orders/uses-infra.ts': "import { stage } from '../../infra/stage.ts';\nexport const x = stage;\n",
  'functions/orders/uses-cdk.ts': "import { App } from 'aws-cdk-lib';\nexport const x = App;\n",
  'functions/orders/uses-sdk.ts': "import { S3Client } from '@aws-sdk/client-s3';\nexport const x = S3Client;\n",
  'functions/products/uses-foreign-table.ts':
    "import { orders } from '../orders/order.table.ts';\nexport const x = orders;\n",
  'functions/platform/uses-area.ts': "import { run } from '../orders/rules.ts';\nexport const x = run;\n",
  'infra/stage.ts': 'export const stage = 1;\n',
  'infra/uses-sdk.ts': "import { S3Client } from '@aws-sdk/client-s3';\nexport const x = S3Client;\n",
  'local/uses-shared.ts': "import { money } from '../shared/money.ts';\nexport const x = money;\n",
  'web/uses-functions.tsx': "import { run } from '../functions/orders/rules.ts';\nexport const x = run;\n",
  'infra/nowhere.ts': "import { x } from './missing.ts';\nexport const y = x;\n",
  'infra/circle-a.ts': "import { b } from './circle-b.ts';\nexport const a = () => b;\n",
  'infra/circle-b.ts': "import { a } from './circle-a.ts';\nexport const b = () => a;\n",
};

const expected = [
  'cdk-in-infra functions/orders/uses-cdk.ts',
  'events-import-shared events/reaches-functions.ts',
  'functions-reach-no-registry functions/orders/uses-registry.ts',
  'functions-stand-on-declarations functions/orders/uses-infra.ts',
  'local-knows-nothing-of-ours local/uses-shared.ts',
  'no-circles infra/circle-a.ts',
  'no-unresolved infra/nowhere.ts',
  'platform-knows-callers-only functions/platform/uses-area.ts',
  'sdk-at-the-edge functions/orders/uses-sdk.ts',
  'sdk-at-the-edge infra/uses-sdk.ts',
  'shared-only-zod shared/reaches-node.ts',
  'shared-stands-alone shared/reaches-functions.ts',
  'tables-stay-in-their-area functions/products/uses-foreign-table.ts',
  'web-imports-shared web/uses-functions.tsx',
];

test('every import rule sees its bad import, also of types only, and no good one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mewayz-imports-'));
  try {
    for (const [name, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    const run = spawnSync(
      process.execPath,
      [
        resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        ...['--config', resolve('.dependency-cruiser.cjs'), '--output-type', 'json'],
        ...['shared', 'events', 'functions', 'infra', 'local', 'web'],
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    const { summary } = JSON.parse(run.stdout) as {
      summary: { violations: { rule: { name: string }; from: string }[] };
    };
    expect(summary.violations.map(({ rule, from }) => `${rule.name} ${from}`).sort()).toEqual(expected);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
