/**
 * `node bench/grow-lists.ts 1000 20000`: whether every documented list query costs the same with so many products, orders and users each;
 * `node bench/grow-lists.ts 1000 100000 users` of users alone.
 * A process of its own, because a table of its own. Ends with an error when one differs.
 */
import { listRows, load, type Sizes } from './catalogue.ts';
import { listCosts, listQueries } from './lists.ts';
import { startPlatform } from './platform.ts';

const asked = process.argv.slice(2);
const sizes = asked.map(Number).filter((size) => size > 0);
const named = asked.filter((word) => !(Number(word) > 0));
const isAsked = (list: string) => named.length === 0 || named.includes(list);
const unknown = named.filter((name) => !listQueries.some((list) => list.name === name));
if (sizes.length < 2 || unknown.length > 0) {
  console.error(`Name at least two sizes, and of ${listQueries.map(({ name }) => name).join(', ')} those that grow.`);
  process.exit(1);
}
const of = (count: number): Sizes => {
  const grown = (list: string) => (isAsked(list) ? count : 0);
  return { products: grown('products'), orders: grown('orders'), users: grown('users') };
};
const LIMIT = '10';

const platform = await startPlatform();
const differing = new Set<string>();
try {
  const manager = await platform.person('manager');
  let before: { size: number; costs: Awaited<ReturnType<typeof listCosts>> } | undefined;
  for (const size of sizes) {
    const begun = performance.now();
    const rows = await load(platform.table.endpoint, listRows(of(size), of(before?.size ?? 0)));
    const costs = await listCosts(platform, manager, LIMIT, isAsked);
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
    console.log(
      `  ${size} ${named.join(', ') || 'each'}: ${rows} rows written, ${costs.size} queries asked (${seconds} s)`,
    );
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
