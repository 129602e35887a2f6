/** The budgets of requests and units: `npm run bench` prints them with the rest. Those of bundles are kept by tests/bundles.test.ts. */
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
