/**
 * `node bench/grow-lists.ts 1000 20000`: whether every documented list query costs the same with so many products, orders and users each.
 * A process of its own, because a table of its own. Ends with an error when one differs.
 */
import { listRows, load, type Sizes } from './catalogue.ts';
import { listCosts } from './lists.ts';
import { startPlatform } from './platform.ts';

const sizes = process.argv.slice(2).map(Number);
const of = (count: number): Sizes => ({ products: count, orders: count, users: count });
const LIMIT = '10';

const platform = await startPlatform();
const differing = new Set<string>();
try {
  const manager = await platform.person('manager');
  let before: { size: number; costs: Awaited<ReturnType<typeof listCosts>> } | undefined;
  for (const size of sizes) {
    const begun = performance.now();
    const rows = await load(platform.table.endpoint, listRows(of(size), of(before?.size ?? 0)));
    const costs = await listCosts(platform, manager, LIMIT);
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
    console.log(`  ${size} each: ${rows} rows written, ${costs.size} queries asked (${seconds} s)`);
    for (const [query, cost] of costs) {
      const past = before?.costs.get(query);
      if (!past || JSON.stringify(past) === JSON.stringify(cost)) continue;
      differing.add(query);
      console.log(
        `  ${query}: ${past.requests} requests ${past.readUnits} units → ${cost.requests} requests ${cost.readUnits} units`,
      );
    }
    before = { size, costs };
  }
  const most = Math.max(...[...(before?.costs.values() ?? [])].map(({ readUnits }) => readUnits));
  console.log(
    `  ${differing.size} of ${before?.costs.size} differ; the dearest takes ${most} read units with the caller's own`,
  );
} finally {
  await platform.stop();
}
process.exitCode = differing.size > 0 ? 1 : 0;
