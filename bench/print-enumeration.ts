/** `node bench/print-enumeration.ts [requests]`: prints whether the time of a reply tells that an account exists. Goal: an area of 0.45 to 0.55. */
import { areaUnderCurve, measureEnumeration } from './enumeration.ts';

const FURTHEST = 0.05;
const count = Number(process.argv[2] ?? 500);
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
for (const { route, known, unknown } of await measureEnumeration(count)) {
  const area = areaUnderCurve(known, unknown);
  const isEven = Math.abs(area - 0.5) <= FURTHEST;
  if (!isEven) process.exitCode = 1;
  console.log(
    `  ${isEven ? '✓' : '✗'} ${route.padEnd(16)} ${known.length} known, ${unknown.length} unknown: area ${area.toFixed(3)}, medians ${median(known).toFixed(1)} and ${median(unknown).toFixed(1)} ms`,
  );
}
