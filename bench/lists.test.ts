import { listRows, load, type Sizes } from './catalogue.ts';
import { isFiltered, listCosts } from './lists.ts';
import type { OperationUnits } from './measure.ts';
import { startPlatform } from './platform.ts';

// Thousands of rows: a guard against what hangs, not a measure of speed.
jest.setTimeout(240_000);

test('every documented filter, sort and search of lists costs the same however much there is', async () => {
  // Filtered pages are looked for in pieces of a hundred entries: of orders there are enough for that here, of the
  // others only `npm run bench` loads as many.
  const few: Sizes = { products: 120, orders: 300, users: 200 };
  const more: Sizes = { products: 300, orders: 700, users: 400 };
  const platform = await startPlatform();
  try {
    const manager = await platform.person('manager');
    const costs = async () => {
      const all = await listCosts(platform, manager, '3', (name, query) => name === 'orders' || !isFiltered(query));
      return Object.fromEntries(all) as Record<string, OperationUnits>;
    };
    await load(platform.table.endpoint, listRows(few));
    const before = await costs();
    await load(platform.table.endpoint, listRows(more, few));
    expect(await costs()).toEqual(before);
    expect(Object.keys(before).length).toBeGreaterThan(80);
  } finally {
    await platform.stop();
  }
});
