/** The budget of bundles, of those that the platform of all tests runs. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { goals } from '../bench/floors.ts';
import { bundleFolder } from '../infra/bundle.ts';
import { declarations } from './support/operations.ts';

test('half of all bundles stay within the goal, and each holds only what its operation uses', () => {
  const sizes = declarations
    .map(({ id }) => ({ id, bytes: statSync(join(bundleFolder, id, 'index.js')).size }))
    .sort((a, b) => a.bytes - b.bytes);
  expect(sizes[Math.floor(sizes.length / 2)]?.bytes).toBeLessThanOrEqual(goals.medianBundleBytes);
  // The OpenAPI document itself is in one of them, and grows with the operations.
  // The codecs of pictures are in another, which nobody waits for.
  const large = ['system.openapi', 'users.on-avatar-uploaded.process'];
  const code = sizes.filter(({ id }) => !large.includes(id));
  expect(code.filter(({ bytes }) => bytes > 1.4 * goals.medianBundleBytes)).toEqual([]);
});
