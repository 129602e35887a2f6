/** The budget of bundles, of those that the platform of all tests runs. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { goals } from '../bench/floors.ts';
import { functionName } from '../infra/names.ts';
import { readAssembly } from '../local/assembly/read-assembly.ts';
import { declarations } from './support/operations.ts';
import { ASSEMBLY } from './support/platform.ts';

test('half of all bundles stay within the goal, and each holds only what its operation uses', () => {
  const { assets, stacks } = readAssembly(ASSEMBLY);
  const codeOf = new Map(
    stacks
      .flatMap(({ template }) => Object.values(template.Resources ?? {}))
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => [Properties?.FunctionName, (Properties?.Code as { S3Key: string } | undefined)?.S3Key]),
  );
  const sizes = declarations
    .map(({ id }) => {
      const folder = assets.get(codeOf.get(functionName('dev', id)) ?? '');
      return { id, bytes: statSync(join(folder ?? `no code of ${id}`, 'index.js')).size };
    })
    .sort((a, b) => a.bytes - b.bytes);
  expect(sizes[Math.floor(sizes.length / 2)]?.bytes).toBeLessThanOrEqual(goals.medianBundleBytes);
  // The OpenAPI document itself is in one of them, and grows with the operations.
  // The codecs of pictures are in another, which nobody waits for.
  const large = ['system.openapi', 'users.on-avatar-uploaded.process'];
  const code = sizes.filter(({ id }) => !large.includes(id));
  expect(code.filter(({ bytes }) => bytes > 1.4 * goals.medianBundleBytes)).toEqual([]);
});
