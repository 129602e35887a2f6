/**
 * A fresh process that runs one bundled function as Lambda would: `node run-handler.mjs <bundle> <calls>`, the event in BENCH_EVENT. Writes to
 * file descriptor 3 what it took. No imports but Node's own, so that nothing else is measured.
 */
import { writeSync } from 'node:fs';
import { createRequire } from 'node:module';

const [, , bundle, calls] = process.argv;
const event = JSON.parse(process.env.BENCH_EVENT);
const context = { getRemainingTimeInMillis: () => 10_000, awsRequestId: 'bench' };
const beforeLoad = performance.now();
const { handler } = createRequire(import.meta.url)(bundle);
const first = await handler(event, context);
const replied = performance.now();
if (first.statusCode !== 200) throw new Error(JSON.stringify(first));

const WARM_UP = 500;
let perCall = 0;
let wall = 0;
if (Number(calls) > 0) {
  for (let call = 0; call < WARM_UP; call++) await handler(event, context);
  const before = process.cpuUsage();
  const begun = performance.now();
  for (let call = 0; call < Number(calls); call++) await handler(event, context);
  wall = (performance.now() - begun) / Number(calls);
  const { user, system } = process.cpuUsage(before);
  perCall = (user + system) / Number(calls);
}
writeSync(
  3,
  JSON.stringify({ process: replied, load: replied - beforeLoad, cpuMicroseconds: perCall, wallMilliseconds: wall }),
);
process.exit(0);
