/**
 * Ratios that hold on any machine: a function beside a bare one with only the document client, in fresh processes, against the same
 * table, turn by turn. The function is `orders.get-order`: signed in, two reads.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { handler as getOrder } from '../functions/orders/get-order.ts';
import { orders } from '../functions/orders/order.table.ts';
import { handler as placeOrder } from '../functions/orders/place-order.ts';
import { onSale } from '../functions/orders/testing.ts';
import { apiEvent } from '../functions/platform/http/testing.ts';
import type { Operations } from '../functions/platform/testing/operations.ts';
import { users } from '../functions/users/user.table.ts';
import { bundle, bundleOptions } from '../infra/bundle.ts';

export interface Run {
  /** Milliseconds from the start of the process, and from before its code is loaded, to the first reply. */
  process: number;
  load: number;
  cpuMicroseconds: number;
  wallMilliseconds: number;
}
/** Medians: of ours, of a bare function with one read, and of one with the reads that ours does. */
export interface Runs {
  ours: Run;
  bare: Run;
  sameReads: Run;
}
export interface Timing {
  start: Runs;
  warm: Runs;
}

const folder = resolve('dist/bench');
const RUNNER = 'bench/run-handler.mjs';
const WARM_CALLS = 3_000;

export async function time(
  platform: Operations,
  { starts, warms }: { starts: number; warms: number },
): Promise<Timing> {
  await bundle([getOrder.declaration.id], join(folder, 'functions'));
  await build({ ...bundleOptions, entryPoints: ['bench/bare.ts'], outfile: join(folder, 'bare.js') });

  // CommonJS as in Lambda, where no package.json of ours stands above it.
  writeFileSync(join(folder, 'package.json'), '{}');

  const buyer = await platform.person('user');
  const product = await onSale(platform);
  const { json } = await platform.call(placeOrder, {
    as: buyer,
    body: { lines: [{ productId: product.productId, quantity: 1 }] },
  });
  const { id } = json.data;
  const event = apiEvent({
    path: `/orders/${id}`,
    params: { id },
    headers: { authorization: `Bearer ${platform.token(buyer)}`, accept: 'application/json' },
  });
  const keys = [users.key({ id: buyer.id }), orders.key({ id })];
  const bare = join(folder, 'bare.js');
  const kinds = {
    ours: { path: join(folder, 'functions', getOrder.declaration.id, 'index.js'), event },
    bare: { path: bare, event: { keys: keys.slice(1) } },
    sameReads: { path: bare, event: { keys } },
  } as const;
  const series = (times: number, calls: number) => {
    const runs = { ours: [] as Run[], bare: [] as Run[], sameReads: [] as Run[] };
    for (let turn = 0; turn < times; turn++)
      for (const kind of ['ours', 'bare', 'sameReads'] as const) runs[kind].push(run(kinds[kind], calls));
    return { ours: medianOf(runs.ours), bare: medianOf(runs.bare), sameReads: medianOf(runs.sameReads) };
  };
  return { start: series(starts, 0), warm: series(warms, WARM_CALLS) };
}

function run({ path, event }: { path: string; event: object }, calls: number): Run {
  const child = spawnSync(process.execPath, [RUNNER, path, String(calls)], {
    env: {
      ...process.env,
      BENCH_EVENT: JSON.stringify(event),
      STAGE: 'prod',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      POWERTOOLS_METRICS_DISABLED: 'false',
    },
    // Logs and metrics are written as in Lambda, and read by nobody.
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  if (child.status !== 0) throw new Error(`the measured process failed: ${String(child.stderr).slice(-1_000)}`);
  return JSON.parse(String(child.output[3]));
}

function medianOf(runs: readonly Run[]): Run {
  const of = (pick: (run: Run) => number) => runs.map(pick).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
  return {
    process: of((each) => each.process),
    load: of((each) => each.load),
    cpuMicroseconds: of((each) => each.cpuMicroseconds),
    wallMilliseconds: of((each) => each.wallMilliseconds),
  };
}
