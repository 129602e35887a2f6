/**
 * `npm run bench`: prints every budget with its goal and ends with an error when one that can be counted is missed. Ratios of time are printed, and
 * judged by people: other work on the machine moves them. `--quick` leaves time and growth out; `--large` grows lists to 100,000
 * and `--size <n>` to any number. A whole run writes bench/measured.json,
 * from which docs/operations.md is generated.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { areas } from '../functions/registry.ts';
import { bundle } from '../infra/bundle.ts';
import { declarationsOf } from '../infra/declarations.ts';
import { floors, goals } from './floors.ts';
import { geometricMean, ratioOf } from './measure.ts';
import { measureOperations } from './measure-operations.ts';

const MEASURED = 'bench/measured.json';
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    size: { type: 'string' },
  },
});
const missed: string[] = [];
const verdict = (held: boolean, what: string) => {
  if (!held) missed.push(what);
  return held ? '✓' : '✗';
};
const cell = (value: string | number, width: number) => String(value).padStart(width);

console.log(
  '\nDynamoDB per operation, warm: requests, read units, write units; the same of the floor; how far above it\n',
);
const { operations, milliseconds, without, afterOrder } = await measureOperations();
const ratios: number[] = [];
for (const [id, units] of operations) {
  const ratio = ratioOf(id, units);
  if (ratio !== undefined) ratios.push(ratio);
  const floor = floors[id];
  const own = [units.requests, units.readUnits, units.writeUnits].map((value) => cell(value, 5)).join('');
  const least = [floor?.requests ?? 0, floor?.readUnits ?? 0, floor?.writeUnits ?? 0].map((v) => cell(v, 5)).join('');
  console.log(`  ${id.padEnd(28)}${own}  │${least}  ${ratio === undefined ? '    –' : cell(ratio.toFixed(2), 5)}`);
}
if (without.length > 0) console.log(`  without a call in bench/scenes.ts: ${without.join(', ')}`);
const mean = geometricMean(ratios);
const order = operations.get('orders.place-order');
const scans = [...operations.values()].reduce((sum, { kinds }) => sum + (kinds.Scan ?? 0), 0);
console.log(`
  ${verdict(mean <= goals.mean, 'units')} geometric mean of ${ratios.length} operations that need data: ${mean.toFixed(3)} × floor (goal ${goals.mean})
  ${verdict((order?.writeUnits ?? 99) <= goals.orderWriteUnits, 'order')} an order of three lines: ${order?.writeUnits} write units in its request (goal ${goals.orderWriteUnits})
  ${verdict(scans === 0, 'scans')} Scans: ${scans}

What follows an order of three lines, in reactions (not part of the request):
`);
for (const [id, { requests, readUnits, writeUnits }] of afterOrder)
  console.log(
    `  ${id.padEnd(40)} ${cell(requests, 4)} requests ${cell(readUnits, 5)} read ${cell(writeUnits, 5)} write`,
  );

console.log('\nBundles');
const sizes = await bundle(declarationsOf(areas).map(({ id }) => id));
const median = sizes[Math.floor((sizes.length - 1) / 2)]?.bytes ?? 0;
const largest = sizes.at(-1);
const kB = (bytes: number) => `${(bytes / 1_000).toFixed(0)} kB`;
for (const { id, bytes } of sizes) console.log(`  ${cell(kB(bytes), 8)}  ${id}`);
console.log(
  `  ${verdict(median <= goals.medianBundleBytes, 'bundles')} median ${kB(median)} (goal ${kB(goals.medianBundleBytes)}), largest ${kB(largest?.bytes ?? 0)} (${largest?.id})`,
);

/** Each part in a process of its own: one process has one table. */
const part = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, [script, ...args], { stdio: 'inherit' }).status === 0;

if (!values.quick) {
  const begun = performance.now();
  const synthesized = spawnSync('cdk', ['synth', '--quiet', '--output', 'dist/bench/cdk.out'], { encoding: 'utf8' });
  const seconds = (performance.now() - begun) / 1_000;
  console.log(
    `\n  ${verdict(synthesized.status === 0 && seconds <= goals.buildSeconds, 'synth')} bundle, synth and nag of everything: ${seconds.toFixed(1)} s (goal ${goals.buildSeconds})`,
  );
  console.log('\nTime, in fresh processes, turn by turn; medians (orders.get-order: signed in, two reads)');
  part('bench/time.ts');
  console.log('\nLists at different sizes, pages of ten, first and second page of each query');
  const growth = values.size ? ['1000', values.size] : values.large ? ['1000', '20000', '100000'] : ['1000', '20000'];
  console.log(
    `  ${verdict(part('bench/grow-lists.ts', ...growth), 'lists')} the same requests and units at every size`,
  );
}
if (!values.quick) {
  writeFileSync(
    MEASURED,
    `${JSON.stringify(
      Object.fromEntries(
        [...operations].map(([id, { requests, readUnits, writeUnits }]) => [
          id,
          { requests, readUnits, writeUnits, milliseconds: milliseconds.get(id) ?? 0 },
        ]),
      ),
      null,
      2,
    )}\n`,
  );
  console.log(`  ${MEASURED} is written: "npm run generate" brings docs/operations.md up to it`);
}
console.log(missed.length > 0 ? `\nMissed: ${missed.join(', ')}\n` : '\nEvery budget that is counted holds.\n');
process.exitCode = missed.length > 0 ? 1 : 0;
