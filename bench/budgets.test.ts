/** The budgets that do not depend on the machine: `npm run bench` prints them with the rest. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areas } from '../functions/registry.ts';
import { bundle } from '../infra/bundle.ts';
import { declarationsOf } from '../infra/declarations.ts';
import { goals } from './floors.ts';
import { geometricMean, ratioOf } from './measure.ts';
import { type Measurement, measureOperations } from './measure-operations.ts';

jest.setTimeout(120_000);

describe('operations', () => {
  let measured: Measurement;
  beforeAll(async () => {
    measured = await measureOperations();
  });

  test('over all operations, requests and units stay within the goal above their floors', () => {
    const ratios = [...measured.operations]
      .map(([id, units]) => ratioOf(id, units))
      .filter((ratio) => ratio !== undefined);
    expect(geometricMean(ratios)).toBeLessThanOrEqual(goals.mean);
  });

  test('no operation is more than a third above its floor', () => {
    const far = [...measured.operations].filter(([id, units]) => (ratioOf(id, units) ?? 1) > 1.34);
    expect(far.map(([id]) => id)).toEqual([]);
  });

  test('no request of any operation or reaction is a Scan', () => {
    for (const { kinds } of measured.operations.values()) expect(Object.keys(kinds)).not.toContain('Scan');
  });

  test('an order of three lines takes at most ten write units with its event and its idempotency', () => {
    expect(measured.operations.get('orders.place-order')?.writeUnits).toBeLessThanOrEqual(goals.orderWriteUnits);
  });
});

test('half of all bundles stay within the goal, and each holds only what its operation uses', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bundles-'));
  try {
    const sizes = await bundle(
      declarationsOf(areas).map(({ id }) => id),
      folder,
    );
    expect(sizes[Math.floor(sizes.length / 2)]?.bytes).toBeLessThanOrEqual(goals.medianBundleBytes);
    // The OpenAPI document itself is in one of them, and grows with the operations.
    // The codecs of pictures are in another, which nobody waits for.
    const large = ['system.openapi', 'users.on-avatar-uploaded.process'];
    const code = sizes.filter(({ id }) => !large.includes(id));
    expect(code.filter(({ bytes }) => bytes > 1.4 * goals.medianBundleBytes)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
