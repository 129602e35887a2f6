/** Prints what time costs beside a bare function: see timing.ts. A process of its own, because a table of its own. */
import { goals } from './floors.ts';
import { startPlatform } from './platform.ts';
import { type Run, type Runs, time } from './timing.ts';

const platform = await startPlatform();
try {
  const { start, warm } = await time(platform, { starts: 25, warms: 5 });
  const against = (of: (run: Run) => number, { ours, bare, sameReads }: Runs) =>
    `${(of(ours) / of(bare)).toFixed(2)} × one bare read, ${(of(ours) / of(sameReads)).toFixed(2)} × the same two bare reads`;
  const whole = (run: Run) => run.process;
  const load = (run: Run) => run.load;
  const cpu = (run: Run) => run.cpuMicroseconds;
  console.log(
    `  start and first reply     ${whole(start.ours).toFixed(0)} ms: ${against(whole, start)} (goal ${goals.startRatio})`,
  );
  console.log(`  the same without Node's   ${load(start.ours).toFixed(0)} ms: ${against(load, start)}`);
  console.log(
    `  processor, warm request   ${cpu(warm.ours).toFixed(0)} µs: ${against(cpu, warm)} (goal ${goals.warmRatio})`,
  );
} finally {
  await platform.stop();
}
